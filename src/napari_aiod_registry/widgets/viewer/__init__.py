"""What the selected layer of napari says: axes, channels, and whether a model fits.

Whether axes fit is decided in `registry.image_fit`; here they are found out.
"""
