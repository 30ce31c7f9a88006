import json
import threading
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from partners.backups.operations import NotABackup, restore_backup, write_backup
from partners.backups.tables import lines, tables
from partners.canvases.models import Canvas, Note
from partners.events.models import Event, LogHead
from partners.facilitation.models import Session
from partners.hypotheses.models import Acceptance, BigQuestion, Iteration, LearningCard, SynergyHypothesis, TestCard
from partners.outcome.models import Assent, Decision, NextStep
from partners.people.models import User
from partners.value_fit.models import Consent, Declaration, JointSentence, Pair, Rating, Round
from partners.workspaces.models import Membership, Organisation, Partnership, SealedLook, Workspace
from tests.live.listening import wait_until

# A backup is a transaction of its own, so the tests have none around it.
pytestmark = pytest.mark.django_db(transaction=True)

LONG_AGO = datetime(2024, 2, 29, 12, 0, 0, 123456, tzinfo=UTC)
WORDS = 'Grüße, 咖啡 ☕ – "quoted",\n\tnew line, مرحبا'
TESTED = (SynergyHypothesis, TestCard, LearningCard, Acceptance, Iteration, BigQuestion)


@pytest.fixture
def workshop() -> Workspace:
    """A workshop in which something of every sort was written, long ago."""
    workshop = Workspace.objects.create(title=WORDS, fill_meanings={"sun": WORDS, "leaf": ""})
    LogHead.objects.create(workspace=workshop, seq=7)
    ours, theirs = (
        Organisation.objects.create(workspace=workshop, name=name, short_name=name, is_focal=name == "Nespresso")
        for name in ("Nespresso", "De'Longhi")
    )
    partnership = Partnership.objects.create(workspace=workshop, first=ours, second=theirs)
    ana = User.objects.create_user("ana@example.org", "coffee with milk", name="Ana")
    member = Membership.objects.create(workspace=workshop, user=ana, organisation=ours, name="Ana")
    member.partnerships.add(partnership)
    Event.objects.create(
        workspace=workshop,
        seq=7,
        change=workshop.pk,
        kind="note_added",
        thing_type="note",
        thing_id=workshop.pk,
        actor=member,
        at=LONG_AGO,
        data={"text": WORDS, "list": [1, 2.5, None, True]},
    )
    _compare(partnership, member)
    _decide(partnership, member)
    _test(partnership, member)
    Workspace.objects.update(created_at=LONG_AGO, updated_at=LONG_AGO)
    return workshop


def _compare(partnership: Partnership, member: Membership) -> None:
    """Something of everything that two companies compare."""
    offer, need = (
        Note.objects.create(
            canvas=Canvas.objects.create(
                workspace=partnership.workspace, kind="pc", organisation=company, partnership=partnership
            ),
            block=block,
            text=WORDS,
        )
        for company, block in ((partnership.first, "value_offer"), (partnership.second, "desired_value"))
    )
    pair = Pair.objects.create(partnership=partnership, offer=offer, need=need, interest="opposed")
    Rating.objects.create(pair=pair, organisation=partnership.first, strength=0, reason=WORDS, by=member, from_round=1)
    Declaration.objects.create(partnership=partnership, kind="unmatched", note=need, by=member)
    for carries in (None, [], [str(pair.pk)]):
        sentence = JointSentence.objects.create(partnership=partnership, kind="transfer", text=WORDS, carries=carries)
    Consent.objects.create(sentence=sentence, organisation=partnership.first, by=member)
    Round.objects.create(partnership=partnership, number=1, name=WORDS, snapshot={"fit": 0.54, "none": None})


def _decide(partnership: Partnership, member: Membership) -> None:
    """Something of everything that they decide and do next, in a room that is being led."""
    decision = Decision.objects.create(
        partnership=partnership, verdict="adapt", why=WORDS, why_version=3, by=member, decided_at=LONG_AGO
    )
    Assent.objects.create(decision=decision, organisation=partnership.first, by=member)
    NextStep.objects.create(partnership=partnership, what=WORDS, member=member, by_when=LONG_AGO.date())
    NextStep.objects.create(partnership=partnership, what=WORDS, who=WORDS, done_at=LONG_AGO, deleted_at=LONG_AGO)
    SealedLook.objects.create(partnership=partnership, member=member)
    page = f"{partnership.pk}/compare/start"
    Session.objects.create(
        workspace=partnership.workspace,
        step="negotiate",
        timer_ends_at=LONG_AGO,
        gather_page=page,
        gather_number=2,
        landing_page=page,
        shows_figures=True,
    )


