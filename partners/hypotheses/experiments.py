"""The experiment library: ways of finding out, in our own words, from asking an expert to a contract that both pay for.

Each kind says which risk it is good for, what it costs (1 little, 2 some, 3 much), how many days it takes to prepare
and to run, and the evidence level it can reach (domain reference 5, the ladder). The tags are ours: a hint for
choosing, never a rule for judging.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Risk(StrEnum):
    """What may turn out wrong."""

    DESIRABILITY = "desirability"  # the customer does not want it
    FEASIBILITY = "feasibility"  # it does not get across
    VIABILITY = "viability"  # it does not pay for one of the two
    ADAPTABILITY = "adaptability"  # the world around does not allow it


D, F, V, A = Risk.DESIRABILITY, Risk.FEASIBILITY, Risk.VIABILITY, Risk.ADAPTABILITY


@dataclass(frozen=True, slots=True)
class Experiment:
    """One way of finding out. `setup_days` and `run_days` are rough; `level` is the evidence it can reach, 1 to 5."""

    key: str
    title: _StrPromise
    does: _StrPromise
    risks: tuple[Risk, ...]
    cost: int
    setup_days: int
    run_days: int
    level: int


EXPERIMENTS: tuple[Experiment, ...] = (
    Experiment(
        "expert_talk",
        _("Ask somebody who knows"),
        _("Talk to two or three people who have seen such a thing work or fail, and write down what they base it on."),
        (D, F, V, A), 1, 2, 5, 1,
    ),
    Experiment(
        "document_study",
        _("Read what is known"),
        _("Look through reports, contracts and figures that both companies have already."),
        (F, V, A), 1, 1, 5, 1,
    ),
    Experiment(
        "rules_check",
        _("Check the rules"),
        _("Have law, permits, privacy and standards read by somebody who answers for it."),
        (F, A), 1, 3, 10, 1,
    ),
    Experiment(
        "search_interest",
        _("See what people look for"),
        _("Count how often people search for the thing or talk about it, and in which words."),
        (D,), 1, 1, 5, 1,
    ),
    Experiment(
        "napkin_sums",
        _("Sums on one page"),
        _("Work out for each company what one more customer brings and costs, with every number's source beside it."),
        (V,), 1, 1, 3, 1,
    ),
    Experiment(
        "customer_interview",
        _("Ask customers about last time"),
        _("Ask at least ten customers what they did, paid and gave up the last time they had this need."),
        (D,), 1, 5, 10, 2,
    ),
    Experiment(
        "partner_interview",
        _("Ask both sides about last time"),
        _("Ask people of both companies what happened when they last worked with somebody like this."),
        (F, V), 1, 3, 7, 2,
    ),
    Experiment(
        "front_line",
        _("A day at the front line"),
        _("Stand beside the people who serve customers, in both companies, and note where it would help or hurt."),
        (D, F), 1, 3, 5, 2,
    ),
    Experiment(
        "diary",
        _("Diary of those concerned"),
        _("Ask customers or staff to note for two weeks when the need comes up and what they do about it."),
        (D,), 1, 5, 14, 2,
    ),
    Experiment(
        "data_match",
        _("Put both companies’ figures together"),
        _("Match past figures of both, as far as they may be shared, and see whether the effect shows there already."),
        (D, V), 2, 10, 10, 2,
    ),
    Experiment(
        "process_walk",
        _("Walk the way across"),
        _("Go through every step from one company to the other with those who do it today, and time each."),
        (F,), 1, 3, 2, 2,
    ),
    Experiment(
        "table_play",
        _("Play it at the table"),
        _("People of both companies play one customer’s case with cards and a clock, twice."),
        (F, V), 1, 3, 1, 3,
    ),
    Experiment(
        "mock_offer",
        _("Show it as if it were there"),
        _("Show customers a leaflet, a page or a box of the joint offer and see what they do, not what they say."),
        (D,), 1, 5, 7, 3,
    ),
    Experiment(
        "mock_service",
        _("Do it by hand behind the scenes"),
        _("Give a few customers the joint service, with people doing by hand what would later run by itself."),
        (D, F), 2, 10, 14, 3,
    ),
    Experiment(
        "prototype",
        _("Build a rough one"),
        _("Build the one part that may not work, only well enough to see whether it does."),
        (F,), 2, 15, 10, 3,
    ),
    Experiment(
        "choice_test",
        _("Let them choose"),
        _("Put the joint offer beside what customers choose today, at real prices, and count."),
        (D, V), 2, 7, 7, 3,
    ),
    Experiment(
        "waiting_list",
        _("Waiting list"),
        _("Announce it for later and count who leaves a name and how to be reached."),
        (D,), 1, 3, 21, 3,
    ),
    Experiment(
        "negotiation",
        _("Negotiate the hard clause"),
        _("Settle with those who would sign the one term on which it would fail: price, exclusivity, liability."),
        (V, F), 1, 5, 14, 3,
    ),
    Experiment(
        "letter_of_intent",
        _("Letter of intent"),
        _("Both companies, or a customer, put in writing what they will give and under what condition."),
        (V, D), 1, 3, 21, 3,
    ),
    Experiment(
        "shared_sums",
        _("Open the books"),
        _("Each company shows the other its real costs and margins for this case; both work out the same sum."),
        (V,), 2, 10, 5, 3,
    ),
    Experiment(
        "authority_talk",
        _("Ask those who must allow it"),
        _("Put the case before whoever could stop it: authority, works council, retailer, payer. Get it in writing."),
        (A,), 1, 7, 30, 3,
    ),
    Experiment(
        "pre_sale",
        _("Sell it before it is there"),
        _("Take orders with money down, which is given back if it does not come."),
        (D, V), 2, 10, 30, 4,
    ),
    Experiment(
        "small_pilot",
        _("Pilot with a few customers"),
        _("Do it for real in one place with few customers, and measure for both companies what it changes and costs."),
        (D, F, V), 2, 20, 60, 4,
    ),
    Experiment(
        "split_trial",
        _("Trial with a comparison"),
        _("Do it in some places and not in others that are alike, at the same time."),
        (D, V), 2, 15, 60, 4,
    ),
    Experiment(
        "lent_staff",
        _("Lend each other people"),
        _("Somebody of each company works in the other for some weeks and does the transfer."),
        (F,), 2, 10, 30, 4,
    ),
    Experiment(
        "open_data",
        _("Open the data"),
        _("One company gives the other real access to what it would need, for one narrow purpose and time."),
        (F, A), 2, 20, 30, 4,
    ),
    Experiment(
        "joint_event",
        _("One launch together"),
        _("Bring it to customers together once, in one shop, ward or city, with both names on it."),
        (D, F), 2, 15, 3, 4,
    ),
    Experiment(
        "paid_trial",
        _("Paid trial over time"),
        _("Customers pay for it for months, and both companies see it in their accounts."),
        (D, V), 3, 30, 120, 5,
    ),
    Experiment(
        "signed_contract",
        _("Contract with a way out"),
        _("Both sign for a year, with lasting people or money, and with what would end it."),
        (V, A), 3, 30, 180, 5,
    ),
    Experiment(
        "second_place",
        _("Again in a second place"),
        _("Repeat what worked with other people in another place, without those who invented it."),
        (F, V), 3, 20, 90, 5,
    ),
)  # fmt: skip

BY_KEY = {experiment.key: experiment for experiment in EXPERIMENTS}


def experiment(key: str) -> Experiment | None:
    """Return a kind of experiment by its key; None when there is none."""
    return BY_KEY.get(key)
