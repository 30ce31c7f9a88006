"""Somebody without an account accepts a learning card by a personal link, and nobody says it in their place."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from partners.base.errors import Conflict, Forbidden, Invalid, NotFound
from partners.events.models import Event
from partners.hypotheses import operations
from partners.hypotheses.asked import Closed, closed, request_named
from partners.hypotheses.models import Acceptance, AcceptanceRequest, LearningCard
from partners.hypotheses.rules import State
from partners.people.models import GuestPass
from partners.workspaces import operations as workshops
from partners.workspaces.models import Invitation, Membership
from partners.workspaces.operations import seal
from tests.hypotheses.conftest import Ideas

pytestmark = pytest.mark.django_db


@pytest.fixture
def card(ideas: Ideas) -> LearningCard:
    """What was learned, and Nespresso has accepted."""
    idea = ideas.add()
    ideas.test(idea)
    return ideas.accept(ideas.card(idea), ideas.cast.bo)


def ask(ideas: Ideas, card: LearningCard, by: Membership, **more: Any) -> AcceptanceRequest:
    """Somebody of De'Longhi is asked, when nothing else is said."""
    asked: dict[str, Any] = {"organisation_id": ideas.cast.delonghi.pk, "name": "Giulia Neri"} | more
    return operations.ask_to_accept(seen=ideas.table.seen(by), card=card, **asked)


def found(request: AcceptanceRequest) -> AcceptanceRequest:
    """The request as who opens its link finds it."""
    again = request_named(request.invitation.code)
    assert again is not None
    return again


class TestWhoMayAsk:
    def test_facilitators_ask_either_company(self, ideas: Ideas, card: LearningCard) -> None:
        request = ask(ideas, card, ideas.cast.ana)
        invitation = request.invitation
        assert (invitation.kind, invitation.name, invitation.role) == ("personal", "Giulia Neri", "member")
        assert (invitation.created_by, invitation.organisation) == (ideas.cast.ana, ideas.cast.delonghi)

    def test_members_ask_their_own_company(self, ideas: Ideas, card: LearningCard) -> None:
        assert ask(ideas, card, ideas.cast.carla).invitation.created_by == ideas.cast.carla

    def test_nobody_asks_the_other_company_to_say_yes_themselves(self, ideas: Ideas, card: LearningCard) -> None:
        with pytest.raises(Forbidden):
            ask(ideas, card, ideas.cast.bo)

    def test_not_even_where_they_stand_in_for_it(self, ideas: Ideas, card: LearningCard) -> None:
        Membership.objects.filter(organisation=ideas.cast.delonghi).update(removed_at=timezone.now())
        with pytest.raises(Forbidden):
            ask(ideas, card, ideas.cast.bo)

    def test_who_watches_asks_nobody(self, ideas: Ideas, card: LearningCard) -> None:
        with pytest.raises(Forbidden):
            ask(ideas, card, ideas.cast.eli)

    def test_a_company_of_another_partnership_is_not_found(self, ideas: Ideas, card: LearningCard) -> None:
        with pytest.raises(NotFound):
            ask(ideas, card, ideas.cast.ana, organisation_id=ideas.cast.breville.pk)

    def test_only_with_a_name_and_while_it_is_not_accepted(self, ideas: Ideas, card: LearningCard) -> None:
        with pytest.raises(Invalid):
            ask(ideas, card, ideas.cast.ana, name=" \n ")
        with pytest.raises(Invalid, match="accepted it already"):
            ask(ideas, card, ideas.cast.ana, organisation_id=ideas.cast.nespresso.pk)
        for _turn in range(10):
            ask(ideas, card, ideas.cast.ana)
        with pytest.raises(Invalid, match="end one first"):
            ask(ideas, card, ideas.cast.ana)


