"""Joint ideas, their tests and learning cards as JSON."""
