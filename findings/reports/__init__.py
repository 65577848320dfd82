"""The report of a run: its values, and its files."""