class TestTheYes:
    def test_is_that_of_a_guest_of_that_company(self, ideas: Ideas, card: LearningCard) -> None:
        request = ask(ideas, card, ideas.cast.ana)
        member, token = operations.answer_request(request=found(request), accepts=True, revision=card.revision)
        assert (member.name, member.organisation, member.role) == ("Giulia Neri", ideas.cast.delonghi, "member")
        assert member.is_guest
        assert list(member.partnerships.all()) == [ideas.cast.with_delonghi]
        assert GuestPass.objects.filter(membership=member).exists()
        assert token
        assert Acceptance.objects.get(organisation=ideas.cast.delonghi).by == member
        assert ideas.all()[0].state is State.VALIDATED

    def test_sees_one_partnership_also_for_the_company_that_sees_all(self, ideas: Ideas) -> None:
        """Else somebody who sees one partnership could make themselves a colleague who sees the whole workshop."""
        idea = ideas.add()
        ideas.test(idea)
        card = ideas.card(idea)
        request = ask(ideas, card, ideas.cast.bo, organisation_id=ideas.cast.nespresso.pk)
        member, _token = operations.answer_request(request=found(request), accepts=True)
        assert member.scope == "partnerships"
        assert list(member.partnerships.all()) == [ideas.cast.with_delonghi]

    def test_works_once(self, ideas: Ideas, card: LearningCard) -> None:
        request = ask(ideas, card, ideas.cast.ana)
        operations.answer_request(request=found(request), accepts=False)
        assert closed(found(request)) is Closed.USED
        with pytest.raises(NotFound):
            operations.answer_request(request=found(request), accepts=True)
        stale = found(request)
        stale.invitation.membership_id = None
        stale.invitation.revoked_at = None
        with pytest.raises(NotFound):
            operations.answer_request(request=stale, accepts=True)
        assert Membership.objects.filter(name="Giulia Neri").count() == 1

    def test_of_a_card_that_was_changed_brings_nobody_in(self, ideas: Ideas, card: LearningCard) -> None:
        request = ask(ideas, card, ideas.cast.ana)
        operations.change_card(seen=ideas.table.seen(ideas.cast.bo), card=card, learned="Something else")
        with pytest.raises(Conflict):
            operations.answer_request(request=found(request), accepts=True, revision=1)
        assert not Membership.objects.filter(name="Giulia Neri").exists()
        assert closed(found(request)) is None, "the link goes on working"
        operations.answer_request(request=found(request), accepts=True, revision=2)

    def test_not_yet_is_kept_with_why_until_the_card_changes(self, ideas: Ideas, card: LearningCard) -> None:
        request = ask(ideas, card, ideas.cast.ana)
        operations.answer_request(request=found(request), accepts=False, why="Where is May?")
        address = f"/ideas/{card.hypothesis_id}/"
        shown = ideas.cast.client(ideas.cast.bo).get(address).content.decode()
        assert "Giulia Neri of De&#39;Longhi: not yet" in shown
        assert "Where is May?" in shown
        assert not Acceptance.objects.filter(organisation=ideas.cast.delonghi).exists()
        operations.change_card(seen=ideas.table.seen(ideas.cast.bo), card=card, learned="May too")
        assert (
            "Where is May?" not in ideas.cast.client(ideas.cast.bo).get(address).content.decode().split("idea-story")[0]
        )

    def test_is_told_with_who_made_the_link(self, ideas: Ideas, card: LearningCard) -> None:
        request = ask(ideas, card, ideas.cast.ana)
        operations.answer_request(request=found(request), accepts=True)
        words = "accepted it, Giulia Neri, by a personal link made by Ana"
        for path in (f"/ideas/{card.hypothesis_id}/", f"/p/{ideas.cast.with_delonghi.pk}/learning/"):
            assert words in ideas.cast.client(ideas.cast.eli).get(path).content.decode(), path

    def test_all_of_it_is_in_the_log(self, ideas: Ideas, card: LearningCard) -> None:
        first, second = ask(ideas, card, ideas.cast.ana), ask(ideas, card, ideas.cast.carla, name="Ugo")
        operations.end_request(seen=ideas.table.seen(ideas.cast.ana), request=second)
        operations.end_request(seen=ideas.table.seen(ideas.cast.ana), request=second)
        operations.answer_request(request=found(first), accepts=False, why="Where is May?")
        kinds = ("acceptance_asked", "acceptance_deferred", "sharing_changed", "member_joined")
        told = list(Event.objects.filter(workspace=ideas.cast.workspace, kind__in=kinds).order_by("seq"))[-8:]
        assert [event.kind for event in told[-8:]][-8:] == [
            "sharing_changed",
            "acceptance_asked",
            "sharing_changed",
            "acceptance_asked",
            "sharing_changed",
            "acceptance_asked",
            "member_joined",
            "acceptance_deferred",
        ]
        assert "Giulia" not in str([event.data for event in told]), "the log holds no names"
        assert "Ugo" not in str(list(Invitation.objects.values_list("name", flat=True)))


