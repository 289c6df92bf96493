"""Purchases as finance staff sees them, and every step of one, for both sides."""
