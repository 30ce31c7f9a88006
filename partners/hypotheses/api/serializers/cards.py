"""Tests of joint ideas, learning cards and the library of experiments as JSON."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from partners.base.rest.fields import LineField, TextField, TruthField
from partners.hypotheses.api.serializers.ideas import CLAIMS, OUTCOMES
from partners.hypotheses.experiments import BY_KEY, Risk
from partners.hypotheses.models import LearningCard
from partners.hypotheses.models.ideas import TITLE_LIMIT, WHY_LIMIT
from partners.hypotheses.models.testing import DOES_LIMIT, SAYS_LIMIT
from partners.hypotheses.operations.fields import LINK_LIMIT, LINKS_AT_MOST, MOST_POINTS
from partners.hypotheses.rules import Claim

EXPERIMENTS = list(BY_KEY)
RUNS = ["designed", "running", "ended"]
DECISIONS = list(LearningCard.Decision.values)
TESTS_AT_MOST = 30
REFERENCES = frozenset({"owner_start", "owner_end", "iteration"})


class MarkField(serializers.IntegerField):
    """A mark from 1 to 3, or null."""

    def __init__(self, **more: Any) -> None:
        super().__init__(min_value=1, max_value=3, allow_null=True, **more)


class LinksField(serializers.ListField):
    """Addresses of pages."""

    def __init__(self, **more: Any) -> None:
        super().__init__(child=serializers.CharField(max_length=LINK_LIMIT), max_length=LINKS_AT_MOST, **more)


class TestOut(serializers.Serializer[Any]):
    """A test of a joint idea."""

    __test__ = False  # no test class, whatever its name

    id = serializers.UUIDField()
    workspace = serializers.UUIDField()
    partnership = serializers.UUIDField()
    hypothesis = serializers.UUIDField(help_text="The idea it tests.")
    etag = serializers.CharField(help_text="What to send as `If-Match` when changing it.")
    title = serializers.CharField(max_length=TITLE_LIMIT)
    claims = serializers.ListField(child=serializers.ChoiceField(CLAIMS))
    experiment = serializers.ChoiceField(["", *EXPERIMENTS])
    does = serializers.CharField(max_length=DOES_LIMIT)
    metric = serializers.CharField(max_length=SAYS_LIMIT)
    criterion = serializers.CharField(max_length=SAYS_LIMIT, help_text="What would prove it right.")
    criterion_at_start = serializers.CharField(max_length=SAYS_LIMIT, help_text="The same, as fixed when it started.")
    criterion_why = serializers.CharField(max_length=WHY_LIMIT, help_text="Why it was changed since then.")
    critical = MarkField()
    cost = MarkField()
    reliability = MarkField()
    time = MarkField()
    owner_start = serializers.UUIDField(allow_null=True, help_text="A member of the first company, if you see them.")
    owner_end = serializers.UUIDField(allow_null=True, help_text="A member of the second company, if you see them.")
    by_product = serializers.BooleanField(help_text="Product people own it.")
    by_partnership = serializers.BooleanField(help_text="Partnership people own it.")
    iteration = serializers.UUIDField(allow_null=True, help_text="The iteration it belongs to.")
    starts_on = serializers.DateField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    points_wanted = serializers.IntegerField(min_value=1, allow_null=True, help_text="How many data points.")
    points = serializers.IntegerField(min_value=0, help_text="How many have come in.")
    links = serializers.ListField(child=serializers.CharField(max_length=LINK_LIMIT))
    run = serializers.ChoiceField(RUNS)
    version = serializers.IntegerField(min_value=1, allow_null=True, help_text="Of the sentence, when it started.")
    started_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    author = serializers.UUIDField(allow_null=True, help_text="The member who described it, if you may see them.")
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class TestFields(serializers.Serializer[Any]):
    """What may be said of a test; only what is sent is changed."""

    __test__ = False  # as above

    experiment = serializers.ChoiceField(["", *EXPERIMENTS], required=False)
    does = TextField(max_length=DOES_LIMIT, required=False, allow_blank=True)
    metric = TextField(max_length=SAYS_LIMIT, required=False, allow_blank=True)
    criterion = TextField(max_length=SAYS_LIMIT, required=False, allow_blank=True)
    critical = MarkField(required=False)
    cost = MarkField(required=False)
    reliability = MarkField(required=False)
    time = MarkField(required=False)
    owner_start = serializers.UUIDField(required=False, allow_null=True)
    owner_end = serializers.UUIDField(required=False, allow_null=True)
    by_product = TruthField(required=False)
    by_partnership = TruthField(required=False)
    iteration = serializers.UUIDField(required=False, allow_null=True)
    starts_on = serializers.DateField(required=False, allow_null=True)
    due_on = serializers.DateField(required=False, allow_null=True)
    points_wanted = serializers.IntegerField(min_value=1, max_value=MOST_POINTS, required=False, allow_null=True)
    links = LinksField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Call the owners and the iteration what the operations call them."""
        return {f"{name}_id" if name in REFERENCES else name: value for name, value in attrs.items()}


class NewTest(TestFields):
    """A test to describe."""

    id = serializers.UUIDField(required=False)
    hypothesis = serializers.UUIDField()
    title = LineField(
        max_length=TITLE_LIMIT, required=False, allow_blank=True, help_text="Otherwise that of the experiment."
    )
    claims = serializers.ListField(child=serializers.ChoiceField(CLAIMS), max_length=len(CLAIMS))


class TestChanges(TestFields):
    """What may be changed of a test; once it has started, another `criterion` asks for a reason."""

    title = LineField(max_length=TITLE_LIMIT, required=False)
    claims = serializers.ListField(child=serializers.ChoiceField(CLAIMS), max_length=len(CLAIMS), required=False)
    why = TextField(max_length=WHY_LIMIT, required=False, allow_blank=True, default="")


