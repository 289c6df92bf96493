"""Visiting."""
