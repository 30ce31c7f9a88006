"""The formats a snapshot is written in."""
