"""Postings: what employers write, from draft to closed."""
