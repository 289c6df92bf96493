"""What the reading and the writing side of Meilisearch share."""
