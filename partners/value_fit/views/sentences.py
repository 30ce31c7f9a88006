"""Joint sentences: begun, reworded, marked, agreed, dropped; and what changed in them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from partners.base.errors import Conflict, Invalid, NotFound
from partners.base.http import pieces
from partners.base.merging import versions_in
from partners.canvases.forms import cleaned
from partners.canvases.kinds import BUSINESS_MODEL
from partners.canvases.views.frame import place_for
from partners.events import reads
from partners.events.typed_on import typed_with, version_made_by
from partners.people.identity import identity_of
from partners.value_fit import operations
from partners.value_fit.access import PartnershipInView, comparison_for, sentence_for
from partners.value_fit.boards.changes import what_changed
from partners.value_fit.boards.joint import JointDrawing, draw_bands
from partners.value_fit.boards.joint_parts import DrawnSentence
from partners.value_fit.boards.reader import reader_of
from partners.value_fit.compared import SentenceRead
from partners.value_fit.forms import ConsentForm, FieldsForm, NewSentenceForm, RemovalForm, WordsForm
from partners.value_fit.models import JointSentence
from partners.value_fit.operations.words import WRITTEN
from partners.value_fit.queries import comparison
from partners.value_fit.rules import SIDES
from partners.value_fit.views.beside import beside, sealed, wants_part
from partners.workspaces.meanwhile import Rewordings, merged_edit
from partners.workspaces.views.merged import merged_line


@require_http_methods(["GET", "POST"])
def sentences(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """GET: what is joint, on a page of its own. POST: a new joint sentence."""
    if request.method == "POST":
        return _add(request, partnership_id)
    place = place_for(request, partnership_id)
    if place.partnership.sealed_at is not None:
        return sealed(request, place)
    seen, values = beside(place, compares=True)
    with translation.override(seen.viewer.language):
        seq = reads.number_in(place.cursor)
        bands = draw_bands(seen, comparison(seen.partnership), seq)
    values |= {"joint": bands, "joint_address": request.path}
    return render(request, "value_fit/joint.html", values)


@require_http_methods(["GET", "POST"])
def sentence(request: HttpRequest, sentence_id: UUID) -> HttpResponse:
    """GET: the sentence as it is. POST: other words for it, to which both must say yes again."""
    seen, found = _found(request, sentence_id)
    if request.method == "GET":
        return _answer(seen, found.pk)
    values = cleaned(WordsForm(request.POST))
    key = values["base_key"]
    base = version_made_by(found.pk, key, kinds=WRITTEN) or values["base_version"]
    try:
        edited = operations.edit_sentence(
            seen=seen,
            sentence=found,
            text=values["text"],
            base_version=base,
            base_text=typed_with(found.pk, key, kinds=WRITTEN),
        )
    except (Conflict, Invalid) as error:
        return _form(request, seen, found, text=values["text"], error=error, base_version=base)
    merged = merged_edit(
        seen.viewer,
        Rewordings(found.pk, "sentence_edited"),
        newest=edited.text_version,
        typed=values["text"],
        version=base,
    )
    return _answer(seen, found.pk, *merged_line("sentence", found.pk, merged, seen.viewer))


@require_GET
def edit(request: HttpRequest, sentence_id: UUID) -> HttpResponse:
    """The form that takes the sentence's place while somebody rewords it."""
    seen, found = _found(request, sentence_id)
    seen.require_negotiating()
    return _form(request, seen, found)


@require_GET
def menu(request: HttpRequest, sentence_id: UUID) -> HttpResponse:
    """What can be said about the sentence beside its words."""
    seen, found = _found(request, sentence_id)
    seen.require_negotiating()
    companies = [(seen.organisation(side).pk, seen.organisation(side).short_name, side) for side in SIDES]
    with translation.override(seen.viewer.language):
        drawing = _drawing(seen)
        read = drawing.read(found.pk) or SentenceRead(found)
        values = {"sentence": drawing.sentence(read), "pairs": drawing.carried(read.row)}
    values |= {"companies": companies, "blocks": BUSINESS_MODEL.blocks, "partnership_id": seen.partnership.pk}
    return render(request, "value_fit/_joint_menu.html", values)


