"""Ways to ask for information, and what the office itself must show."""
