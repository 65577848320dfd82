"""What is remembered, as plain values, and how one night follows another."""
