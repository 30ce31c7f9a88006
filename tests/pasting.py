"""What people paste, and the lines that come of it: in the browser and on the server alike."""

PASTED: dict[str, tuple[str, list[str]]] = {
    "rows": ("a\tb\r\n\r\n  c  \nd\t\n", ["a · b", "c", "d"]),
    "line ends of all kinds": ("one\r\n\r\n \rtwo\u2028three", ["one", "two", "three"]),
    "a cell of two lines": ('shops\t"in town\nand outside"\nweb', ["shops · in town and outside", "web"]),
    "a cell alone": ('"in town\r\nand outside"\r\nweb', ["in town and outside", "web"]),
    "cells side by side": ('"a\nb"\t"c\nd"', ["a b · c d"]),
    "a tab in a cell": ('"in\ttown"\tweb', ["in town · web"]),
    "quotes in a cell": ('"the ""club"""\tweb', ['the "club" · web']),
    "an empty line in a cell": ('"in town\n\nand outside"', ["in town and outside"]),
    "somebody's words": ('"Hello" she said\n"Yes"', ['"Hello" she said', '"Yes"']),
    "a quote that nobody ends": ('"Hello\nshe said', ['"Hello', "she said"]),
    "inches": ('15" screens\n17" screens', ['15" screens', '17" screens']),
}
