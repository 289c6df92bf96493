"""Employers: the organizations that hire, and their members."""
