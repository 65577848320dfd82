"""Drives the crawl; the only place where everything meets."""
