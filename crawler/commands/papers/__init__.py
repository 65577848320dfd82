"""文书: what is written, and sent, to those who answer for it."""
