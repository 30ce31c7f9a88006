"""Created values as programs are told of them: what each lacks, whether it was accepted, where it stands now."""

from __future__ import annotations

from typing import Any

from partners.outcome.reads import notes_of_acceptance
from partners.outcome.rules import missing
from partners.outcome.telling import told_places
from partners.value_fit.access import PartnershipInView
from partners.value_fit.models import JointSentence
from partners.value_fit.queries import comparison


def candidates(seen: PartnershipInView) -> list[dict[str, Any]]:
    """Return the created values of a partnership in order; none while its sheets are private."""
    if seen.partnership.sealed_at is not None:
        return []
    compared = comparison(seen.partnership)
    notes = notes_of_acceptance(seen.viewer.audience, [seen.partnership])
    told = []
    for read in compared.joint(JointSentence.Kind.CREATED):
        row = read.row
        said_yes = {side for pk in read.consents if (side := seen.side_of(pk))}
        told.append(
            {
                "sentence": row.pk,
                "text": row.text,
                "beneficiary": row.beneficiary,
                "organisation": row.organisation_id,
                "target_block": row.target_block,
                "missing": [
                    {"lacks": each.lacks.value, "organisation": seen.organisation(each.side).pk}
                    for each in missing(said_yes, compared.table)
                ],
                "accepted_at": row.accepted_at,
                "notes": told_places(notes.get(row.pk, ())),
            }
        )
    return told
