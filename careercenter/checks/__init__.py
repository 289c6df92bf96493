"""Is a posting ready to be read? Rules that look at what was written, and say what to mend."""
