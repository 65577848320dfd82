"""What a site holds, by title, unit and year, and what should be held and is not."""
