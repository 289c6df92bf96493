"""Pages about the visitor: what they hold, what they hid, what they saw."""
