import pytest

from partners.base.errors import NotFound
from partners.canvases.models import Note
from tests.factories import Cast, crowd


def test_everybody_is_who_the_story_says(cast: Cast) -> None:
    told = {name: (member.role, member.organisation, member.scope) for name, member in cast.members.items()}
    assert told == {
        "ana": ("facilitator", cast.nespresso, "workspace"),
        "bo": ("member", cast.nespresso, "workspace"),
        "carla": ("member", cast.delonghi, "partnerships"),
        "dan": ("member", cast.breville, "partnerships"),
        "eli": ("observer", None, "partnerships"),
    }


def test_rivals_do_not_exist_for_each_other(cast: Cast) -> None:
    with pytest.raises(NotFound):
        cast.seen(cast.carla, cast.model(cast.breville))


def test_everybody_is_let_in(cast: Cast) -> None:
    note = cast.note()
    answers = {name: cast.client(who).get(f"/notes/{note.pk}/").status_code for name, who in cast.members.items()}
    assert answers == dict.fromkeys(cast.members, 200)
    assert cast.client(cast.finn).get(f"/notes/{note.pk}/").status_code == 404


def test_a_crowd_fills_a_sheet(cast: Cast) -> None:
    crowd(cast, cast.model(cast.delonghi), 20)
    note = Note.objects.filter(canvas=cast.model(cast.delonghi)).first()
    assert note is not None
    assert (note.comments.count(), note.thumbs.count(), len(note.tags)) == (2, 3, 2)
