"""How what was done to joint ideas, tests, learning cards and their rhythm is taken back. Each registers itself."""

from partners.hypotheses.inverses import ideas, learning, rhythm, testing

__all__ = ["ideas", "learning", "rhythm", "testing"]
