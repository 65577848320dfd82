"""巡查: going to the sites and looking."""
