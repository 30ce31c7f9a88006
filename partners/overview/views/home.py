"""A workshop's home, its activity, and find."""

from __future__ import annotations

import re
from urllib.parse import urlsplit
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from partners.base.text import clean_line
from partners.canvases.access import canvases_seen
from partners.hypotheses.boards.headline import headline_for
from partners.overview.deadlines import deadlines_of, soon
from partners.overview.finding import AT_MOST, find
from partners.overview.news import news_for, sheet_links, told_since_visit
from partners.overview.progress import in_words, miniatures, progress_of
from partners.overview.rules import next_action
from partners.overview.stories import stories, told
from partners.overview.waiting import waiting_for
from partners.workspaces.access import Viewer
from partners.workspaces.operations.visits import note_visit
from partners.workspaces.queries import members_seen, organisations_seen, partnerships_seen
from partners.workspaces.rules import Action
from partners.workspaces.views.shell import enter, shell

ABOUT_WORKSHOP = ("workspace", "organisations", "partnerships", "members", "counts", "activity")
HOME_TOPICS = (*ABOUT_WORKSHOP, "compare", "outcome", "ideas")
LATEST = 6
A_PAGE = 50

_SHEET = re.compile(r"/p/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/(?:models|sketch)/(?:(?:start|end|both)/)?")


@require_GET
def home(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """One next action, the partnerships and how far they are, companies, people, what happened last."""
    viewer, cursor = enter(request, workspace_id)
    audience = viewer.audience
    if viewer.member:
        note_visit(viewer.member)
    today = timezone.localdate()
    partnerships = list(partnerships_seen(audience))
    for each in partnerships:
        each.workspace = viewer.workspace
    progress = progress_of(partnerships)
    minis = miniatures(pk for each in partnerships for pk in (each.first_id, each.second_id))
    next_ = next_action(progress.values(), role=viewer.role, organisation_id=viewer.organisation_id)
    values = shell(viewer, "home", cursor=cursor, topics=HOME_TOPICS)
    values |= {
        "next": in_words(next_, workspace_id, partnerships),
        "ideas": headline_for(viewer, partnerships, today=today),
        "partnerships": [
            (each, progress[each.pk], minis[each.first_id], minis[each.second_id]) for each in partnerships
        ],
        "companies": list(organisations_seen(audience)),
        "people": list(members_seen(audience)),
        "stories": stories(told(viewer)[:LATEST]),
        "news": news_for(viewer, partnerships),
        "due": soon(deadlines_of(viewer), today),
        "today": today,
        "waiting": waiting_for(viewer),
        "may_manage": viewer.may(Action.MANAGE),
    }
    return render(request, "overview/home.html", values)


@require_GET
def activity(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """Everything that happened, as far as this person may know of it; `?since=visit`: what others did since they
    were last here."""
    viewer, cursor = enter(request, workspace_id)
    is_new = request.GET.get("since") == "visit"
    page = Paginator(told_since_visit(viewer) if is_new else told(viewer), A_PAGE).get_page(request.GET.get("page"))
    values = shell(viewer, "activity", cursor=cursor, topics=("activity", "members", "organisations", "partnerships"))
    sheets = list(
        canvases_seen(viewer.audience).select_related("organisation", "partnership__first", "partnership__second")
    )
    values |= {"page": page, "stories": stories(page), "is_new": is_new, "sheets": sheet_links(sheets)}
    return render(request, "overview/activity.html", values)


@require_GET
def found(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """What holds the words of `?q=`."""
    viewer, cursor = enter(request, workspace_id)
    wanted = clean_line(request.GET.get("q", ""))[:200]
    values = shell(viewer, "find", cursor=cursor)
    values |= {"wanted": wanted, "found": find(viewer.audience, wanted), "at_most": AT_MOST}
    values["back"] = _sheet_before(request, viewer)
    return render(request, "overview/find.html", values)


def _sheet_before(request: HttpRequest, viewer: Viewer) -> str:
    """Return the address of the sheet somebody comes from, if it is of a partnership that they see here; else ""."""
    before = urlsplit(request.headers.get("Referer", ""))
    place = _SHEET.fullmatch(before.path)
    if before.netloc != request.get_host() or not place:
        return ""
    return before.path if partnerships_seen(viewer.audience).filter(pk=place[1]).exists() else ""
