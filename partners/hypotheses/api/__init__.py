"""Joint ideas over REST: ideas, their tests, what was learned, the library of experiments, and the rhythm."""
