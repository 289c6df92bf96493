"""Paying on invoice."""
