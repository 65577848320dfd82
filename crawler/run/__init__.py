"""One audit while it runs: what is fetched next, what arrived, what it proves."""
