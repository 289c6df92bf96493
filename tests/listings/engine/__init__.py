"""Tests of the embedded engine: by hand, against an oracle, by properties and by threads."""
