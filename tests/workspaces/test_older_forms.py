"""Two people have the same form open: who saves the older one takes back nothing that the other has changed."""

from __future__ import annotations

import pytest
from django.test import Client

from partners.base.errors import Conflict
from partners.events.models import Event
from partners.workspaces import operations
from partners.workspaces.models import Membership, Organisation, Workspace
from tests.factories import SEGMENT, Cast
from tests.forms import drawn


@pytest.fixture
def gina(cast: Cast) -> Membership:
    """A second facilitator."""
    return cast.join("Gina Bay", cast.nespresso, role="facilitator")


class Form:
    """A form that somebody has open since before others saved theirs."""

    def __init__(self, client: Client, page: str, action: str = "") -> None:
        self._client, self._to = client, action or page
        self._values = drawn(client, page, action=action)

    def save(self, **changes: str) -> tuple[int, str]:
        answer = self._client.post(self._to, self._values | changes)
        return answer.status_code, answer.content.decode()


class TestSettings:
    @pytest.fixture
    def forms(self, cast: Cast, gina: Membership) -> tuple[Form, Form]:
        page = f"/w/{cast.workspace.pk}/settings/"
        return Form(cast.client(cast.ana), page, page), Form(cast.client(gina), page, page)

    def now(self, cast: Cast) -> Workspace:
        return Workspace.objects.get(pk=cast.workspace.pk)

    def test_keep_what_the_older_form_did_not_change(self, cast: Cast, forms: tuple[Form, Form]) -> None:
        anas, older = forms
        assert anas.save(title="Two names")[0] == older.save(customer_segment="offices")[0] == 302
        assert (self.now(cast).title, self.now(cast).customer_segment) == ("Two names", "offices")

    def test_keep_what_others_named_when_a_colour_is_named(self, cast: Cast, gina: Membership) -> None:
        page, to = f"/w/{cast.workspace.pk}/settings/", f"/w/{cast.workspace.pk}/meanings/"
        anas, older = (Form(cast.client(who), page, to) for who in (cast.ana, gina))
        assert anas.save(sun="ask a customer")[0] == older.save(leaf="", rose="too dear")[0] == 302
        meanings = {"sun": "ask a customer", "sky": "a customer said so", "rose": "too dear"}
        assert self.now(cast).fill_meanings == meanings

    def test_keep_the_meaning_of_a_note_without_colour(self, cast: Cast) -> None:
        operations.change_workspace(viewer=cast.viewer(cast.ana), fill_meanings={"plain": "said by us"})
        page, to = f"/w/{cast.workspace.pk}/settings/", f"/w/{cast.workspace.pk}/meanings/"
        Form(cast.client(cast.ana), page, to).save(sun="ask a customer")
        assert self.now(cast).fill_meanings == {"plain": "said by us", "sun": "ask a customer"}

    def test_keep_each_rule_of_evidence(self, cast: Cast, gina: Membership) -> None:
        page, to = f"/w/{cast.workspace.pk}/settings/", f"/w/{cast.workspace.pk}/evidence/"
        anas, older = (Form(cast.client(who), page, to) for who in (cast.ana, gina))
        assert anas.save(evidence_level="5")[0] == older.save(evidence_months="12")[0] == 302
        assert (self.now(cast).evidence_level, self.now(cast).evidence_months) == (5, 12)

    def test_are_offered_both_ways_where_both_changed_the_same(self, cast: Cast, forms: tuple[Form, Form]) -> None:
        anas, older = forms
        anas.save(title="Two names")
        status, page = older.save(title="One counter", customer_segment="offices")
        assert (status, self.now(cast).title, self.now(cast).customer_segment) == (409, "Two names", SEGMENT)
        assert 'value="One counter"' in page
        assert '<blockquote class="theirs" dir="auto">Two names</blockquote>' in page

    def test_take_mine_when_it_is_saved_again(self, cast: Cast, forms: tuple[Form, Form]) -> None:
        anas, older = forms
        anas.save(title="Two names")
        older.save(title="One counter")
        answer = older.save(**{"title": "One counter", "base-title": "Two names"})
        assert (answer[0], self.now(cast).title) == (302, "One counter")

    def test_are_merged_where_they_are_text(self, cast: Cast, forms: tuple[Form, Form]) -> None:
        operations.change_workspace(viewer=cast.viewer(cast.ana), about="a red shop\r\nfor pods")
        page = f"/w/{cast.workspace.pk}/settings/"
        anas, older = Form(cast.client(cast.ana), page, page), Form(cast.client(cast.ana), page, page)
        anas.save(about="a big red shop\r\nfor pods")
        assert older.save(about="a red shop\r\nfor all pods")[0] == 302
        assert self.now(cast).about == "a big red shop\nfor all pods"

    def test_that_nobody_changed_are_told_to_nobody(self, cast: Cast, forms: tuple[Form, Form]) -> None:
        anas, older = forms
        anas.save(title="Two names")
        told = Event.objects.count()
        assert older.save()[0] == 302
        assert (Event.objects.count(), self.now(cast).title) == (told, "Two names")

    @pytest.mark.parametrize("junk", ["", "a\x00b", "x" * 5000, "-1"])
    def test_take_no_harm_from_a_base_that_nobody_could_have_read(self, forms: tuple[Form, Form], junk: str) -> None:
        anas, _older = forms
        names = ("title", "customer_segment", "about")
        assert anas.save(**{f"base-{name}": junk for name in names})[0] in (302, 409)

    @pytest.mark.parametrize("colour", ["sun", "rose"])
    def test_show_both_meanings_of_a_colour(self, cast: Cast, gina: Membership, colour: str) -> None:
        page, to = f"/w/{cast.workspace.pk}/settings/", f"/w/{cast.workspace.pk}/meanings/"
        anas, older = (Form(cast.client(who), page, to) for who in (cast.ana, gina))
        anas.save(**{colour: ""})
        status, shown = older.save(**{colour: "too dear"})
        assert status == 409
        assert 'value="too dear"' in shown
        assert '<blockquote class="theirs" dir="auto">nothing</blockquote>' in shown


