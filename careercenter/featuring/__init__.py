"""Days for which a posting stands in the place for featured ones."""
