"""What Stripe keeps of an employer: payment methods, billing address, tax ids and receipts."""
