"""JSON and YAML with the place of every value, and files written in one piece.

A reader gives data, places and what is wrong with the syntax. What the data mean
belongs to the rooms above.
"""
