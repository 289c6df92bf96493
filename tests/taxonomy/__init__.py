"""Tests of the trade: vocabularies, requirements, pay and places."""
