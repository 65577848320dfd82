"""What a whole site shows, put together from the digests of its pages."""
