"""The demo board: invented employers, postings and people."""
