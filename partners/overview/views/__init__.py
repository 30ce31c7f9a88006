"""The first pages: landing, one's workshops, a workshop's home, its activity, find."""
