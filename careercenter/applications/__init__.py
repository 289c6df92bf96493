"""Applications: a candidate applies, the employer answers."""
