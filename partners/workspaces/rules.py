"""Who may do what: one table, printed in `docs/rights.md` and tested door by door.

Source: product brief “Who may see what”. Three things decide: the person's role, how they stand to the sheet's
organisation, and whether a facilitator has locked the sheet. Whether a thing may be *seen* at all is the audience's
business (`access`); these rights come after.
"""

from __future__ import annotations

from enum import StrEnum


class Standing(StrEnum):
    """How a person stands to the organisation a sheet belongs to."""

    OWN = "own"  # they belong to it
    OTHER = "other"  # it has members of its own, and they are not one of them
    ABSENT = "absent"  # it has no members here: others may stand in for it


class Action(StrEnum):
    """What somebody may want to do. The first group is about a sheet, the second about the workshop."""

    VIEW = "view"
    COMMENT = "comment"
    THUMB = "thumb"
    TAKE = "take"
    WRITE = "write"
    CONFIRM = "confirm"
    LOCK = "lock"
    NEGOTIATE = "negotiate"
    RATE = "rate"
    AGREE = "agree"
    ASK = "ask"

    EXPORT = "export"
    STATE = "state"
    ORGANISE = "organise"
    MANAGE = "manage"


_EVERY = frozenset(Standing)
_OWN = frozenset({Standing.OWN})
_OWN_OR_ABSENT = frozenset({Standing.OWN, Standing.ABSENT})
_NEVER: frozenset[Standing] = frozenset()

RIGHTS: dict[str, dict[Action, frozenset[Standing]]] = {
    "facilitator": {
        Action.VIEW: _EVERY,
        Action.COMMENT: _EVERY,
        Action.THUMB: _EVERY,
        Action.TAKE: _EVERY,
        Action.WRITE: _EVERY,
        Action.CONFIRM: _OWN,
        Action.LOCK: _EVERY,
        Action.NEGOTIATE: _EVERY,
        Action.RATE: _EVERY,
        Action.AGREE: _OWN,
        Action.ASK: _EVERY,
        Action.EXPORT: _EVERY,
        Action.STATE: _EVERY,
        Action.ORGANISE: _EVERY,
        Action.MANAGE: _EVERY,
    },
    "member": {
        Action.VIEW: _EVERY,
        Action.COMMENT: _EVERY,
        Action.THUMB: _EVERY,
        Action.TAKE: _EVERY,
        Action.WRITE: _OWN_OR_ABSENT,
        Action.CONFIRM: _OWN,
        Action.LOCK: _NEVER,
        Action.NEGOTIATE: _OWN_OR_ABSENT,
        Action.RATE: _OWN_OR_ABSENT,
        Action.AGREE: _OWN,
        Action.ASK: _OWN,
        Action.EXPORT: _EVERY,
        Action.STATE: _OWN,
        Action.ORGANISE: _OWN,
        Action.MANAGE: _NEVER,
    },
    "observer": {action: (_EVERY if action in (Action.VIEW, Action.EXPORT) else _NEVER) for action in Action},
    "room": {action: (_EVERY if action is Action.VIEW else _NEVER) for action in Action},
}

CLOSED_BY_A_LOCK = frozenset({Action.WRITE, Action.TAKE})
"""What nobody but a facilitator may do on a locked sheet."""


def may(role: str, action: Action, standing: Standing = Standing.OTHER, *, locked: bool = False) -> bool:
    """Return whether somebody of this role and standing may do this.

    >>> may("member", Action.WRITE, Standing.OTHER), may("member", Action.WRITE, Standing.ABSENT)
    (False, True)
    >>> may("member", Action.WRITE, Standing.OWN, locked=True)
    False
    """
    if locked and action in CLOSED_BY_A_LOCK and role != "facilitator":
        return False
    return standing in RIGHTS[role][action]


def sees_sealed(role: str, standing: Standing, *, is_party: bool = False, has_asked: bool = False) -> bool:
    """Return whether somebody sees a Partnership Canvas that is private until the reveal.

    Its own people do, whatever their role; for an absent organisation those who may stand in for it, and not people of
    a third one (`is_party`: of the other side, or of no organisation); a facilitator of no organisation who has asked.

    >>> sees_sealed("observer", Standing.OWN), sees_sealed("facilitator", Standing.OTHER, is_party=True)
    (True, False)
    >>> sees_sealed("member", Standing.ABSENT, is_party=True), sees_sealed("member", Standing.ABSENT)
    (True, False)
    """
    if standing is Standing.OWN or has_asked:
        return True
    return standing is Standing.ABSENT and is_party and may(role, Action.WRITE, standing)


STATES_NEEDING_A_REASON = frozenset({"parked", "closed"})
"""Partnership states that need a reason: no candidate is dropped early for size, power or a supposed border (S1)."""
