"""Pages of a workshop that need nothing of its sheets: people, sharing, companies, settings, one's own account."""
