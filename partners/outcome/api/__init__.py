"""Outcomes over REST: what was decided, next steps, what was accepted to go on with."""
