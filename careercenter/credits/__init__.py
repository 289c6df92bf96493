"""Credits: what employers have bought, were given and have used, in a ledger."""
