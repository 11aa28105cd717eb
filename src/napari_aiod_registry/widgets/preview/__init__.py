"""A manifest while it is written: followed as it is saved, with its problems.

Also the search for manifests in the background, and what was left out of the registry.
Reading a manifest belongs to `reading`.
"""
