"""Which models there are, and where the weights of one are on this computer.

Sources of manifests, the mapping of families, selections and what they resolve to,
looking at disks, default configs, and whether a version fits an image. Reading one file
belongs to `reading`, words to search by to `search`.
"""
