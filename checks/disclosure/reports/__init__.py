"""Yearly reports: there, in time, whole, adding up."""
