"""A payment simulator: the parts of Stripe's API this project uses, with a hosted payment page.

It moves no money and needs no account. Run it as `python -m tests.stripesim`, or inside a test as
`with Running() as sim:` from `tests.stripesim.running`.
"""
