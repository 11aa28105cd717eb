"""From a file to a manifest, or to all that is wrong with it.

A problem gets its place in the file and a sentence; warnings and completeness are found
here, too. The rules themselves belong to `manifest`, the syntax of JSON and YAML to
`text`.
"""
