"""A district in miniature: a fictitious portal with known faults, served on loopback, and its truth."""
