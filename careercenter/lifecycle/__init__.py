"""A posting's life at the employer's desk: from its schedule to its end, and again."""
