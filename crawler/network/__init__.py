"""The one way out: connections, politeness, bounds, and what came back as pages."""
