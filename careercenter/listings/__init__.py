"""Listings: the public, searchable face of live postings."""
