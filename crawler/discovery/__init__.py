"""An inventory proposed from what a crawl found."""
