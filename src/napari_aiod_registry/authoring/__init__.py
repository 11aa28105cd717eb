"""Writing manifests: a new family, additions to one, another shape.

An edit leaves the rest of a file as it is: layout, comments, line ends. What would not
be valid is not written. Asking people belongs to `cli`, the format itself to
`manifest`.
"""
