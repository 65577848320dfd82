"""What a worker does to what was fetched: plain data in, plain data out."""
