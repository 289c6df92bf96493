"""Days on the board: bought, begun, prolonged, taken back."""
