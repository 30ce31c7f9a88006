"""Joint ideas to test as people see them: drawn for one reader, in the words of the product."""
