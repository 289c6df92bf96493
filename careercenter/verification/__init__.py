"""Verification: what was checked of an employer, when and how. Facts, never a score."""
