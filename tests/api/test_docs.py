"""What is documented exists, what exists is documented, and the docs open without a network under our policy."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema
from playwright.sync_api import Browser, expect

from partners.api.reference import Operation
from partners.api.reference_reader import read_reference, words
from tests.api.conftest import Program
from tests.factories import Cast

ROOT = Path(__file__).parents[2]


@pytest.fixture
def schema(db: None) -> dict[str, Any]:
    """The OpenAPI schema."""
    found: dict[str, Any] = json.loads(_drawn("/api/v1/schema/?format=json"))
    return found


@cache
def _drawn(address: str) -> bytes:
    """What everybody is told, asked for once: drawing it takes longer than a test."""
    answer = Client().get(address)  # nobody needs to be signed in to read it
    assert answer.status_code == 200
    return answer.content


def test_the_schema_is_openapi_3(schema: dict[str, Any]) -> None:
    validate_schema(schema)  # type: ignore[no-untyped-call]  # the library has no types
    assert schema["openapi"].startswith("3.")


@pytest.mark.parametrize(
    ("query", "accept", "kind"),
    [
        ("?format=json", "*/*", "application/vnd.oai.openapi+json"),
        ("", "application/json", "application/json"),
        ("", "*/*", "application/vnd.oai.openapi"),
    ],
)
def test_the_schema_is_made_once_for_all_who_ask(
    client: Client, monkeypatch: pytest.MonkeyPatch, query: str, accept: str, kind: str
) -> None:
    first = client.get(f"/api/v1/schema/{query}", headers={"Accept": accept})
    assert first["Content-Type"] == kind
    assert yaml.safe_load(first.content)["openapi"].startswith("3.")  # JSON is YAML
    monkeypatch.delattr(SchemaGenerator, "get_schema")
    assert client.get(f"/api/v1/schema/{query}", headers={"Accept": accept}).content == first.content


def test_every_operation_says_how_it_refuses(schema: dict[str, Any]) -> None:
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            assert {"401", "403", "404", "422"} <= set(operation["responses"]), (method, path)
            assert operation["summary"]
            for parameter in operation.get("parameters", ()):
                if parameter["in"] == "path" and parameter["name"] == "id":
                    assert parameter["schema"]["format"] == "uuid"


def test_a_body_holds_what_is_described_and_nothing_else(schema: dict[str, Any]) -> None:
    described = schema["components"]["schemas"]
    for operations in schema["paths"].values():
        for operation in operations.values():
            for body in operation.get("requestBody", {}).get("content", {}).values():
                name = body["schema"]["$ref"].rpartition("/")[2]
                assert described[name]["additionalProperties"] is False, name
    assert described["Verdicts"]["additionalProperties"] is False
    assert "additionalProperties" not in described["NoteOut"]


def test_the_page_names_every_resource(schema: dict[str, Any]) -> None:
    text = (ROOT / "docs/api.md").read_text()
    resources = {path.split("/")[3] for path in schema["paths"]}
    assert {name for name in resources if f"`{name}/" not in text} == set()


def test_every_refusal_of_the_page_is_known(schema: dict[str, Any]) -> None:
    text = (ROOT / "docs/api.md").read_text()
    known = {
        status
        for operations in schema["paths"].values()
        for each in operations.values()
        for status in each["responses"]
    }
    named = set(re.findall(r"^\| (\d{3})(?: · (\d{3}))? \|", text, re.MULTILINE))
    assert {status for pair in named for status in pair if status} <= known


class TestTheReference:
    """The page for people says what the schema says."""

    @pytest.fixture
    def page(self, db: None) -> str:
        return _drawn("/api/v1/docs/").decode()

    def test_tells_of_every_operation(self, page: str, schema: dict[str, Any]) -> None:
        told = {(one.method.lower(), one.path) for each in read_reference().resources for one in each.operations}
        assert told == {(method, path) for path, methods in schema["paths"].items() for method in methods}
        for each in read_reference().resources:
            for one in each.operations:
                assert f'id="{one.anchor}"' in page
                assert {answer.status for answer in one.answers} | set(one.refusals) == set(
                    schema["paths"][one.path][one.method.lower()]["responses"]
                )

    def test_every_link_within_it_leads_somewhere(self, page: str) -> None:
        anchors = re.findall(r'\sid="([^"]+)"', page)
        assert len(anchors) == len(set(anchors))
        assert set(re.findall(r'href="#([^"]+)"', page)) <= set(anchors)

    def test_says_what_is_asked_of_a_field(self, schema: dict[str, Any]) -> None:
        add_a_note = _operation("notes_create")
        assert add_a_note.is_changing
        assert add_a_note.body is not None
        fields = {field.name: field for field in add_a_note.body.fields}
        assert fields["text"].limits == "required · at most 1000 characters"
        assert fields["weight"].limits == "from 1 to 3"
        assert fields["weight"].kind.is_nullable
        assert fields["after"].kind.choices == ("first",)
        assert fields["tags"].kind.is_list

    def test_every_example_carries_what_the_schema_asks_for(self, schema: dict[str, Any]) -> None:
        for path, methods in schema["paths"].items():
            for method, node in methods.items():
                call = _operation(node["operationId"].replace(".", "-")).call
                assert "{" not in call.address, (method, path)
                if content := node.get("requestBody"):
                    body = content["content"]["application/json"]["schema"] | {"components": schema["components"]}
                    jsonschema.validate(json.loads(call.body), body, format_checker=jsonschema.FormatChecker())

    def test_an_example_works_as_it_stands(self, ana: Program, cast: Cast) -> None:
        call = _operation("organisations_create").call
        sent = json.loads(call.body) | {"name": "Lavazza", "workspace": str(cast.workspace.pk)}
        assert ana.post(call.address.removeprefix("/api/v1/"), sent)["name"] == "Lavazza"

    def test_names_the_site_it_is_read_on(self, page: str) -> None:
        assert "curl &#34;http://testserver/api/v1/blocks/?workspace=$WORKSPACE&#34;" in page


def test_marks_in_descriptions_become_elements() -> None:
    assert (
        words("Send `<id>` or `*`, *once*.\n\n* `a` - A")
        == "Send <code>&lt;id&gt;</code> or <code>*</code>, <em>once</em>."
    )


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_docs_open_in_a_browser_under_our_policy(live_server: object, chromium: Browser) -> None:
    page = chromium.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on(
        "request", lambda request: complaints.append(request.url) if _is_foreign(request.url, live_server) else None
    )
    answer = page.goto(f"{live_server}/api/v1/docs/#notes_partial_update")
    assert answer is not None
    assert "script-src 'self'" in (answer.header_value("content-security-policy") or "")
    linked = page.locator("#notes_partial_update")
    expect(linked.get_by_role("table", name="Parameters")).to_contain_text("If-Match")  # a link to it unfolds it
    other = page.locator("#notes_create")
    expect(other).to_be_hidden()
    page.get_by_text("Add a note", exact=True).click()
    expect(other.locator("pre")).to_contain_text("-X POST")
    page.close()
    assert complaints == []


def _operation(anchor: str) -> Operation:
    (found,) = [one for each in read_reference().resources for one in each.operations if one.anchor == anchor]
    return found


def _is_foreign(url: str, live_server: object) -> bool:
    return not url.startswith((str(live_server), "data:", "blob:"))


def test_unknown_addresses_answer_in_our_shape(ana: Program) -> None:
    assert ana.call("GET", "unknown/").json()["error"]["code"] == "not_found"
