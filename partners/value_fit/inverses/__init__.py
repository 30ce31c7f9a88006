"""How what was done in a comparison is taken back, on top of what others did since.

Each asks the rights of this moment, and leaves a thing as it is, saying why, when others have gone on with it.
"""
