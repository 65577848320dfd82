"""Rules about what must be published: guides, requests, reports, lists, topics."""
