"""From what people type to version-tasks: typos, synonyms, tags, addresses.

Showing results belongs to `widgets.choose`.
"""
