"""Everything that JSON can hold, in every field of what programs send."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction

from partners.events.models import Event
from tests.doors.requests import UNKNOWN

REST_JUNK: tuple[Any, ...] = (None, "", "a\x00b", -1, 10**40, 1.5, ["x"], {"a": 1}, str(UNKNOWN))
Send = Callable[[dict[str, Any]], Any]


def wrong_answers(send: Send, body: dict[str, Any]) -> Iterator[str]:
    """Send a body with junk in every field; yields what broke, was refused without words, or recorded though refused.

    All fields hold it at once, then those that were not refused by their names, until they are taken; where an answer
    names none of them, each holds it alone. Whoever makes something need not say an `id`: it is sent as junk only.
    """
    said = {field: value for field, value in body.items() if field != "id"}
    for value in REST_JUNK:
        left = list(body)
        while left:
            answer, wrong = _attempt(send, said | dict.fromkeys(left, value))
            yield from wrong
            refused = _named(answer)
            if answer.status_code < 400 or not refused.intersection(left):
                break
            left = [field for field in left if field not in refused]
        if len(left) > 1 and answer.status_code >= 400:
            for field in left:
                yield from wrong_answer(send, said | {field: value})


def wrong_answer(send: Send, body: dict[str, Any]) -> list[str]:
    """What is wrong with the answer to a body, if anything is; all stays as it was."""
    return _attempt(send, body)[1]


def _attempt(send: Send, body: dict[str, Any]) -> tuple[Any, list[str]]:
    before = Event.objects.count()
    with transaction.atomic():
        answer = send(body)
        recorded = Event.objects.count() - before
        transaction.set_rollback(True)
    status = answer.status_code
    is_wrong = status >= 500 or (status >= 400 and (recorded or b'"message"' not in answer.content))
    return answer, [f"{str(body)[:300]}: {status}, {recorded} recorded"] if is_wrong else []


def _named(answer: Any) -> set[str]:
    """The fields that a refusal names; one inside another counts for that."""
    if answer.status_code != 422:
        return set()
    return {name.partition(".")[0] for name in json.loads(answer.content)["error"].get("fields", {})}
