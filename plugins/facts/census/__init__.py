"""What a site has published of each kind, by unit and day."""
