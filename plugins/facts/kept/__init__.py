"""What is kept of a page, or of a document, for rules that look at whole sites: one fact, one file."""
