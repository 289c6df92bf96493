"""Whether the money is right: what is open, what was given up, and what each day brought."""
