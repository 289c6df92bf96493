"""Declined cards: who tries too many of them waits."""
