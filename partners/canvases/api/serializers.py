"""How sheets, notes and comments are written as JSON, and read from it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from partners.base.rest.fields import LineField, PlaceField, TextField, TruthField
from partners.canvases.api.reads import etag_of
from partners.canvases.forms import EVERY_BLOCK, TAG_LENGTH, TAGS_PER_NOTE
from partners.canvases.kinds import BUSINESS_MODEL, KINDS
from partners.canvases.models import TEXT_LIMIT, Canvas, Note
from partners.workspaces.access import Audience
from partners.workspaces.models import FILLS

BLOCKS = list(dict.fromkeys(key for key, _title in EVERY_BLOCK))
BENEFICIARIES = list(Note.Beneficiary.values)
MODEL_BLOCKS = [block.key for block in BUSINESS_MODEL.blocks]
VERDICTS = list(Note.Verdict.values)
FIELDS = ["weight", "basis", "beneficiary", "verdict", "target_block"]


class BlockOut(serializers.Serializer[Any]):
    """One block of a sheet."""

    canvas = serializers.UUIDField()
    key = serializers.ChoiceField(BLOCKS)
    title = serializers.CharField()
    questions = serializers.ListField(child=serializers.CharField(), help_text="What to ask in this block.")
    carries = serializers.ListField(
        child=serializers.ChoiceField(FIELDS), help_text="What a note in it carries beside its text."
    )
    notes = serializers.IntegerField(min_value=0, help_text="How many notes stand in it.")


class CanvasOut(serializers.Serializer[Any]):
    """One sheet: an organisation's business model, or its side of a partnership. Blocks stand in fill order."""

    id = serializers.UUIDField()
    workspace = serializers.UUIDField(source="workspace_id")
    kind = serializers.ChoiceField([(kind.key, kind.title) for kind in KINDS.values()])
    template_version = serializers.CharField()
    organisation = serializers.UUIDField(source="organisation_id")
    partnership = serializers.UUIDField(source="partnership_id", allow_null=True)
    locked = serializers.SerializerMethodField()
    credit = serializers.SerializerMethodField(help_text="To be shown wherever the layout appears.")
    blocks = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()

    def get_locked(self, canvas: Canvas) -> bool:
        """Whether only facilitators write here now."""
        return canvas.locked_at is not None

    def get_credit(self, canvas: Canvas) -> str:
        """Whose layout it is."""
        return str(KINDS[canvas.kind].credit)

    @extend_schema_field(BlockOut(many=True))
    def get_blocks(self, canvas: Canvas) -> list[dict[str, Any]]:
        """The blocks, with the number of their notes."""
        blocks: list[dict[str, Any]] = self.context["blocks"][canvas.pk]
        return blocks


class CanvasChanges(serializers.Serializer[Any]):
    """What a facilitator may change about a sheet."""

    locked = serializers.BooleanField()


class NoteOut(serializers.Serializer[Any]):
    """One sticky holding one idea."""

    id = serializers.UUIDField()
    workspace = serializers.UUIDField(source="canvas.workspace_id")
    canvas = serializers.UUIDField(source="canvas_id")
    block = serializers.ChoiceField(BLOCKS)
    rank = serializers.CharField(help_text="Its place: notes of a block stand in the order of rank, as text, then id.")
    text = serializers.CharField(max_length=TEXT_LIMIT)
    text_version = serializers.IntegerField(min_value=1, help_text="How often the text was written.")
    etag = serializers.SerializerMethodField(help_text="What to send as `If-Match` when changing it.")
    fill = serializers.ChoiceField(FILLS)
    tags = serializers.ListField(child=serializers.CharField(max_length=TAG_LENGTH), max_length=TAGS_PER_NOTE)
    weight = serializers.IntegerField(
        min_value=1, max_value=3, allow_null=True, help_text="1 nice, 2 important, 3 must."
    )
    basis = serializers.ChoiceField(Note.Basis.choices, help_text="Is it proven?")
    is_guess = serializers.BooleanField(help_text="A guess by its basis, or written by a stand-in and not confirmed.")
    stands_in = serializers.BooleanField(help_text="Written by somebody standing in for an absent organisation.")
    confirmed_by = serializers.UUIDField(
        source="confirmed_by_id", allow_null=True, help_text="The organisation it speaks of, once that said so."
    )
    beneficiary = serializers.ChoiceField(["", *BENEFICIARIES])
    verdict = serializers.ChoiceField(["", *VERDICTS])
    source_note = serializers.SerializerMethodField(help_text="The business-model note it was taken from.")
    target_block = serializers.ChoiceField(["", *MODEL_BLOCKS], help_text="Where in the other's model it lands.")
    author = serializers.SerializerMethodField(help_text="The member who wrote it, if you may see them.")
    comments = serializers.IntegerField(source="comment_count", min_value=0)
    thumbs = serializers.IntegerField(source="thumb_count", min_value=0)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()

    def get_etag(self, note: Note) -> str:
        """The version of everything seen of the note."""
        return etag_of(note)

    def get_author(self, note: Note) -> UUID | None:
        """Who wrote it, for who may know them."""
        return note.author_id if self._audience.sees_person(note.author_id) else None

    def get_source_note(self, note: Note) -> UUID | None:
        """Where it was taken from, for who sees that sheet."""
        source = note.source_note
        if source is None:
            return None
        seen = self._audience.sees_sheet(source.canvas.partnership_id, source.canvas.organisation_id)
        return source.pk if seen else None

    @property
    def _audience(self) -> Audience:
        audience: Audience = self.context["viewer"].audience
        return audience


