"""Billing: checkouts, credits, listing periods, and the Stripe gateway and webhook."""
