"""A form for any Pydantic model.

Nothing here knows manifests, the registry or the viewer. How one kind of field is shown
belongs to `editors`.
"""
