"""What people say about a note: comments, 👍, confirming, taking."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from partners.base.errors import Invalid, NotFound
from partners.canvases import operations
from partners.canvases.access import CanvasInView, canvas_in, comments_seen, note_for
from partners.canvases.forms import CommentForm, TakingForm, cleaned
from partners.canvases.models import Canvas, Comment, Note
from partners.canvases.views.answers import answer_notes, redrawn
from partners.people.identity import identity_of
from partners.workspaces.access import partnership_for
from partners.workspaces.rules import Action


@require_POST
def thumb(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Give my 👍 or take it back."""
    sheet, note = note_for(identity_of(request), note_id)
    operations.give_thumb(sheet=sheet, note=note)
    return answer_notes(sheet, [note.pk])


@require_POST
def confirmation(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Confirm what a note says about my company, or take that back."""
    sheet, note = note_for(identity_of(request), note_id)
    operations.confirm_note(sheet=sheet, note=note, confirmed=request.POST.get("confirmed", "1") != "0")
    return answer_notes(sheet, [note.pk])


@require_POST
def taking(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """*We want this* / *We can offer this*: make the linked note on my side's sheet."""
    source, note = note_for(identity_of(request), note_id)
    values = cleaned(TakingForm(request.POST))
    partnership = partnership_for(source.viewer, values["partnership"])
    source.require(Action.TAKE)
    organisation_id = values["organisation"] or source.viewer.organisation_id
    if organisation_id is None:
        raise Invalid(_("Say for which company you take this."), code="no_company")
    canvas = (
        Canvas.objects.filter(partnership=partnership, organisation_id=organisation_id)
        .select_related("organisation", "partnership")
        .first()
    )
    if canvas is None:
        raise NotFound
    taken = operations.take_note(source=source, note=note, into=canvas_in(source.viewer, canvas), note_id=values["id"])
    return answer_notes(source, redrawn(taken))


@require_http_methods(["GET", "POST"])
def comments(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """GET: what was said about the note. POST: say something."""
    sheet, note = note_for(identity_of(request), note_id)
    if request.method == "GET":
        return HttpResponse(comments_html(request, sheet, note))
    form = CommentForm(request.POST)
    values = cleaned(form)
    try:
        operations.add_comment(sheet=sheet, note=note, text=values["text"], comment_id=values["id"])
    except Invalid as error:
        return HttpResponse(comments_html(request, sheet, note, text=values["text"], error=error), status=error.status)
    return HttpResponse(comments_html(request, sheet, note))


@require_POST
def comment_deletion(request: HttpRequest, comment_id: UUID) -> HttpResponse:
    """Take a comment back."""
    comment = Comment.objects.filter(pk=comment_id).first()
    if comment is None:
        raise NotFound
    sheet, note = note_for(identity_of(request), comment.note_id)
    if not sheet.viewer.audience.sees_person(comment.author_id):
        raise NotFound
    comment.note = note
    operations.delete_comment(sheet=sheet, comment=comment)
    return HttpResponse(comments_html(request, sheet, note))


def comments_html(
    request: HttpRequest, sheet: CanvasInView, note: Note, *, text: str = "", error: Invalid | None = None
) -> str:
    """Return the panel of comments as this person sees it."""
    member = sheet.viewer.member
    said = [
        {
            "id": comment.pk,
            "text": comment.text,
            "created_at": comment.created_at,
            "author_name": comment.author.name if comment.author and comment.author.name else _("former member"),
            "author_colour": comment.author.colour if comment.author else 8,
            "may_delete": member is not None and (comment.author_id == member.pk or sheet.viewer.is_facilitator),
        }
        for comment in comments_seen(sheet.viewer.audience, note)
    ]
    values = {
        "note": note,
        "comments": said,
        "may_comment": sheet.may(Action.COMMENT),
        "text": text,
        "error": error,
    }
    return render_to_string("canvases/_comments.html", values, request=request)
