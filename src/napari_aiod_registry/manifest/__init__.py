"""The manifest format: Pydantic models, rules between keys, JSON Schema.

Here is also what an address is (`addresses`) and the parameter model of a version-task
(`params_model`). Nothing here opens a file, looks at a disk or asks a server: a rule of
the format holds on every computer.
"""
