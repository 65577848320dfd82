"""A pool of processes that survives what its jobs do."""
