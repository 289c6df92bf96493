"""Writing a posting, from its first word to its preview."""
