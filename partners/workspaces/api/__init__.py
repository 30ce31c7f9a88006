"""Workspaces, organisations, partnerships and members over REST."""
