"""Meta tags of sites, columns and articles."""