def _test(partnership: Partnership, member: Membership) -> None:
    """A joint idea that rests on a note and a pair, with a test in an iteration, what was learned, and a question."""
    idea = SynergyHypothesis.objects.create(partnership=partnership, title=WORDS, words={"new_value": WORDS}, version=2)
    idea.notes.set(Note.objects.filter(canvas__partnership=partnership)[:1])
    idea.pairs.set(Pair.objects.all())
    iteration = Iteration.objects.create(
        partnership=partnership,
        name="Grüße, 咖啡",
        starts_on=LONG_AGO.date(),
        ends_on=LONG_AGO.date(),
        closed_at=LONG_AGO,
        closed_by=member,
        adapts=WORDS,
        author=member,
    )
    BigQuestion.objects.create(partnership=partnership, text=WORDS, answer=WORDS, author=member).ideas.add(idea)
    test = TestCard.objects.create(
        iteration=iteration,
        hypothesis=idea,
        title=WORDS,
        claims=["customer"],
        criterion_at_start=WORDS,
        started_at=LONG_AGO,
    )
    card = LearningCard.objects.create(
        hypothesis=idea,
        title=WORDS,
        tests=[str(test.pk)],
        observed=WORDS,
        observed_on=LONG_AGO.date(),
        data_points=1,
        verdicts={"customer": "refutes"},
        level=5,
        version=1,
    )
    Acceptance.objects.create(card=card, organisation=partnership.first, by=member)


def everything(*, but: type | None = None) -> dict[str, list[Any]]:
    """All rows of all tables, as a backup sees them."""
    return {table._meta.label: [json.loads(line) for line in lines(table)] for table in tables() if table is not but}


class TestRoundTrip:
    def test_brings_back_every_row_as_it_was(self, workshop: Workspace, tmp_path: Path) -> None:
        before = everything(but=LogHead)
        counts = write_backup(tmp_path / "all.zip")
        Workspace.objects.create(title="Made afterwards")
        User.objects.update(name="Somebody else")
        Event.objects.all().delete()

        assert restore_backup(tmp_path / "all.zip") == counts
        for table in (Decision, Assent, NextStep, Session, SealedLook, *TESTED):
            assert counts[table._meta.label_lower], "there was something to bring back"
        assert everything(but=LogHead) == before

    def test_keeps_moments_and_words_to_the_last_digit(self, workshop: Workspace, tmp_path: Path) -> None:
        write_backup(tmp_path / "all.zip")
        Workspace.objects.all().delete()
        restore_backup(tmp_path / "all.zip")

        workshop.refresh_from_db()
        assert workshop.title == WORDS
        assert workshop.created_at == workshop.updated_at == LONG_AGO
        assert Event.objects.get().data == {"text": WORDS, "list": [1, 2.5, None, True]}
        assert Membership.objects.get().partnerships.count() == 1
        assert [said.carries for said in JointSentence.objects.order_by("created_at")] == [
            None,
            [],
            [str(Pair.objects.get().pk)],
        ]
        assert Round.objects.get().snapshot == {"fit": 0.54, "none": None}
        idea = SynergyHypothesis.objects.get()
        assert (idea.words, idea.notes.count(), idea.pairs.count()) == ({"new_value": WORDS}, 1, 1)
        iteration, question = Iteration.objects.get(), BigQuestion.objects.get()
        assert (iteration.starts_on, iteration.closed_at, iteration.adapts) == (LONG_AGO.date(), LONG_AGO, WORDS)
        assert (TestCard.objects.get().iteration, list(question.ideas.all())) == (iteration, [idea])
        assert LearningCard.objects.get().verdicts == {"customer": "refutes"}
        assert (Decision.objects.get().decided_at, Decision.objects.get().why) == (LONG_AGO, WORDS)
        assert [step.by_when for step in NextStep.objects.order_by("created_at")] == [LONG_AGO.date(), None]
        assert Session.objects.get().timer_ends_at == LONG_AGO
        assert User.objects.get().check_password("coffee with milk")

    def test_starts_a_new_epoch_so_that_open_pages_fetch_anew(self, workshop: Workspace, tmp_path: Path) -> None:
        before = LogHead.objects.get()
        write_backup(tmp_path / "all.zip")
        restore_backup(tmp_path / "all.zip")

        after = LogHead.objects.get()
        assert after.epoch != before.epoch
        assert after.seq == before.seq

    def test_new_rows_find_free_numbers_afterwards(self, workshop: Workspace, tmp_path: Path) -> None:
        write_backup(tmp_path / "all.zip")
        restore_backup(tmp_path / "all.zip")

        last = Event.objects.get()
        last.pk, last.seq = None, 8
        last.save()
        assert Event.objects.count() == 2

    def test_can_be_done_by_command_and_keeps_what_was_there(
        self, workshop: Workspace, tmp_path: Path, settings: Any, capsys: pytest.CaptureFixture[str]
    ) -> None:
        settings.DATA_DIR = tmp_path
        call_command("backup", tmp_path / "all.zip")
        Workspace.objects.update(title="Changed since")
        call_command("restore", tmp_path / "all.zip")

        assert Workspace.objects.get().title == WORDS
        [kept] = (tmp_path / "backups").iterdir()
        assert str(kept) in capsys.readouterr().out
        restore_backup(kept)
        assert Workspace.objects.get().title == "Changed since"


