"""Facts: what was seen, as values. Checks read them, the crawler makes them."""
