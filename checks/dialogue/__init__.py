"""Checks of the family dialogue."""
