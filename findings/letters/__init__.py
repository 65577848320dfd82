"""Letters that go out: what is new since the last, and the message around a file."""
