"""Fields (领域) in which information must be published."""