class TestFile:
    def test_is_its_owners_alone_and_holds_no_open_session(self, workshop: Workspace, tmp_path: Path) -> None:
        write_backup(tmp_path / "all.zip")
        assert (tmp_path / "all.zip").stat().st_mode & 0o777 == 0o600
        with zipfile.ZipFile(tmp_path / "all.zip") as archive:
            assert not [name for name in archive.namelist() if "sessions.session" in name]

    def test_is_never_overwritten(self, workshop: Workspace, tmp_path: Path) -> None:
        (tmp_path / "all.zip").write_text("the only copy")
        with pytest.raises(CommandError, match="exists already"):
            call_command("backup", tmp_path / "all.zip")
        assert (tmp_path / "all.zip").read_text() == "the only copy"

    def test_says_when_it_was_made(self, tmp_path: Path) -> None:
        write_backup(tmp_path / "all.zip", now=LONG_AGO + timedelta(days=1))
        with zipfile.ZipFile(tmp_path / "all.zip") as archive:
            assert json.loads(archive.read("manifest.json"))["made_at"].startswith("2024-03-01T12:00")


def changed(source: Path, target: Path, member: str, content: bytes | None) -> Path:
    """A copy of a backup with one part replaced, or without it."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            if name != member:
                new.writestr(name, old.read(name))
            elif content is not None:
                new.writestr(name, content)
    return target


class TestAFileThatDoesNotFit:
    @pytest.mark.parametrize(
        ("member", "content"),
        [
            ("manifest.json", b"{}"),
            ("manifest.json", b"not even that"),
            ("data/partners.workspace.jsonl", b""),
            ("data/partners.workspace.jsonl", b'{"title": "half a'),
            ("data/partners.event.jsonl", None),
        ],
    )
    def test_changes_nothing(self, workshop: Workspace, tmp_path: Path, member: str, content: bytes | None) -> None:
        write_backup(tmp_path / "all.zip")
        before = everything()
        with pytest.raises(NotABackup):
            restore_backup(changed(tmp_path / "all.zip", tmp_path / "broken.zip", member, content))
        assert everything() == before

    def test_of_other_tables_says_which_version_to_use(self, workshop: Workspace, tmp_path: Path) -> None:
        write_backup(tmp_path / "all.zip")
        with zipfile.ZipFile(tmp_path / "all.zip") as archive:
            about = json.loads(archive.read("manifest.json"))
        about["migrations"] = [*about["migrations"][:-1], "partners.9999_from_the_future"]
        newer = changed(tmp_path / "all.zip", tmp_path / "newer.zip", "manifest.json", json.dumps(about).encode())
        with pytest.raises(NotABackup, match="the version that made it"):
            restore_backup(newer)

    def test_may_be_any_other_file(self, tmp_path: Path) -> None:
        (tmp_path / "notes.txt").write_text("no zip")
        with pytest.raises(NotABackup, match="no backup"):
            restore_backup(tmp_path / "notes.txt")


class TestWhilePeopleWork:
    def test_the_backup_is_of_one_moment_and_nobody_waits(self, tmp_path: Path) -> None:
        """A writer always adds a workshop together with its log: a backup with one but not the other is torn."""
        stop = threading.Event()
        problems: list[Exception] = []

        def work() -> None:
            from django.db import transaction

            try:
                while not stop.is_set():
                    with transaction.atomic():
                        LogHead.objects.create(workspace=Workspace.objects.create(title="One more"))
            except Exception as problem:
                problems.append(problem)
            finally:
                connection.close()

        writer = threading.Thread(target=work)
        writer.start()
        try:
            wait_until(lambda: problems or Workspace.objects.exists())
            for number in range(5):
                counts = write_backup(tmp_path / f"{number}.zip")
                assert counts["partners.workspace"] == counts["partners.loghead"]
        finally:
            stop.set()
            writer.join()
        assert not problems
