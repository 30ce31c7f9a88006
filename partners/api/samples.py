"""One call of every operation as a line for the shell, made from what the schema asks for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Node = Mapping[str, Any]

VALUES = {
    "uuid": "0b8f6c1e-4d2a-4c3b-9e7f-5a1d2c3b4e5f",
    "date": "2026-03-02",
    "date-time": "2026-03-02T09:30:00Z",
    "string": "…",
    "integer": 1,
    "boolean": True,
    "object": {},
}


@dataclass(frozen=True)
class Call:
    """A request with what must be said, and nothing that may be left out but the key for repeats."""

    method: str
    address: str
    headers: tuple[str, ...]
    body: str = ""

    def curl(self, origin: str) -> str:
        """Return it for a site, one option a line. `$ID` and the like are for the reader to set."""
        verb = "" if self.method == "GET" else f"-X {self.method} "
        lines = [f'curl {verb}"{origin}{self.address}"', *(f'-H "{header}"' for header in self.headers)]
        if self.body:
            lines += ['-H "Content-Type: application/json"', f"-d '{self.body}'"]
        return " \\\n  ".join(lines)


def call_for(path: str, method: str, node: Node, components: Mapping[str, Node]) -> Call:
    """Return the call of one operation of an OpenAPI document."""
    headers = ["Authorization: Token pw_…"]
    address = path
    for parameter in node.get("parameters", ()):
        name = parameter["name"]
        if parameter["in"] == "path":
            address = address.replace(f"{{{name}}}", f"${name.upper()}")
        elif name == "workspace":  # a list looks into one, and only some tokens know which
            address += "?workspace=$WORKSPACE"
        elif name == "Idempotency-Key":
            headers.append("Idempotency-Key: $(uuidgen)")
        elif name == "If-Match":
            headers.append("If-Match: $ETAG")
    schema = node.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    body = json.dumps(sample(schema, components), ensure_ascii=False) if schema else ""
    return Call(method, address, tuple(headers), body)


def sample(node: Node, components: Mapping[str, Node]) -> Any:
    """Return a small value that a schema accepts: of an object what is required, or else its first field."""
    if "$ref" in node:
        return sample(components[node["$ref"].rpartition("/")[2]], components)
    for several in ("oneOf", "allOf"):
        if several in node:
            return sample(node[several][0], components)
    if "enum" in node:
        return node["enum"][0]
    if "items" in node:
        return [sample(node["items"], components)]
    if properties := node.get("properties"):
        wanted = node.get("required") or list(properties)[:1]
        return {name: sample(each, components) for name, each in properties.items() if name in wanted}
    return VALUES[node.get("format") or node.get("type", "string")]
