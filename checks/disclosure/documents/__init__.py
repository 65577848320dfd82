"""Documents: where they stand, their marks, whether they are still in force."""
