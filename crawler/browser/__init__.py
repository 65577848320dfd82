"""One browser on this machine, and which pages need it."""
