"""The simulator against the real Stripe, on request. Neither is part of a usual run.

``STRIPE_LIVE_KEY=sk_test_… pytest -m stripe_live`` makes the gateway's calls at Stripe, with a key
of its test mode, and at the simulator, and compares what they answer. ``STRIPE_CLI=…/stripe pytest
-m stripe_cli`` lets Stripe's command line (``npm install @stripe/cli``) play its fixtures there.
"""
