"""The page of place 4, the report, and the small requests that write on them."""
