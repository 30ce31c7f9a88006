"""What the OpenAPI schema says about every operation: who may call it, and how it fails."""

from __future__ import annotations

from typing import Any, Literal

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
VERSIONED = frozenset(
    {
        f"{name}_{verb}"
        for name in ("notes", "sentences", "steps", "hypotheses", "tests", "learnings", "iterations", "questions")
        for verb in ("partial_update", "destroy")
    }
) | {"partnerships_outcome_partial_update", "iterations_review_partial_update"}

IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.UUID,
    OpenApiParameter.HEADER,
    description="A UUID of your own making. The same request with the same key does nothing twice.",
)


class ErrorDetail(serializers.Serializer[Any]):
    """Why something was refused."""

    code = serializers.CharField(help_text="Stable, for programs.")
    message = serializers.CharField(help_text="A sentence for people, in their language.")
    fields_ = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()), required=False, help_text="Messages by field."
    )
    yours = serializers.JSONField(required=False, help_text="With 409 and 412: what was sent.")
    theirs = serializers.JSONField(required=False, help_text="With 409 and 412: what stands there now.")
    version = serializers.IntegerField(required=False, help_text="With 409: the text's version now.")
    count = serializers.IntegerField(required=False, help_text="With 409 and 422: how many lines were pasted.")
    state = serializers.CharField(required=False, help_text="With 422: the state a joint idea is in.")
    ideas = serializers.JSONField(
        required=False, help_text="With 409: the joint ideas that rest on the note, by id and title."
    )
    missing = serializers.JSONField(required=False, help_text="With 422: what a created value lacks.")
    change = serializers.UUIDField(required=False, help_text="With 409: the change that was made already.")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Call one field `fields`, a name that is taken on serializers."""
        return {name.rstrip("_"): field for name, field in super().get_fields().items()}


class Error(serializers.Serializer[Any]):
    """The body of every answer that refuses something."""

    error = ErrorDetail()


class Schema(AutoSchema):
    """REST framework's views as OpenAPI, with the refusals that each operation can answer."""

    def get_override_parameters(self) -> list[Any]:
        """Every change may carry an idempotency key."""
        return [IDEMPOTENCY_KEY] if self.method in CHANGING else []

    def _get_response_bodies(self, direction: Literal["request", "response"] = "response") -> Any:
        bodies = super()._get_response_bodies(direction)
        for status in self._refusals():
            if status not in bodies:
                answer = self._get_response_for_code(Error, status, ["application/json"], direction)  # type: ignore[no-untyped-call]  # of the library
                bodies[status] = answer | {"description": REFUSALS[status]}
        return bodies

    def _refusals(self) -> list[str]:
        statuses = {"401", "403", "404", "405", "422"}
        if self.method in CHANGING:
            statuses |= {"400", "409", "413", "415"}
        if self.get_operation_id() in VERSIONED:
            statuses |= {"412", "428"}
        return sorted(statuses)


REFUSALS = {
    "400": "The body is no JSON.",
    "401": "Nobody, or a token that does not work.",
    "403": "You see it, but may not do this.",
    "404": "It does not exist, or is not shared with you.",
    "405": "There is no such thing to do here.",
    "409": "Somebody was faster, or a question must be answered first.",
    "412": "Changed since you read it: both versions are told.",
    "413": "More than one request may carry.",
    "415": "Send JSON.",
    "422": "Something sent cannot be taken as it is.",
    "428": "Say which version you read, by If-Match.",
}


def close_bodies(result: dict[str, Any], **_more: Any) -> dict[str, Any]:
    """Say of everything that is sent that names besides those described are refused."""
    components = result["components"]["schemas"]
    waiting: list[Any] = [
        operation["requestBody"]
        for operations in result["paths"].values()
        for operation in operations.values()
        if "requestBody" in operation
    ]
    closed: set[str] = set()
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting += part
        elif isinstance(part, dict):
            waiting += part.values()
            name = str(part.get("$ref", "")).rpartition("/")[2]
            if name and name not in closed:
                closed.add(name)
                waiting.append(components[name])
                if components[name].get("type") == "object":
                    components[name]["additionalProperties"] = False
    return result


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # registers itself
    """`Authorization: Token pw_…`."""

    target_class = "partners.api.auth.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """Say where the token goes."""
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token pw_…`, from the page *Tokens for programs* or `./dev manage token`.",
        }


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # registers itself
    """A browser's cookies."""

    target_class = "partners.api.auth.SessionIdentity"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """Say which cookie is meant."""
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": "sessionid",
            "description": "The session of a signed-in browser, or a guest's pass; changes need `X-CSRFToken`.",
        }
