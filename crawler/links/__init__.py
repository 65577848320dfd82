"""Is the target of a link alive? Asked twice, by different clients, before it is called dead."""
