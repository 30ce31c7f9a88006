"""How long tests wait for what must come: everywhere the same, and far longer than any busy machine takes.

A wait ends in the moment in which what it waits for is there, so patience costs a test that passes nothing.
"""

PATIENCE_S = 120.0
PATIENCE_MS = PATIENCE_S * 1000
