"""Place 4: what two companies decide, what they do next, what they take home."""
