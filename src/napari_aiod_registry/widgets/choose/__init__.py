"""Choosing a version-task: dropdowns, search box, results, filter.

These parts show signs that `widgets.weights` and `widgets.viewer` find out. Which words
find which model belongs to `search`.
"""
