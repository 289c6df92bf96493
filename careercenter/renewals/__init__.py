"""Postings that renew themselves: off by default, announced, and off in one click."""
