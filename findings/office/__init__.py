"""Office formats: Word, workbooks, charts, file names, and text made harmless in them."""
