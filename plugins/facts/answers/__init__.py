"""What probes answered about a page or a site, as values."""
