"""More for a posting that is live: further days, or the place for featured ones."""
