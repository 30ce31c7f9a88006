"""Pages and small requests of history."""
