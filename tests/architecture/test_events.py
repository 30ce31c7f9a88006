"""The vocabulary of the log: each kind is documented and can be told to people."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

from django.conf import settings

from partners.events.kinds import REGISTRY, Kind

ROWS = {
    kind: (data, topics)
    for kind, _when, data, topics in re.findall(
        r"^\| `(\w+)` \| (.+?) \| (.*?) ?\| (.+?) \|$",
        Path(settings.BASE_DIR, "docs/events.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
}
SAMPLES: dict[str, Any] = {
    "str": "Boutiques",
    "int": 1,
    "bool": True,
    "str | None": None,
    "int | None": None,
    "list[str]": ["name"],
    "tuple[str, ...]": ("name",),
    "dict[str, Any]": {"state": "parked", "fill": "sun"},
}


def own_fields(kind: type[Kind]) -> dict[str, str]:
    """What a kind holds besides what all hold, with the types."""
    shared = {field.name for field in fields(Kind)}
    return {field.name: str(field.type) for field in fields(kind) if field.name not in shared}


def test_no_kind_is_documented_that_does_not_exist() -> None:
    assert set(ROWS) == set(REGISTRY)


def test_every_kind_is_documented_with_its_data_and_topics() -> None:
    for kind in REGISTRY.values():
        data, topics = ROWS[kind.kind]
        assert re.findall(r"`(\w+)`", data) == list(own_fields(kind)), kind
        assert topics.split(", ") == list(kind.stale), kind


def test_every_kind_says_what_happened_in_a_sentence() -> None:
    for kind in REGISTRY.values():
        data = {name: SAMPLES[of] for name, of in own_fields(kind).items()}
        for value in (True, False):
            data |= {name: value for name, of in own_fields(kind).items() if of == "bool"}
            sentence = kind.sentence("Ana", data)
            assert sentence.startswith("Ana "), kind
            assert "%(" not in sentence, kind


def test_every_kind_explains_itself() -> None:
    for kind in REGISTRY.values():
        assert kind.__doc__, kind
        assert not kind.__doc__.startswith(f"{kind.__name__}("), f"{kind}: written by a person, not by dataclass"
        assert kind.thing_type, kind
