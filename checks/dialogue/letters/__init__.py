"""Questions and letters from the public, and their answers."""
