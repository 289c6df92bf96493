"""Questions that an employer asks of everybody who applies."""
