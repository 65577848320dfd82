"""Probes: questions that need the network, one module each."""
