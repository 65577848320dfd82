"""What each unit must have on the site: its platform, functions, catalogue."""
