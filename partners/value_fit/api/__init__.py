"""Comparisons over REST: pairs, ratings, declarations, joint sentences, rounds, and what comes of them."""
