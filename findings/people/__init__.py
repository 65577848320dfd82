"""What people decide: verdicts, feedback, and entries of an assessment."""
