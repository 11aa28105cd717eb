"""Config files of any Pydantic model: values to a file, and back into the model.

Nothing here knows manifests, the registry or Qt. What a value may be is asked of the
model; how JSON and YAML are read and written belongs to `text`.
"""
