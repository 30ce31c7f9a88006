"""`./dev bench [name]`: what the workbench costs and how fast it is, measured on this computer.

A bench is a module of this folder with a function `run() -> Report`; its docstring says what it measures.
"""
