"""Place 3 and what stands beside it."""
