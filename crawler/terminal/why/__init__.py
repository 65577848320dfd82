"""What a page was taken for, and why, as the command line tells it."""
