"""Coupons: codes that make a purchase cheaper, and the rules they follow."""
