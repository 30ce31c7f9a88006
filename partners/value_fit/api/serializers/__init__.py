"""How comparisons are written as JSON, and read from it."""
