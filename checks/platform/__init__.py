"""Checks of the family platform."""
