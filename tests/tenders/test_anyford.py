"""A policy nobody had in mind who wrote Tenth: adopted from its pack and lived by, whole.

Bands at £25,000 and £75,000, at most six metrics, one on employment above a band unless that is
waived in writing, a minimum that rises on a day, and a split of 70, 15 and 15.
"""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.roles import Role
from charter.decisions import Decision
from design.london import LONDON
from metrics import actions as counting
from metrics.actions.loading import draft_pack
from metrics.actions.reasons import give_reasons as rely_on
from metrics.loading import read_pack
from metrics.reliance import reliance_of as reliance_of_charter
from records.clock import database_time
from tenders import actions
from tenders.actions.departures import choose_rule, decide_opt_out, request_opt_out
from tenders.actions.reasons import give_reasons
from tenders.checking import reliance_of
from tenders.models import Method
from tenders.opt_outs import Decision as Decided
from tenders.readiness import needs_of
from tenders.refusals import BelowPolicy, NotReady, Unfit
from tenders.states import State
from tests.factories.accounts import AuthorityFactory, person_in
from tests.factories.tenders import (
    CriterionFactory,
    ScaleStepFactory,
    TenderFactory,
    team_member,
)
from tests.packs import anyford

pytestmark = pytest.mark.django_db

FAR, OVER = 400, -1
SPLIT = ("70", "15", "15")


@pytest.fixture
def adopted(tmp_path):
    """The charter in force, its minimum rising some days from today."""

    def adopt(days_until_it_rises):
        now = database_time()
        authority = AuthorityFactory()
        who = {"by": person_in(authority, Role.ADMINISTRATOR), "at": now}
        rises = now.astimezone(LONDON).date() + timedelta(days=days_until_it_rises)
        words, metrics = read_pack("anyford", data=anyford(tmp_path, rises=rises))
        draft = draft_pack(words=words, metrics=metrics, authority=authority, **who)
        known = [one.fingerprint for one in reliance_of_charter(draft).warnings]
        rely_on(charter=draft, fingerprints=known, reason="The council has read it.", **who)
        today = now.astimezone(LONDON).date()
        decision = Decision(
            body="Council", decided_on=today, minute_reference="7", effective_from=today
        )
        return counting.publish_version(charter=draft, decision=decision, **who)

    return adopt


class Desk:
    """An officer with a draft that lacks only what the policy asks."""

    def __init__(self, charter, value):
        now = database_time()
        self.tender = TenderFactory(
            authority=charter.authority,
            charter=charter,
            contract_value=Decimal(value),
            opens_at=now + timedelta(days=7),
            closes_at=now + timedelta(days=40),
        )
        CriterionFactory(tender=self.tender, code="q1")
        for mark in range(6):
            ScaleStepFactory(tender=self.tender, mark=Decimal(mark), label=f"Mark {mark}")
        self.officer = team_member(self.tender, Role.OFFICER)
        roles = (Role.EVALUATOR, Role.CHAIR, Role.APPROVER)
        self.approver = [team_member(self.tender, role) for role in roles][-1]

    @property
    def who(self):
        return {"by": self.officer, "at": database_time()}

    def weigh(self, price, quality, social_value):
        self.tender = actions.set_weights(
            tender=self.tender,
            basis="overall",
            price_weight=Decimal(price),
            quality_weight=Decimal(quality),
            social_value_weight=Decimal(social_value),
            price_method="fixed_scale",
            price_full_at=Decimal(10_000),
            price_zero_at=Decimal(90_000),
            rounding_places=2,
            rounding_level="total",
            rank_on="rounded",
            tie_break=["lower_price"],
            **self.who,
        )

    def ask(self, *numbers, words=200):
        for number in numbers:
            metric = self.tender.charter.metrics.get(number=number)
            actions.add_metric(
                tender=self.tender,
                metric=metric,
                weight=Decimal(100),
                method=Method.MARKS,
                question=metric.wording,
                max_words=words,
                **self.who,
            )
        actions.share_weights_equally(tender=self.tender, group="social_value", **self.who)

    def needs(self):
        self.tender.refresh_from_db()
        return needs_of(self.tender, database_time())

    def go_on(self):
        """Give a reason for every warning of the check, as an officer would."""
        known = [one.fingerprint for one in reliance_of(self.tender, database_time()).warnings]
        if known:
            give_reasons(tender=self.tender, fingerprints=known, reason="It fits.", **self.who)

    def publish(self):
        self.go_on()
        tender = actions.publish_tender(tender=self.tender, **self.who)
        return tender.state(database_time())


def test_a_large_contract_is_led_to_publication_by_the_policy_alone(adopted):
    desk = Desk(adopted(FAR), "75000.01")

    with pytest.raises(BelowPolicy, match="paragraph 4.3, asks for price 70%, quality 15%"):
        desk.weigh("60", "30", "10")
    desk.weigh(*SPLIT)
    desk.ask(3, 4, 5, 6, 7, 8)
    with pytest.raises(
        Unfit, match=r"at most 6 metrics in this tender \(Social Value Policy, 3.3\)"
    ):
        desk.ask(1)
    desk.go_on()
    assert [one for one in desk.needs() if "EM" in one] == desk.needs()
    actions.remove_criterion(criterion=desk.tender.criteria.get(code="m8"), **desk.who)
    desk.ask(1)

    assert desk.publish() == State.PUBLISHED