class TestACompany:
    def forms(self, cast: Cast) -> tuple[Form, Form]:
        page = f"/w/{cast.workspace.pk}/companies/{cast.delonghi.pk}/"
        return Form(cast.client(cast.ana), page), Form(cast.client(cast.carla), page)

    def now(self, cast: Cast) -> Organisation:
        return Organisation.objects.get(pk=cast.delonghi.pk)

    def test_keeps_what_the_older_form_did_not_change(self, cast: Cast) -> None:
        anas, older = self.forms(cast)
        assert anas.save(sector="appliances")[0] == older.save(name="De'Longhi Group")[0] == 302
        assert (self.now(cast).sector, self.now(cast).name) == ("appliances", "De'Longhi Group")

    def test_has_its_words_merged(self, cast: Cast) -> None:
        operations.change_organisation(
            viewer=cast.viewer(cast.ana), organisation=cast.delonghi, profile="Makes machines\nin Treviso"
        )
        anas, older = self.forms(cast)
        assert anas.save(profile="Makes coffee machines\r\nin Treviso")[0] == 302
        assert older.save(profile="Makes machines\r\nin Treviso since 1902")[0] == 302
        assert self.now(cast).profile == "Makes coffee machines\nin Treviso since 1902"

    def test_is_compared_as_it_stands_by_then(self, cast: Cast) -> None:
        base, seen = {"sector": cast.delonghi.sector}, Organisation.objects.get(pk=cast.delonghi.pk)
        operations.change_organisation(viewer=cast.viewer(cast.ana), organisation=cast.delonghi, sector="appliances")
        with pytest.raises(Conflict):
            operations.change_organisation(
                viewer=cast.viewer(cast.carla), organisation=seen, base=base, sector="machines"
            )

    def test_shows_both_where_both_changed_the_same_words(self, cast: Cast) -> None:
        anas, older = self.forms(cast)
        anas.save(profile="Makes machines", sector="appliances")
        status, page = older.save(profile="Makes kettles", name="De'Longhi Group")
        assert (status, self.now(cast).profile, self.now(cast).name) == (409, "Makes machines", cast.delonghi.name)
        assert "Makes kettles</textarea>" in page
        assert '<blockquote class="theirs" dir="auto">Makes machines</blockquote>' in page


class TestAPartnership:
    def forms(self, cast: Cast) -> tuple[Form, Form]:
        page = f"/p/{cast.with_delonghi.pk}/state/"
        return Form(cast.client(cast.ana), page), Form(cast.client(cast.carla), page)

    def test_keeps_what_the_older_form_did_not_change(self, cast: Cast) -> None:
        anas, older = self.forms(cast)
        assert anas.save(state="parked", state_reason="wait for the patents")[0] == 302
        assert older.save(must_leave="their own capsules")[0] == 302
        cast.with_delonghi.refresh_from_db()
        tie = cast.with_delonghi
        assert (tie.state, tie.state_reason, tie.must_leave) == (
            "parked",
            "wait for the patents",
            "their own capsules",
        )

    def test_asks_for_the_reason_of_what_comes_out(self, cast: Cast) -> None:
        cast.client(cast.ana).post(f"/p/{cast.with_delonghi.pk}/state/", {"state": "testing", "state_reason": "why"})
        anas, older = self.forms(cast)
        anas.save(state="parked")
        status, page = older.save(state_reason="")
        assert status == 422
        assert "nobody is dropped for size" in page

    def test_shows_both_states_in_words(self, cast: Cast) -> None:
        anas, older = self.forms(cast)
        anas.save(state="designing")
        status, page = older.save(state="testing")
        assert status == 409
        assert 'value="testing" selected' in page
        assert '<blockquote class="theirs" dir="auto">designing</blockquote>' in page


def test_programs_that_name_no_base_write_as_before(cast: Cast) -> None:
    client = cast.client(cast.ana)
    operations.change_workspace(viewer=cast.viewer(cast.ana), title="Two names")
    sent = client.patch(f"/api/v1/workspaces/{cast.workspace.pk}/", {"title": "One"}, content_type="application/json")
    assert (sent.status_code, sent.json()["title"]) == (200, "One")
