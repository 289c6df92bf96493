"""Guests: whoever writes a posting before having an account."""
