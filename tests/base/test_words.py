"""Examples in the docstrings are true."""

import doctest
from importlib import import_module

import pytest


@pytest.mark.parametrize(
    "module",
    [
        "partners.base.merge",
        "partners.base.names",
        "partners.base.ordering",
        "partners.base.text",
        "partners.base.tokens",
        "partners.base.words",
        "partners.canvases.operations.paste",
        "partners.events.reads",
        "partners.value_fit.rules.findings",
        "partners.value_fit.rules.scores",
        "partners.value_fit.rules.table",
        "partners.workspaces.operations.network",
        "partners.workspaces.operations.sharing",
        "partners.workspaces.rules",
    ],
)
def test_what_a_docstring_shows_is_so(module: str) -> None:
    told = doctest.testmod(import_module(module))
    assert told.attempted > 0
    assert told.failed == 0
