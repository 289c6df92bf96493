"""Money that goes back: asked for here, made by Stripe, and what it takes back with it."""
