"""What becomes of an answer: one desk for each purpose that something was fetched for."""
