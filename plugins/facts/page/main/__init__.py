"""What the main part of a page holds: content, what stands in place of it, what may fill it later."""
