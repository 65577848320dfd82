"""Judgement by a scheme: pure functions that can explain each point."""
