"""Columns: what is in them, how often they must be updated, and how late they are."""
