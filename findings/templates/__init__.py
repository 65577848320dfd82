"""What reports look like; templates know a ``Report`` and nothing else."""
