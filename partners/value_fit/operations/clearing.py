"""Taking a whole comparison apart, when an example is put back as it was delivered."""

from __future__ import annotations

from typing import Any

from partners.events import log
from partners.value_fit import events
from partners.value_fit.models import Declaration, JointSentence, Pair, Round
from partners.value_fit.operations import pairs, sentences
from partners.value_fit.queries import NEEDS
from partners.workspaces.models import Partnership


def record_clearing(change: log.Change, partnership: Partnership) -> None:
    """Take a partnership's pairs apart and its declarations back, drop its joint sentences and rounds; inside a change.

    Ratings of pairs taken apart are kept with their pairs, as always.
    """
    standing = Pair.objects.filter(partnership=partnership, removed_at=None)
    for pair in standing.select_related("offer", "need"):
        pairs.record_removal(change, pair)
    for sentence in JointSentence.objects.filter(partnership=partnership, deleted_at=None):
        sentences.record_removal(change, sentence, removed=True)
    declared = Declaration.objects.filter(partnership=partnership).select_related("note", "other", "organisation")
    for declaration in declared:
        change.record(_taken_back(declaration))
    declared.delete()
    Round.objects.filter(partnership=partnership).delete()


def _taken_back(declaration: Declaration) -> events.DeclarationKind:
    """The event of a declaration that does not stand any more."""
    about: dict[str, Any] = {"partnership_id": declaration.partnership_id, "stands": False}
    note, other, company = declaration.note, declaration.other, declaration.organisation
    if company is not None:
        return events.LookedThroughDeclared(
            **about, thing_id=company.pk, text=company.short_name, organisation=str(company.pk)
        )
    assert note is not None  # all other kinds are about notes
    about |= {"thing_id": note.pk, "text": note.text, "note": str(note.pk)}
    if other is not None:
        return events.SameDeclared(**about, second=other.text, other=str(other.pk))
    return events.UnmatchedDeclared(**about, is_need=note.block == NEEDS)
