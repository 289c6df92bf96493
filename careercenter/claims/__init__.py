"""Claims: somebody says that an organization on the board is theirs."""