class Look(serializers.Serializer[Any]):
    """What a note carries beside its text; only what is sent is changed."""

    fill = serializers.ChoiceField(FILLS, required=False)
    tags = serializers.ListField(child=LineField(max_length=TAG_LENGTH), max_length=TAGS_PER_NOTE, required=False)
    weight = serializers.IntegerField(min_value=1, max_value=3, allow_null=True, required=False)
    basis = serializers.ChoiceField(Note.Basis.choices, required=False)
    beneficiary = serializers.ChoiceField(["", *BENEFICIARIES], required=False)
    verdict = serializers.ChoiceField(["", *VERDICTS], required=False)
    target_block = serializers.ChoiceField(["", *MODEL_BLOCKS], required=False)

    def validate_tags(self, tags: list[str]) -> list[str]:
        """Tags without doubles and without their `#`."""
        return list(dict.fromkeys(tag for each in tags if (tag := each.strip("# "))))


class NewNote(Look):
    """A new note. With an `id` of your own making, creating it twice is creating it once."""

    id = serializers.UUIDField(required=False)
    canvas = serializers.UUIDField()
    block = serializers.ChoiceField(BLOCKS)
    text = TextField(max_length=TEXT_LIMIT, trim_whitespace=False)
    after = PlaceField()


class NoteChanges(Look):
    """What to change about a note: its text, its place, or what it carries beside the text."""

    text = TextField(max_length=TEXT_LIMIT, trim_whitespace=False, required=False)
    canvas = serializers.UUIDField(required=False)
    block = serializers.ChoiceField(BLOCKS, required=False)
    after = PlaceField()


class Copy(serializers.Serializer[Any]):
    """An id of your own making for what is made, so that making it twice is making it once."""

    id = serializers.UUIDField(required=False)


class Taking(Copy):
    """For which partnership a note is taken, and for which of its companies (your own when nothing is said)."""

    partnership = serializers.UUIDField()
    organisation = serializers.UUIDField(required=False, allow_null=True)


class Paste(serializers.Serializer[Any]):
    """Many lines, a note each; lines under a heading that names a block go to that block."""

    block = serializers.ChoiceField(BLOCKS)
    lines = serializers.CharField(trim_whitespace=False, max_length=500_000)
    confirmed = TruthField(required=False, default=False, help_text="Needed for more than 50 notes.")


class Deletion(serializers.Serializer[Any]):
    """Whether somebody knows what rests on a note."""

    confirmed = TruthField(
        required=False,
        default=False,
        help_text="Delete the note although joint ideas rest on it. Without it that is a 409 that names them.",
    )


class CommentOut(serializers.Serializer[Any]):
    """What somebody said about a note."""

    id = serializers.UUIDField()
    note = serializers.UUIDField(source="note_id")
    text = serializers.CharField(max_length=TEXT_LIMIT)
    author = serializers.UUIDField(source="author_id", allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class NewComment(serializers.Serializer[Any]):
    """Something to say about a note. With an `id` of your own making, saying it twice is saying it once."""

    id = serializers.UUIDField(required=False)
    note = serializers.UUIDField()
    text = TextField(max_length=TEXT_LIMIT, trim_whitespace=False)
