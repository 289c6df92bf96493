"""Changing a posting that is on the board: little things at once, the rest after a look."""
