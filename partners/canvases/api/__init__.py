"""Canvases, blocks, notes and comments over REST."""
