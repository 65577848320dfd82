"""One page: what is drawn from it, what kind it is, and whether it is empty."""
