"""What is documented exists, what exists is documented, and the docs open without a network under our policy."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from drf_spectacular.validation import validate_schema
from playwright.sync_api import Browser

from tests.api.conftest import Program

ROOT = Path(__file__).parents[2]


@pytest.fixture
def schema(db: None) -> dict[str, Any]:
    """The OpenAPI schema."""
    answer = Client().get("/api/v1/schema/?format=json")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def test_the_schema_is_openapi_3(schema: dict[str, Any]) -> None:
    validate_schema(schema)  # type: ignore[no-untyped-call]  # the library has no types
    assert schema["openapi"].startswith("3.")


def test_every_operation_says_how_it_refuses(schema: dict[str, Any]) -> None:
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            assert {"401", "403", "404", "422"} <= set(operation["responses"]), (method, path)
            assert operation["summary"]
            for parameter in operation.get("parameters", ()):
                if parameter["in"] == "path" and parameter["name"] == "id":
                    assert parameter["schema"]["format"] == "uuid"


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


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_docs_open_in_a_browser_under_our_policy(live_server: object, chromium: Browser) -> None:
    page = chromium.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on(
        "request", lambda request: complaints.append(request.url) if _is_foreign(request.url, live_server) else None
    )
    answer = page.goto(f"{live_server}/api/v1/docs/")
    assert answer is not None
    assert "script-src 'self'" in (answer.header_value("content-security-policy") or "")
    page.locator(".opblock").first.wait_for()
    page.locator(".opblock-summary-control").first.click()
    page.get_by_role("button", name="Try it out").wait_for()
    page.close()
    assert complaints == []


def _is_foreign(url: str, live_server: object) -> bool:
    return not url.startswith((str(live_server), "data:", "blob:"))


def test_unknown_addresses_answer_in_our_shape(ana: Program) -> None:
    assert ana.call("GET", "unknown/").json()["error"]["code"] == "not_found"
