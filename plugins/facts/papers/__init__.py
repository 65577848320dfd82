"""Single pages of a sort: documents, interpretations, solicitations, letters, reports."""
