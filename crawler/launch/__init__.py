"""One audit or recheck, from its configuration to what a person gets."""
