"""What the board learns from how it is used: counts, never persons."""
