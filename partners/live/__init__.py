"""Delivery only: how what happened reaches the pages that show it. Knows features, and no feature knows it."""