class TestTheLink:
    def test_ends(self, ideas: Ideas, card: LearningCard) -> None:
        cast = ideas.cast
        expired, revoked, orphan = (
            ask(ideas, card, cast.ana),
            ask(ideas, card, cast.ana),
            ask(ideas, card, cast.carla),
        )
        Invitation.objects.filter(pk=expired.invitation.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
        workshops.revoke_invitation(viewer=cast.viewer(cast.ana), invitation=revoked.invitation)
        workshops.remove_member(viewer=cast.viewer(cast.ana), member=cast.carla)
        for request in (expired, revoked, orphan):
            assert closed(found(request)) is Closed.ENDED

    def test_ends_when_its_maker_goes_to_the_other_company(self, ideas: Ideas, card: LearningCard) -> None:
        request = ask(ideas, card, ideas.cast.carla)
        workshops.change_member(
            viewer=ideas.cast.viewer(ideas.cast.ana), member=ideas.cast.carla, organisation=ideas.cast.nespresso
        )
        assert closed(found(request)) is Closed.ENDED

    def test_says_nothing_while_there_is_nothing_to_say(self, ideas: Ideas, card: LearningCard) -> None:
        request, cast = ask(ideas, card, ideas.cast.ana), ideas.cast
        operations.remove_card(seen=ideas.table.seen(cast.bo), card=card)
        assert closed(found(request)) is Closed.DELETED
        operations.remove_card(seen=ideas.table.seen(cast.bo), card=card, removed=False)
        ideas.accept(card, cast.carla)
        assert closed(found(request)) is Closed.ACCEPTED
        operations.accept_card(
            seen=ideas.table.seen(cast.carla), card=card, organisation_id=cast.delonghi.pk, given=False
        )
        seal(viewer=cast.viewer(cast.ana), partnership=ideas.table.seen(cast.ana).partnership)
        assert closed(found(request)) is Closed.PRIVATE

    def test_is_ended_by_who_may_make_one(self, ideas: Ideas, card: LearningCard) -> None:
        request = ask(ideas, card, ideas.cast.ana)
        with pytest.raises(Forbidden):
            operations.end_request(seen=ideas.table.seen(ideas.cast.bo), request=request)
        operations.end_request(seen=ideas.table.seen(ideas.cast.carla), request=request)
        assert closed(found(request)) is Closed.ENDED


class TestThePages:
    def test_who_made_it_reads_it_and_nobody_else(self, ideas: Ideas, card: LearningCard) -> None:
        cast = ideas.cast
        address = f"/ideas/{card.hypothesis_id}/learning/{card.pk}/asking/"
        fields = {"organisation": cast.delonghi.pk, "name": "Giulia Neri"}
        part = cast.client(cast.ana).post(address, fields, headers={"HX-Request": "true"}).content.decode()
        code = Invitation.objects.get(kind="personal").code
        assert f"/join/{code}/" in part
        for who in (cast.bo, cast.carla, cast.eli):
            shown = cast.client(who).get(f"/ideas/{card.hypothesis_id}/").content.decode()
            assert "Giulia Neri of De&#39;Longhi is asked to accept it" in shown
            assert code not in shown
        members = cast.client(cast.ana).get(f"/w/{cast.workspace.pk}/members/").content.decode()
        assert "Giulia Neri" in members
        assert code not in members

    def test_what_is_wrong_comes_back_with_what_was_typed(self, ideas: Ideas, card: LearningCard) -> None:
        cast, address = ideas.cast, f"/ideas/{card.hypothesis_id}/learning/{card.pk}/asking/"
        client = cast.client(cast.ana)
        fields = {"organisation": str(cast.delonghi.pk), "name": " "}
        for headers in ({}, {"HX-Request": "true"}):
            answer = client.post(address, fields, headers=headers)
            assert answer.status_code == 422
            assert "Say whom of De&#39;Longhi you ask." in answer.content.decode()
        assert client.post(address, {"name": "Giulia"}).status_code == 422
        assert cast.client(cast.bo).post(address, fields | {"name": "Giulia"}).status_code == 403
        assert cast.client(cast.dan).post(address, fields | {"name": "Giulia"}).status_code == 404

    def test_a_link_is_ended_beside_the_card(self, ideas: Ideas, card: LearningCard) -> None:
        cast, request = ideas.cast, ask(ideas, card, ideas.cast.ana)
        address = f"/ideas/{card.hypothesis_id}/learning/{card.pk}/asking/{request.pk}/end/"
        assert cast.client(cast.bo).post(address).status_code == 403
        assert cast.client(cast.carla).post(address).status_code == 302
        assert closed(found(request)) is Closed.ENDED
        other = f"/ideas/{card.hypothesis_id}/learning/{card.pk}/asking/{card.pk}/end/"
        assert cast.client(cast.carla).post(other).status_code == 404

    def test_the_card_is_read_and_accepted_without_an_account(self, ideas: Ideas, card: LearningCard) -> None:
        request = ask(ideas, card, ideas.cast.ana)
        guest, path = Client(), f"/join/{request.invitation.code}/"
        shown = guest.get(path)
        assert shown.status_code == 200
        assert "34 of 100 buyers ordered pods again" in shown.content.decode()
        assert not Membership.objects.filter(name="Giulia Neri").exists(), "looking brings nobody in"
        assert guest.post(path, {"answer": "yes", "revision": "9"}).status_code == 409
        answer = guest.post(path, {"answer": "yes", "revision": str(card.revision)})
        assert answer.headers["Location"] == f"/ideas/{card.hypothesis_id}/#card-{card.pk}"
        page = guest.get(f"/ideas/{card.hypothesis_id}/").content.decode()
        assert "holds for both" in page
        assert "De&#39;Longhi accepts it. Thank you." in page
        assert guest.get(path).headers["Location"] == answer.headers["Location"], "the same browser goes to the card"
        stranger = Client().get(path)
        assert stranger.status_code == 404
        assert "used already" in stranger.content.decode()
        assert "34 of 100" not in stranger.content.decode()

    def test_in_a_browser_of_somebody_else_it_says_whom_it_is_for(self, ideas: Ideas, card: LearningCard) -> None:
        cast, request = ideas.cast, ask(ideas, card, ideas.cast.ana)
        path = f"/join/{request.invitation.code}/"
        for who in (cast.ana, cast.bo, cast.eli):
            for answer in (cast.client(who).get(path), cast.client(who).post(path, {"answer": "yes"})):
                if who.organisation_id == cast.delonghi.pk:
                    assert answer.status_code == 302
                else:
                    assert answer.status_code == 403
                    assert "This link is for Giulia Neri" in answer.content.decode()
        assert not Acceptance.objects.filter(organisation=cast.delonghi).exists()
        assert cast.client(cast.carla).get(path).headers["Location"].startswith(f"/ideas/{card.hypothesis_id}/")
        assert closed(found(request)) is None

    @pytest.mark.parametrize("why", ["revoked", "expired", "deleted", "sealed", "accepted", "removed"])
    def test_what_cannot_be_said_is_said_kindly_and_tells_nothing(
        self, ideas: Ideas, card: LearningCard, why: str
    ) -> None:
        cast, request = ideas.cast, ask(ideas, card, ideas.cast.ana)
        ana = cast.viewer(cast.ana)
        if why == "revoked":
            workshops.revoke_invitation(viewer=ana, invitation=request.invitation)
        elif why == "expired":
            Invitation.objects.filter(pk=request.invitation.pk).update(expires_at=timezone.now())
        elif why == "deleted":
            operations.remove_idea(seen=ideas.table.seen(cast.bo), idea=card.hypothesis)
        elif why == "sealed":
            seal(viewer=ana, partnership=cast.with_delonghi)
        elif why == "accepted":
            ideas.accept(card, cast.carla)
        else:
            workshops.remove_partnership(viewer=ana, partnership=cast.with_delonghi)
        for answer in (
            Client().get(f"/join/{request.invitation.code}/"),
            Client().post(f"/join/{request.invitation.code}/", {"answer": "yes"}),
        ):
            assert answer.status_code == 404
            shown = answer.content.decode()
            assert "<h1>" in shown
            for secret in ("34 of 100", "Giulia", cast.workspace.title, card.hypothesis.title):
                assert secret not in shown, secret
        assert not Membership.objects.filter(name="Giulia Neri").exists()
