"""A sheet as it was: moments to go to, each step in between, two of them side by side, and back to one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from partners.base.errors import Forbidden, Invalid
from partners.canvases.access import CanvasInView, canvas_for
from partners.events import reads
from partners.history import operations
from partners.history.boards import draw, marks_for
from partners.history.moments import moments_of, steps_of, told_at
from partners.history.past import boards_at
from partners.history.rules import Change, changed_between
from partners.people.identity import identity_of
from partners.people.models import User
from partners.workspaces.models import FILLS
from partners.workspaces.rules import Action
from partners.workspaces.views.shell import shell


@require_http_methods(["GET", "POST"])
def moments(request: HttpRequest, canvas_id: UUID) -> HttpResponse:
    """GET: the sheet at `?at=` a number of the log, or after `?step=` of its changes. POST: keep a moment by a name."""
    sheet, values = _enter(request, canvas_id)
    if request.method == "POST":
        return _keep(request, sheet, values)
    return _page(request, sheet, values)


@require_GET
def compared(request: HttpRequest, canvas_id: UUID) -> HttpResponse:
    """Two moments side by side: `?before=` and `?after=`, by number; none means now."""
    sheet, values = _enter(request, canvas_id)
    known = _Known(sheet, values["head"])
    numbers = sorted(known.number(request.GET.get(name)) for name in ("before", "after"))
    before, after = boards_at(sheet, numbers)
    changed = changed_between(before.notes, after.notes)
    values |= {
        "before": known.printed(numbers[0]),
        "after": known.printed(numbers[1]),
        "moments": known.moments,
        "sheets": [
            (known.words(numbers[0]), draw(sheet, before, "then", marks_for(changed, is_after=False))),
            (known.words(numbers[1]), draw(sheet, after, "later", marks_for(changed, is_after=True))),
        ],
        "counts": {each.value: sum(one.change is each for one in changed) for each in Change},
    }
    return render(request, "history/compared.html", values)


@require_http_methods(["GET", "POST"])
def restoration(request: HttpRequest, canvas_id: UUID, moment: int) -> HttpResponse:
    """GET: what bringing a moment back would change. POST: do it; `seen` is how far the person knew the sheet."""
    sheet, values = _enter(request, canvas_id)
    sheet.require(Action.WRITE)
    known = _Known(sheet, values["head"])
    moment = min(moment, known.head)  # ahead of the log stands what is now: it does not tell how far the log is
    if request.method == "POST":
        seen = known.number(request.POST.get("seen"))
        restored = operations.restore_moment(sheet=sheet, moment=moment, seen=seen)
        messages.success(request, _told(restored))
        return redirect("history:moments", canvas_id)
    then, now = boards_at(sheet, [moment, known.last])
    changed = changed_between(now.notes, then.notes)
    values |= {
        "moment": min(moment, known.last),
        "seen": known.last,
        "when": known.words(moment),
        "changed": [(change.value, [each for each in changed if each.change is change]) for change in Change],
        "is_same": not changed,
    }
    return render(request, "history/restoration.html", values)


def _told(restored: operations.Restored) -> str:
    """What came of it, in words, with what stays as it is."""
    if not restored.notes:
        what = _("Nothing had to be brought back.")
    elif restored.left:
        what = _("The sheet is as it was, but for what others did since. Undo on the sheet takes that back.")
    else:
        what = _("The sheet is as it was. Undo on the sheet takes that back.")
    return " ".join([what, *restored.left])


@require_POST
def copy(request: HttpRequest, canvas_id: UUID, moment: int) -> HttpResponse:
    """The whole workshop as it stood then, as a new one of one's own."""
    sheet, values = _enter(request, canvas_id)
    if not isinstance(request.user, User):
        raise Forbidden(_("Sign in with an account to keep workshops of your own."))
    moment = min(moment, values["head"])
    title = _("%(title)s (as it was)") % {"title": sheet.viewer.workspace.title[:100]}
    made = operations.copy_as_of(viewer=sheet.viewer, user=request.user, title=title, moment=moment)
    messages.success(request, _("This is the copy: every sheet with its notes of then."))
    return redirect("workspaces:home", made.pk)


