"""Candidates: the people who look for work, and their résumés."""
