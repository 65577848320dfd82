"""Checks of the family columns."""
