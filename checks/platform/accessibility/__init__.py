"""Accessibility."""
