"""One editor for each kind of field, and what tells the kinds apart.

An editor holds the very value that it was given until a person changes it. Rows, groups
and validation belong to `widgets.form`.
"""
