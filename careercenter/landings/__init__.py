"""Pages for one topic of the trade or one place, and for pairs of them; the map of the states."""
