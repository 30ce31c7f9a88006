"""What tests of joint sentences begin with: Bo's sentence, the people who say yes, and the words of an answer."""

from __future__ import annotations

import html
import re
from typing import Any

from django.http import HttpResponse

from partners.value_fit import operations
from partners.value_fit.models import JointSentence
from partners.workspaces.models import Membership
from tests.value_fit.conftest import Table

WORDS = "Licence and specifications"


def begun(table: Table, kind: str = "transfer", text: str = WORDS, **more: Any) -> JointSentence:
    """A joint sentence that Bo began."""
    return operations.add_sentence(seen=table.seen(table.cast.bo), kind=kind, text=text, **more)


def post(who: Membership, table: Table, path: str, **values: Any) -> HttpResponse:
    """What somebody's browser hears on sending a form."""
    return table.cast.client(who).post(path, values, headers={"HX-Request": "true"})  # type: ignore[return-value]


def say_yes(table: Table, sentence: JointSentence, *members: Membership) -> None:
    """Some people say yes, each for their own company."""
    for member in members:
        assert member.organisation_id
        operations.consent(seen=table.seen(member), sentence=sentence, organisation_id=member.organisation_id)


def words(answer: Any) -> str:
    """The words of an answer, as they are read on the page."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())
