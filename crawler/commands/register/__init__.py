"""台账: the register of units, sites and columns."""
