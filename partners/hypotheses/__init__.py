"""Synergy hypotheses: what only two companies together may make possible, tested for both business models."""
