"""Lists: rows, pagers, data behind them, and the part of a page that is its own."""
