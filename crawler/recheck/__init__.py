"""Some findings looked at again."""
