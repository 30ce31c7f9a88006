"""Pages about accounts that need nothing of workshops; the account page itself stands with the workshops."""
