"""Letters on their way: who gets them, by mail and by Apprise, tried again, never sent twice."""
