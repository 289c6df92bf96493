"""Postings that come as files from elsewhere."""
