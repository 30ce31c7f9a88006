"""A workshop as files: a plain picture of it (`snapshot`), written in several formats."""
