"""Remembers, triages, judges and reports findings. Knows nothing of checks or of the crawl."""
