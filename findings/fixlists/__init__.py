"""Fix lists (整改清单): one for each unit, and what comes back filled in."""
