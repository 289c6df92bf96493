"""A Meilisearch for tests, as far as this project speaks to one.

Written from the description of version 1.53 of its API and from its public documentation. It shares
no code with the project: what both say alike, two have said.
"""