@require_GET
def diff(request: HttpRequest, sentence_id: UUID) -> HttpResponse:
    """What changed, word by word, since the reader's company said yes: in the popover for htmx, else as a page.

    While the sheets are private the page says so; a part is not found.
    """
    partnership_id = JointSentence.objects.filter(pk=sentence_id).values_list("partnership_id", flat=True).first()
    if partnership_id is None:
        raise NotFound
    place = place_for(request, partnership_id)
    if place.partnership.sealed_at is not None and not wants_part(request):
        return sealed(request, place)
    _seen, found = _found(request, sentence_id)
    seen, values = beside(place)
    changed = what_changed(seen, found)
    values |= {"since": changed.since, "runs": changed.runs, "is_same": changed.is_same}
    if wants_part(request):
        return render(request, "value_fit/_diff.html", values | {"heading": "h2"})
    return render(request, "value_fit/diff.html", values)


@require_POST
def fields(request: HttpRequest, sentence_id: UUID) -> HttpResponse:
    """Which pairs it carries, whom it is for, or which block it changes."""
    seen, found = _found(request, sentence_id)
    form = FieldsForm(request.POST)
    cleaned(form)
    operations.change_sentence(seen=seen, sentence=found, **form.said())
    return _answer(seen, found.pk)


@require_POST
def consent(request: HttpRequest, sentence_id: UUID) -> HttpResponse:
    """*Yes, that is how it works*, for one's own company; or taken back."""
    seen, found = _found(request, sentence_id)
    values = cleaned(ConsentForm(request.POST))
    operations.consent(
        seen=seen,
        sentence=found,
        organisation_id=values["organisation"],
        given=values["given"],
        version=values["version"],
    )
    return _answer(seen, found.pk)


@require_POST
def removal(request: HttpRequest, sentence_id: UUID) -> HttpResponse:
    """Drop the sentence, with the way back in a toast; or bring it back."""
    seen, found = _found(request, sentence_id)
    removed = cleaned(RemovalForm(request.POST))["removed"]
    operations.remove_sentence(seen=seen, sentence=found, removed=removed)
    toast = [render_to_string("value_fit/_joint_dropped.html", {"sentence": found})] if removed else []
    return _answer(seen, found.pk, *toast)


def _add(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    seen = comparison_for(identity_of(request), partnership_id)
    form = NewSentenceForm(request.POST)
    values = cleaned(form)
    made = operations.add_sentence(
        seen=seen,
        kind=values["kind"],
        text=values["text"],
        sentence_id=values["id"],
        source_note_id=values["source_note"],
        like_id=values["like"],
        **form.said(),
    )
    return _answer(seen, made.pk)


def _found(request: HttpRequest, sentence_id: UUID) -> tuple[PartnershipInView, JointSentence]:
    return sentence_for(identity_of(request), sentence_id, deleted=None)


def _answer(seen: PartnershipInView, sentence_id: UUID, *extra: str) -> HttpResponse:
    """Answer with the present picture of a sentence, in the same HTML that the stream sends."""
    with translation.override(seen.viewer.language):
        drawn = _drawing(seen).pieces([sentence_id])
    return pieces(*drawn, *extra)


def _drawing(seen: PartnershipInView) -> JointDrawing:
    """The pen, with everything read as of now; what is drawn says from which number on it is true."""
    seq = reads.number_in(reads.cursor(seen.partnership.workspace_id))  # first: late beats early
    return JointDrawing(comparison(seen.partnership), reader_of(seen.viewer), seq)


def _drawn(seen: PartnershipInView, found: JointSentence) -> DrawnSentence:
    """The sentence with its words; a dropped one as it was."""
    with translation.override(seen.viewer.language):
        drawing = _drawing(seen)
        return drawing.sentence(drawing.read(found.pk) or SentenceRead(found))


def _form(
    request: HttpRequest,
    seen: PartnershipInView,
    found: JointSentence,
    *,
    text: str | None = None,
    error: Conflict | Invalid | None = None,
    base_version: int | None = None,
) -> HttpResponse:
    template = "value_fit/_joint_conflict.html" if isinstance(error, Conflict) else "value_fit/_joint_form.html"
    found.refresh_from_db()
    values = {
        "sentence": _drawn(seen, found),
        "partnership_id": seen.partnership.pk,
        "text": found.text if text is None else text,
        "base_version": base_version or found.text_version,
        "error": error,
        "versions": versions_in(error),
    }
    return render(request, template, values, status=error.status if error else 200)
