"""What stays: values of versions that were left, and the choice between two naparis.

Where it is stored belongs to `settings`.
"""
