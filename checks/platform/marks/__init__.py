"""What must stand on every page: footer marks, names, error reports."""
