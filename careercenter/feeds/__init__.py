"""Feeds for machines: Atom, sitemap and robots.txt."""