def test_the_employment_metric_may_be_waived_in_writing_by_whom_the_policy_names(adopted):
    desk = Desk(adopted(FAR), "75000.01")
    desk.weigh(*SPLIT)
    desk.ask(3)

    asked = request_opt_out(
        tender=desk.tender,
        clause="employment",
        explored="Two firms, both of one person.",
        why_not="Nobody is employed under it.",
        evidence=[],
        **desk.who,
    )
    with pytest.raises(NotReady):
        desk.publish()
    decide_opt_out(
        opt_out=asked,
        decision=Decided(
            is_approved=True,
            reason="One person does the work.",
            body="The Head of Procurement",
            decided_on=database_time().astimezone(LONDON).date(),
            minute_reference="Letter of today",
        ),
        by=desk.approver,
        at=database_time(),
    )

    assert asked.decides == "The Head of Procurement"
    desk.tender.refresh_from_db()
    assert desk.publish() == State.PUBLISHED


def test_a_contract_of_the_middle_band_needs_no_employment_metric(adopted):
    desk = Desk(adopted(FAR), "75000.00")
    desk.weigh(*SPLIT)
    with pytest.raises(Unfit, match="from 1 to 200. Your policy allows no longer answers"):
        desk.ask(3, words=201)
    desk.ask(3)

    assert desk.publish() == State.PUBLISHED


def test_a_small_contract_may_leave_social_value_out_with_a_reason(adopted):
    desk = Desk(adopted(FAR), "25000.00")
    desk.weigh("60", "40", "0")

    assert [one.code for one in reliance_of(desk.tender, database_time()).warnings] != []
    assert desk.publish() == State.PUBLISHED


def test_a_penny_more_may_not(adopted):
    desk = Desk(adopted(FAR), "25000.01")

    with pytest.raises(BelowPolicy, match="3.2|4.3|4.1"):
        desk.weigh("60", "40", "0")


@pytest.mark.parametrize(
    ("follows", "sets_aside", "weights", "others"),
    [
        ("clause:split", "rule:twenty", SPLIT, ("60", "20", "20")),
        ("rule:twenty", "clause:split", ("60", "20", "20"), SPLIT),
    ],
)
def test_once_the_minimum_has_risen_each_tender_says_which_rule_it_follows(
    adopted, follows, sets_aside, weights, others
):
    desk = Desk(adopted(OVER), "30000")
    desk.ask(3)
    desk.go_on()
    assert any("Two rules of your policy contradict each other" in one for one in desk.needs())

    choose_rule(
        tender=desk.tender,
        follows=follows,
        sets_aside=sets_aside,
        reason="The council said so.",
        **desk.who,
    )
    desk.tender.refresh_from_db()
    with pytest.raises(BelowPolicy):
        desk.weigh(*others)
    desk.weigh(*weights)

    assert desk.publish() == State.PUBLISHED


PAGE = {
    "25000.00": ("the value, £25,000, is no more than £25,000", "3.1"),
    "25000.01": ("the value, £25,000.01, is over £25,000", "3.2"),
    "75000.00": ("the value, £75,000, is no more than £75,000", "3.5"),
    "75000.01": ("the value, £75,000.01, is over £75,000", "3.4"),
}


@pytest.mark.parametrize("value", PAGE)
def test_the_officer_s_page_says_why_in_the_policy_s_own_words(client, adopted, value):
    desk = Desk(adopted(FAR), value)
    words, paragraph = PAGE[value]
    clause = next(one for one in desk.tender.charter.clauses if one["paragraph"] == paragraph)
    client.force_login(desk.officer)

    page = client.get(reverse("tenders:policy", args=[desk.tender.pk])).content.decode()

    assert words in page
    assert clause["text"] in page


def test_a_changed_pack_changes_the_answer_and_its_words_with_no_code(adopted, client):
    charter = adopted(FAR)
    before, after = Desk(charter, "80000"), Desk(charter, "80000")
    clauses = [
        {**one, "when": {"over": "80000"}, "text": "Over £80,000 without VAT, one on employment."}
        if one["id"] == "employment"
        else one
        for one in charter.clauses
    ]
    told = []
    for desk in (before, after):
        client.force_login(desk.officer)
        page = client.get(reverse("tenders:policy", args=[desk.tender.pk])).content.decode()
        told.append(
            (
                "at least one metric is on employment" in page,
                "is not over £80,000" in page,
                "one on employment." in page,
            )
        )
        type(charter).objects.filter(pk=charter.pk).update(clauses=clauses)

    assert told == [(True, False, False), (False, True, True)]
