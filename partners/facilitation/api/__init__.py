"""Leading the room over REST."""
