"""From the OpenAPI schema to the reference that people read, so that neither can say what the other does not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from markupsafe import Markup

from partners.api.reference import Answer, Field, Kind, Operation, Reference, Resource, Shape
from partners.api.samples import call_for
from partners.api.schema import REFUSALS

Node = Mapping[str, Any]

MARKS = re.compile(r"([^`*]+)|`([^`]+)`|\*([^*]+)\*|(.)", re.DOTALL)


@cache
def read_reference() -> Reference:
    """Return the reference of the REST interface, made once per process: it changes only with the code."""
    with translation.override(settings.LANGUAGE_CODE):  # whoever asks first does not decide its language
        document = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]  # of the library
        return _Reader(document).reference()


def words(text: str) -> Markup:
    """Return a description as HTML, its `code` and *stress* marked, without the list of choices at its end."""
    said = text.partition("\n\n* `")[0].strip()
    marked = Markup()
    for plain, code, stress, other in MARKS.findall(said):
        if code:
            marked += Markup("<code>{}</code>").format(code)
        elif stress:
            marked += Markup("<em>{}</em>").format(stress)
        else:
            marked += plain or other
    return marked


class _Reader:
    """Reads one OpenAPI document."""

    def __init__(self, document: Node) -> None:
        self.document = document
        self.components: Mapping[str, Node] = document["components"]["schemas"]

    def reference(self) -> Reference:
        """Return all of it."""
        grouped: dict[str, list[Operation]] = defaultdict(list)
        for path, methods in self.document["paths"].items():
            for method, node in methods.items():
                grouped[node["tags"][0]].append(self._operation(path, method.upper(), node))
        resources = tuple(Resource(name, tuple(found)) for name, found in sorted(grouped.items()))
        bodies = {each.body.name for one in resources for each in one.operations if each.body}
        schemes = self.document["components"]["securitySchemes"]
        return Reference(
            meaning=words(self.document["info"]["description"]),
            schemes=tuple(
                (name, words(scheme["description"])) for name, scheme in sorted(schemes.items(), reverse=True)
            ),
            refusals=tuple((status, words(meaning)) for status, meaning in REFUSALS.items()),
            resources=resources,
            shapes=tuple(
                self._shape(name, node)
                for name, node in self.components.items()
                if "properties" in node and name not in bodies
            ),
        )

    def _operation(self, path: str, method: str, node: Node) -> Operation:
        answers = [self._answer(status, answer) for status, answer in node["responses"].items()]
        refusals = tuple(each.status for each in answers if each.meaning == words(REFUSALS.get(each.status, "")))
        body = node.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
        return Operation(
            anchor=node["operationId"].replace(".", "-"),
            method=method,
            path=path,
            summary=node["summary"],
            meaning=words(node.get("description", "")),
            schemes=tuple(name for scheme in node.get("security", ()) for name in scheme),
            parameters=tuple(self._parameter(each) for each in node.get("parameters", ())),
            body=self._shape(_name_of(body), self._followed(body)) if body else None,
            answers=tuple(each for each in answers if each.status not in refusals),
            refusals=refusals,
            call=call_for(path, method, node, self.components),
        )

    def _parameter(self, node: Node) -> Field:
        return self._field(node["name"], node["schema"] | {"description": node.get("description", "")}, node)

    def _shape(self, name: str, node: Node) -> Shape:
        required = node.get("required", ())
        fields = (
            self._field(field, each, {"required": field in required}) for field, each in node["properties"].items()
        )
        return Shape(name, words(node.get("description", "")), tuple(fields))

    def _field(self, name: str, node: Node, around: Node) -> Field:
        return Field(
            name=name,
            kind=self._kind(node),
            meaning=words(node.get("description", "")),
            is_required=around.get("required", False),
            where=around.get("in", ""),
            minimum=node.get("minimum"),
            maximum=node.get("maximum"),
            max_length=node.get("items", node).get("maxLength"),
            max_items=node.get("maxItems"),
            default=str(node.get("default", "")),
        )

    def _kind(self, node: Node) -> Kind:
        is_nullable = node.get("nullable", False)
        if "items" in node:
            one = self._kind(node["items"])
            return Kind(one.name, one.shape, one.choices, one.members, is_list=True, is_nullable=is_nullable)
        if several := node.get("oneOf") or node.get("allOf"):
            kinds = [self._kind(each) for each in several]
            names = [kind.name for kind in kinds if kind.name]
            choices = tuple(choice for kind in kinds for choice in kind.choices)
            return Kind("".join(names[:1]), choices=choices, is_nullable=is_nullable)
        target = self._followed(node)
        if "enum" in target:
            return Kind(choices=tuple(map(str, target["enum"])), is_nullable=is_nullable)
        name = target.get("format") or target.get("type", "any")
        shape = _name_of(node) if "properties" in target else ""
        members = () if shape else tuple(target.get("properties", ()))
        return Kind(name, shape, members=members, is_nullable=is_nullable)

    def _answer(self, status: str, node: Node) -> Answer:
        meaning = words(node.get("description") or HTTPStatus(int(status)).phrase)
        for media, content in node.get("content", {}).items():
            schema = content["schema"]
            kind = self._kind(schema)
            one = self._followed(schema.get("items", schema))
            return Answer(status, meaning, media, kind, tuple(one.get("properties", ())))
        return Answer(status, meaning, "", None, ())

    def _followed(self, node: Node) -> Node:
        return self.components[_name_of(node)] if "$ref" in node else node


def _name_of(node: Node) -> str:
    reference: str = node.get("$ref", "")
    return reference.rpartition("/")[2]
