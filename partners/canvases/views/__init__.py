"""Pages of sheets and the small requests about notes."""
