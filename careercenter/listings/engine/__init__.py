"""The embedded search engine: an inverted index in memory, of bitmaps and columns."""
