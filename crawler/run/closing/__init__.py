"""The end of a site's run: what was seen, columns and site judged, memory reconciled."""
