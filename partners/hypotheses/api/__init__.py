"""Joint ideas to test over REST: the ideas, their tests, what was learned, and the library of experiments."""
