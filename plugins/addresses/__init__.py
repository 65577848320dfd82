"""Addresses: one spelling for each, hosts compared, and what is wrong with the bad ones."""
