"""Writes of the examples: one is loaded as a workshop of somebody's own, and put back as it was delivered."""

from partners.examples.operations.loading import copy_example, load, reset

__all__ = ["copy_example", "load", "reset"]
