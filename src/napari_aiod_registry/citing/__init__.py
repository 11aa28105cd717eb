"""How to cite a model: BibTeX, APA, a sentence for the methods.

The facts come from the metadata of a manifest. Showing them belongs to `widgets.about`.
"""
