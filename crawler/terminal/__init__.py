"""What commands print, and how they take their words."""
