"""Checks of the family policy."""
