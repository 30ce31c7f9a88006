"""The table of rights: what the code allows is what the page in the docs says."""

import pytest

from partners.workspaces.rules import RIGHTS, Action, Standing, may
from tests.settings import BASE_DIR

PAGE = (BASE_DIR / "docs" / "rights.md").read_text(encoding="utf-8")


def cell(standings: frozenset[Standing]) -> str:
    if standings == frozenset(Standing):
        return "yes"
    return ", ".join(standing.value for standing in Standing if standing in standings) or "no"


@pytest.mark.parametrize("action", Action)
def test_the_docs_print_the_table(action: Action) -> None:
    cells = " | ".join(cell(RIGHTS[role][action]) for role in RIGHTS)
    assert f"| {action.value} | {cells} |" in PAGE


@pytest.mark.parametrize("action", Action)
def test_the_docs_say_what_each_action_means(action: Action) -> None:
    assert sum(line.startswith(f"| {action.value} | ") for line in PAGE.splitlines()) == 2


def test_the_docs_name_every_role() -> None:
    assert f"| action | {' | '.join(RIGHTS)} |" in PAGE


@pytest.mark.parametrize("role", ["member", "observer", "room"])
@pytest.mark.parametrize("action", [Action.WRITE, Action.TAKE])
def test_a_lock_stops_all_but_facilitators(role: str, action: Action) -> None:
    assert not may(role, action, Standing.OWN, locked=True)
    assert may("facilitator", action, Standing.OTHER, locked=True)


def test_stand_ins_write_but_never_confirm() -> None:
    assert may("member", Action.WRITE, Standing.ABSENT)
    assert not may("member", Action.CONFIRM, Standing.ABSENT)
    assert not may("facilitator", Action.CONFIRM, Standing.ABSENT)
