"""An outcome drawn for one reader: the page of place 4, and the report."""
