"""What the page about the REST interface shows: resources, their operations, the shapes of what is sent."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from markupsafe import Markup

from partners.api.samples import Call
from partners.api.schema import CHANGING


@dataclass(frozen=True)
class Kind:
    """What a value may be: a `name` such as `uuid`, a `shape` that is described of its own, or one of `choices`."""

    name: str = ""
    shape: str = ""
    choices: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    is_list: bool = False
    is_nullable: bool = False


@dataclass(frozen=True)
class Field:
    """One named value; `where` says of a parameter whether it stands in the path, the query or a header."""

    name: str
    kind: Kind
    meaning: Markup
    is_required: bool
    where: str = ""
    minimum: int | None = None
    maximum: int | None = None
    max_length: int | None = None
    max_items: int | None = None
    default: str = ""

    @property
    def limits(self) -> str:
        """What is asked of it beside its kind, in words."""
        within = {
            (True, True): _("from %(least)s to %(most)s"),
            (True, False): _("at least %(least)s"),
            (False, True): _("at most %(most)s"),
            (False, False): "",
        }[self.minimum is not None, self.maximum is not None]
        said = [
            _("required") if self.is_required else "",
            within % {"least": self.minimum, "most": self.maximum},
            _("at most %(n)s of them") % {"n": self.max_items} if self.max_items else "",
            _("at most %(n)s characters") % {"n": self.max_length} if self.max_length else "",
            _("else %(value)s") % {"value": self.default} if self.default else "",
        ]
        return " · ".join(filter(None, said))


@dataclass(frozen=True)
class Shape:
    """A body that has a name, with its fields."""

    name: str
    meaning: Markup
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Answer:
    """How an operation answers: its status, what that means, and what the body is, if there is one."""

    status: str
    meaning: Markup
    media: str
    kind: Kind | None
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Operation:
    """One thing to ask for, with all that has to be known for asking."""

    anchor: str
    method: str
    path: str
    summary: str
    meaning: Markup
    schemes: tuple[str, ...]
    parameters: tuple[Field, ...]
    body: Shape | None
    answers: tuple[Answer, ...]
    refusals: tuple[str, ...]
    call: Call

    @property
    def is_changing(self) -> bool:
        """Whether it needs a token that may write."""
        return self.method in CHANGING


@dataclass(frozen=True)
class Resource:
    """The operations about one kind of thing."""

    name: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True)
class Reference:
    """Everything on the page."""

    meaning: Markup
    schemes: tuple[tuple[str, Markup], ...]
    refusals: tuple[tuple[str, Markup], ...]
    resources: tuple[Resource, ...]
    shapes: tuple[Shape, ...]
