"""A comparison as it is drawn for one reader: plain values with every word and every right settled."""
