"""The registry: employers as staff see them, and making one of two that are the same."""