class Count(serializers.Serializer[Any]):
    """How many data points have come in."""

    points = serializers.IntegerField(min_value=0, max_value=MOST_POINTS)


class Verdicts(serializers.Serializer[Any]):
    """What was learned about each claim; one that is missing was not looked at."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Have a field for each claim."""
        return {claim.value: serializers.ChoiceField(OUTCOMES, required=False) for claim in Claim}


class AcceptanceOut(serializers.Serializer[Any]):
    """One side’s yes to a learning card as it reads now."""

    organisation = serializers.UUIDField()
    by = serializers.UUIDField(allow_null=True, help_text="The member who said it, if you may see them.")
    by_link = serializers.BooleanField(help_text="Whether they came in by a personal link, without an account.")
    link_made_by = serializers.UUIDField(allow_null=True, help_text="The member who made it, if you may see them.")
    given_at = serializers.DateTimeField()


class LearningOut(serializers.Serializer[Any]):
    """What was learned, and what it says of each claim."""

    id = serializers.UUIDField()
    workspace = serializers.UUIDField()
    partnership = serializers.UUIDField()
    hypothesis = serializers.UUIDField(help_text="The idea it speaks of.")
    tests = serializers.ListField(child=serializers.UUIDField(), help_text="The tests it learns from.")
    etag = serializers.CharField(help_text="What to send as `If-Match` when changing it.")
    title = serializers.CharField(max_length=TITLE_LIMIT)
    observed = serializers.CharField(max_length=DOES_LIMIT)
    observed_on = serializers.DateField()
    data_points = serializers.IntegerField(min_value=1)
    verdicts = Verdicts()
    level = serializers.IntegerField(min_value=0, max_value=5)
    learned = serializers.CharField(max_length=DOES_LIMIT)
    will_do = serializers.CharField(max_length=SAYS_LIMIT)
    decision = serializers.ChoiceField(["", *DECISIONS])
    reliability = MarkField()
    action = MarkField()
    costs_start = serializers.CharField(max_length=SAYS_LIMIT, help_text="The first company’s cost check.")
    costs_end = serializers.CharField(max_length=SAYS_LIMIT, help_text="The second company’s cost check.")
    links = serializers.ListField(child=serializers.CharField(max_length=LINK_LIMIT))
    version = serializers.IntegerField(min_value=1, help_text="Of the sentence that it speaks of.")
    is_of_now = serializers.BooleanField(help_text="Whether the idea still reads so; else it counts no more.")
    revision = serializers.IntegerField(min_value=1, help_text="Of the card: what a company accepts.")
    acceptances = AcceptanceOut(many=True)
    agreed = serializers.BooleanField(help_text="Whether both companies have accepted it as it reads.")
    author = serializers.UUIDField(allow_null=True, help_text="The member who wrote it, if you may see them.")
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class LearningFields(serializers.Serializer[Any]):
    """What a learning card may say besides; only what is sent is changed."""

    tests = serializers.ListField(child=serializers.UUIDField(), max_length=TESTS_AT_MOST, required=False)
    title = LineField(max_length=TITLE_LIMIT, required=False, allow_blank=True)
    learned = TextField(max_length=DOES_LIMIT, required=False, allow_blank=True)
    will_do = TextField(max_length=SAYS_LIMIT, required=False, allow_blank=True)
    decision = serializers.ChoiceField(["", *DECISIONS], required=False)
    reliability = MarkField(required=False)
    action = MarkField(required=False)
    costs_start = TextField(max_length=SAYS_LIMIT, required=False, allow_blank=True)
    costs_end = TextField(max_length=SAYS_LIMIT, required=False, allow_blank=True)
    links = LinksField(required=False)


class NewLearning(LearningFields):
    """What was learned: without data it says nothing."""

    id = serializers.UUIDField(required=False)
    hypothesis = serializers.UUIDField()
    observed = TextField(max_length=DOES_LIMIT)
    observed_on = serializers.DateField()
    data_points = serializers.IntegerField(min_value=1, max_value=MOST_POINTS)
    verdicts = Verdicts()
    level = serializers.IntegerField(min_value=0, max_value=5)


class LearningChanges(LearningFields):
    """Other data or words: both companies’ yes to the card before falls away."""

    observed = TextField(max_length=DOES_LIMIT, required=False)
    observed_on = serializers.DateField(required=False)
    data_points = serializers.IntegerField(min_value=1, max_value=MOST_POINTS, required=False)
    verdicts = Verdicts(required=False)
    level = serializers.IntegerField(min_value=0, max_value=5, required=False)


class AcceptingLearning(serializers.Serializer[Any]):
    """The card that was read; another one now is a conflict."""

    revision = serializers.IntegerField(min_value=1, max_value=2**31 - 1, required=False, allow_null=True)


class ExperimentOut(serializers.Serializer[Any]):
    """A way of finding out. The numbers are rough, and hints for choosing."""

    key = serializers.CharField()
    title = serializers.CharField()
    does = serializers.CharField()
    risks = serializers.ListField(child=serializers.ChoiceField([risk.value for risk in Risk]))
    cost = serializers.IntegerField(min_value=1, max_value=3)
    setup_days = serializers.IntegerField(min_value=0)
    run_days = serializers.IntegerField(min_value=0)
    level = serializers.IntegerField(min_value=1, max_value=5, help_text="The evidence that it can reach.")


class LibraryOut(serializers.Serializer[Any]):
    """All kinds of experiments."""

    results = ExperimentOut(many=True)
