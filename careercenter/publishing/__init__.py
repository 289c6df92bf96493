"""Putting a posting on the board, or keeping it there: free, by a credit, by a slot, or paid."""
