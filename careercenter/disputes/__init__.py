"""Disputes: what was bought waits while a bank decides, and what we know is put together."""
