"""Arriving, and the screen in the room."""
