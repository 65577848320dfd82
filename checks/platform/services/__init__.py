"""Search, login, surveys, entries of units."""
