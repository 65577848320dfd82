"""Solicitations, hearings, decisions: from the draft to the result."""
