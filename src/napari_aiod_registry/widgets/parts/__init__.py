"""Small Qt parts that any widget uses: labels, folds, marks, tabs, background work.

Nothing here knows models, manifests or the viewer.
"""
