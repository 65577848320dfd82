"""What authors of checks test with: fixtures that carry their expectations."""
