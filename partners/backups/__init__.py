"""A copy of everything, taken while people work, that comes back on SQLite and PostgreSQL alike."""
