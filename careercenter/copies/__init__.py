"""Which postings are copies of which: across time, places and agencies."""
