"""Iterations and big questions as JSON: what is sent, and what is told."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from partners.base.rest.fields import LineField, TextField
from partners.hypotheses.models.rhythm import ANSWER_LIMIT, NAME_LIMIT, QUESTION_LIMIT, REVIEW_LIMIT

IDEAS_AT_MOST = 100


class IterationOut(serializers.Serializer[Any]):
    """One stretch of time with one start and one end for both companies; closed, it has a review."""

    id = serializers.UUIDField()
    workspace = serializers.UUIDField()
    partnership = serializers.UUIDField()
    etag = serializers.CharField(help_text="What to send as `If-Match` when changing it.")
    name = serializers.CharField(max_length=NAME_LIMIT)
    starts_on = serializers.DateField(help_text="Its first day.")
    ends_on = serializers.DateField(help_text="Its last day.")
    closed_at = serializers.DateTimeField(allow_null=True, help_text="When it was closed with a review.")
    closed_by = serializers.UUIDField(allow_null=True, help_text="The member who closed it, if you may see them.")
    priority = serializers.CharField(max_length=REVIEW_LIMIT, help_text="Review: what changed in priority.")
    opportunity = serializers.CharField(max_length=REVIEW_LIMIT, help_text="Review: what changed in opportunity.")
    adapts = serializers.CharField(max_length=REVIEW_LIMIT, help_text="Review: what both adapt.")
    author = serializers.UUIDField(allow_null=True, help_text="The member who planned it, if you may see them.")
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class NewIteration(serializers.Serializer[Any]):
    """An iteration to plan; it shares no day with another one."""

    id = serializers.UUIDField(required=False)
    partnership = serializers.UUIDField()
    name = LineField(max_length=NAME_LIMIT)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()


class IterationChanges(serializers.Serializer[Any]):
    """Another name or other days; only what is sent is changed."""

    name = LineField(max_length=NAME_LIMIT, required=False)
    starts_on = serializers.DateField(required=False)
    ends_on = serializers.DateField(required=False)


class Review(serializers.Serializer[Any]):
    """What is said of an iteration when it is closed, or said otherwise later; only what is sent is changed."""

    priority = TextField(max_length=REVIEW_LIMIT, required=False, allow_blank=True)
    opportunity = TextField(max_length=REVIEW_LIMIT, required=False, allow_blank=True)
    adapts = TextField(max_length=REVIEW_LIMIT, required=False, allow_blank=True)


class QuestionOut(serializers.Serializer[Any]):
    """What both must know before they go on."""

    id = serializers.UUIDField()
    workspace = serializers.UUIDField()
    partnership = serializers.UUIDField()
    etag = serializers.CharField(help_text="What to send as `If-Match` when changing it.")
    text = serializers.CharField(max_length=QUESTION_LIMIT)
    answer = serializers.CharField(max_length=ANSWER_LIMIT, help_text="Empty: it is open.")
    is_open = serializers.BooleanField(help_text="Nobody has answered it yet.")
    ideas = serializers.ListField(child=serializers.UUIDField(), help_text="The joint ideas that bear on it.")
    author = serializers.UUIDField(allow_null=True, help_text="The member who asked it, if you may see them.")
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class NewQuestion(serializers.Serializer[Any]):
    """A big question to ask."""

    id = serializers.UUIDField(required=False)
    partnership = serializers.UUIDField()
    text = TextField(max_length=QUESTION_LIMIT)
    ideas = serializers.ListField(child=serializers.UUIDField(), max_length=IDEAS_AT_MOST, required=False)


class QuestionChanges(serializers.Serializer[Any]):
    """Other words, links or an answer, which when empty opens it again; only what is sent is changed."""

    text = TextField(max_length=QUESTION_LIMIT, required=False)
    ideas = serializers.ListField(child=serializers.UUIDField(), max_length=IDEAS_AT_MOST, required=False)
    answer = TextField(max_length=ANSWER_LIMIT, required=False, allow_blank=True)
