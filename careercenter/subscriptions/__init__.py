"""Taking a subscription, changing it, leaving it, and following what Stripe says of it."""