def _enter(request: HttpRequest, canvas_id: UUID) -> tuple[CanvasInView, dict[str, Any]]:
    """The sheet and what every page about it needs; its number in the log is read before the sheet."""
    sheet = canvas_for(identity_of(request), canvas_id)
    viewer = sheet.viewer
    cursor = reads.cursor(viewer.workspace.pk)
    values = shell(viewer, "", cursor=cursor, topics=("moments", "counts", "members"))
    return sheet, values | {
        "canvas": sheet.canvas,
        "head": reads.number_in(cursor),
        "place": _place(sheet),
        "fills": [(fill, viewer.workspace.fill_meanings.get(fill, "")) for fill in FILLS],
        "may_write": sheet.may(Action.WRITE),
        "may_keep": sheet.may(Action.COMMENT),
    }


class _Known:
    """A sheet's steps and moments as one reader knows them, and what its moments are called."""

    def __init__(self, sheet: CanvasInView, head: int) -> None:
        self.head = head
        self.steps = steps_of(sheet)
        self.moments = moments_of(sheet, self.steps)

    @property
    def last(self) -> int:
        """The number of the last change they know of: printed instead of the log's, which counts what is hidden."""
        return self.steps[-1].seq if self.steps else 0

    def number(self, asked: str | None) -> int:
        """A number of the log from input: of now when none is asked for or it lies ahead."""
        return min(int(asked), self.head) if asked and asked.isdecimal() and len(asked) < 19 else self.head

    def printed(self, number: int) -> str:
        """A number as forms and addresses carry it: nothing for now."""
        return str(number) if number < self.last else ""

    def position(self, number: int) -> int:
        """How many changes had been made by a number."""
        return sum(step.seq <= number for step in self.steps)

    def words(self, number: int) -> str:
        """What a moment is called."""
        if number >= self.last:
            return _("Now")
        named = {each.seq: each.name for each in reversed(self.moments)}
        position = self.position(number)
        after = _("After change %(number)s") % {"number": position} if position else _("The empty sheet")
        return named.get(number) or after


def _page(
    request: HttpRequest, sheet: CanvasInView, values: dict[str, Any], *, error: str = "", status: int = 200
) -> HttpResponse:
    viewer = sheet.viewer
    known = _Known(sheet, values["head"])
    steps = known.steps
    number = known.number(request.POST.get("at") or request.GET.get("at"))
    asked = request.GET.get("step", "")
    position = min(int(asked), len(steps)) if asked.isdecimal() and len(asked) < 9 else known.position(number)
    if asked and position < len(steps):
        number = steps[position - 1].seq if position else 0
    (board,) = boards_at(sheet, [number])
    values |= {
        "sheet": draw(sheet, board, "then"),
        "at": known.printed(number),
        "number": min(number, known.last),
        "words": known.words(number),
        "position": position,
        "steps": steps,
        "is_now": position == len(steps),
        "follows": position == len(steps) and not asked,
        "step": steps[position - 1] if position else None,
        "told": told_at(sheet, steps[position - 1]) if position else "",
        "moments": known.moments,
        "may_copy": viewer.may(Action.MANAGE) and viewer.audience.is_whole and request.user.is_authenticated,
        "error": error,
        "typed": request.POST.get("name", ""),
    }
    return render(request, "history/moments.html", values, status=status)


def _keep(request: HttpRequest, sheet: CanvasInView, values: dict[str, Any]) -> HttpResponse:
    at = request.POST.get("at", "")
    moment = min(int(at), values["head"]) if at.isdecimal() and len(at) < 19 else None
    try:
        name = operations.keep_moment(sheet=sheet, name=request.POST.get("name", ""), moment=moment)
    except Invalid as error:
        return _page(request, sheet, values, error=error.message, status=error.status)
    messages.success(request, _("Kept as “%(name)s”.") % {"name": name})
    address = reverse("history:moments", args=[sheet.canvas.pk])
    return redirect(f"{address}?at={moment}" if moment is not None else address)


def _place(sheet: CanvasInView) -> str:
    """Where the sheet stands now: the way back."""
    canvas, partnership = sheet.canvas, sheet.canvas.partnership
    if partnership is None:
        return reverse("workspaces:home", args=[canvas.workspace_id])
    side = "start" if canvas.organisation_id == partnership.first_id else "end"
    return reverse("partnerships:sheet", args=[partnership.pk, side])
