"""Publishing, cancelling, and the stages later apps move a tender through."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from accounts.access import Conflict
from accounts.roles import Role
from records.models import AuditEvent
from tenders import actions
from tenders.fingerprint import case_hash
from tenders.models import Criterion, Tender
from tenders.refusals import NotReady, Unfit
from tenders.states import Stage
from tests.factories.accounts import UserFactory
from tests.factories.metrics import MetricFactory
from tests.factories.tenders import CriterionFactory, team_member, tender_in
from tests.tenders.drafts import CLOSES, NOW, complete_draft, officer_of, published_tender
from tests.tenders.test_lots import beside, fresh

pytestmark = pytest.mark.django_db


def needs_when(tender) -> list[str]:
    """What publishing this draft is refused for."""
    with pytest.raises(NotReady) as refusal:
        actions.publish_tender(tender=tender, by=officer_of(tender), at=NOW)
    return list(refusal.value.needs)


def test_publishing_freezes_the_case_and_its_hash():
    tender = published_tender()

    tender.refresh_from_db()
    assert (tender.stage, tender.published_at) == (Stage.PUBLISHED, NOW)
    assert tender.case_hash == case_hash(tender.published_case)
    assert [line["id"] for line in tender.published_case["criteria"]] == ["price", "q1", "m5"]


def test_publishing_copies_the_measure_of_each_metric():
    tender = published_tender()

    frozen = tender.criteria.get(code="m5")
    assert frozen.measure == frozen.metric.measure
    assert tender.published_case["criteria"][2]["measure"] == frozen.measure


def test_publishing_leaves_an_audit_event_with_the_hash():
    tender = published_tender()

    event = AuditEvent.objects.get()
    assert (event.verb, event.details) == (
        "tender.published",
        {
            "hash": tender.case_hash,
            "notice": tender.notice_hash,
            "edition": None,
            "approval": None,
        },
    )


def test_a_later_change_to_a_metric_does_not_touch_what_was_published():
    tender = published_tender()
    metric = tender.criteria.get(code="m5").metric
    metric.measure = {"id": "m5", "target": {"kind": "absolute", "value": "999"}}
    metric.save()

    tender.refresh_from_db()
    assert tender.published_case["criteria"][2]["measure"]["target"]["value"] == "36"


def test_publishing_is_for_officers():
    tender = complete_draft()

    with pytest.raises(PermissionDenied):
        actions.publish_tender(tender=tender, by=team_member(tender, Role.CONTRACT_MANAGER), at=NOW)


def test_a_tender_is_published_once():
    tender = published_tender()

    with pytest.raises(Conflict):
        actions.publish_tender(tender=tender, by=officer_of(tender), at=NOW)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"opens_at": None, "closes_at": None}, "Set when bids may be sent, and the deadline."),
        (
            {"closes_at": NOW, "opens_at": NOW - timedelta(days=1)},
            "The deadline has passed. Set a deadline in the future.",
        ),
        (
            {"questions_until": NOW},
            "The last moment for questions has passed. Set a later one, or leave it empty.",
        ),
        ({"price_zero_at": None}, "Set the prices that earn full points and none."),
        ({"max_mark": Decimal(7)}, "Describe what is meant by mark 6, 7."),
        (
            {"price_weight": Decimal(41)},
            "Set weightings that total 100: weights total 101, not 100.",
        ),
        (
            {
                "rounding_level": "line",
                "rounding_places": 0,
                "price_weight": Decimal("40.5"),
                "quality_weight": Decimal("49.5"),
            },
            "The scoring cannot be worked out: rounding: the rounded full marks of all lines "
            "total 101, not 100.",
        ),
    ],
)
def test_an_incomplete_draft_is_not_published(fields, words):
    assert needs_when(complete_draft(**fields)) == [words]


def test_social_value_below_the_floor_is_not_published():
    tender = complete_draft(quality_weight=Decimal(51), social_value_weight=Decimal(9))

    [words] = needs_when(tender)

    assert words.startswith("Social value is 9% of the total, which is too little.")


def test_criteria_of_a_group_must_total_100():
    tender = complete_draft()
    CriterionFactory(tender=tender, code="q2", weight=Decimal(20))

    assert needs_when(tender) == [
        "The weights inside quality total 120, not 100. Change them, or share them equally."
    ]


def test_a_group_without_weight_has_no_questions():
    tender = complete_draft(quality_weight=Decimal(0), social_value_weight=Decimal(60))

    assert needs_when(tender) == [
        "Quality weighs nothing in this tender. Remove its questions or weigh it."
    ]


def test_something_is_asked_for_every_weight():
    tender = complete_draft()
    tender.criteria.all().delete()

    assert needs_when(tender) == [
        "Social value weighs 10%, but nothing is asked for it yet.",
        "Quality weighs 50%, but nothing is asked for it yet.",
    ]


def test_a_target_lost_since_it_was_chosen_is_found():
    tender = complete_draft()
    metric = MetricFactory(charter=tender.charter, number=8, target_not_set=True)
    Criterion.objects.filter(tender=tender, code="m5").update(metric=metric, title="Trees")

    assert needs_when(tender) == [
        "“Trees” has no target on the day the contract starts: mark it instead.",
        "1 warning without a reason: give one for it.",
    ]


def test_a_team_without_a_chair_or_an_approver_cannot_open_or_award():
    tender = complete_draft()
    tender.assignments.filter(role__in=[Role.CHAIR, Role.APPROVER]).delete()

    assert needs_when(tender) == ["Name a chair and an approver."]


def test_a_person_with_an_interest_does_not_count_as_team():
    tender = complete_draft()
    tender.assignments.filter(role=Role.EVALUATOR).update(conflicted_at=NOW)

    assert needs_when(tender) == ["Name an evaluator."]


def test_a_tender_without_price_has_no_price_line():
    tender = published_tender(price_weight=Decimal(0), quality_weight=Decimal(90))

    assert [line["id"] for line in tender.published_case["criteria"]] == ["q1", "m5"]


def test_the_case_fixes_value_months_and_years():
    tender = published_tender(months=10, contract_value=Decimal("1234.50"))

    assert tender.published_case["bases"] == {
        "contract_value": "1234.5",
        "months": "10",
        "years": "0.833333333",
    }


def test_cancelling_keeps_the_reason():
    tender = tender_in("O")

    actions.note_cancelled(tender=tender, reason=" No money. ", by=officer_of(tender), at=NOW)

    tender.refresh_from_db()
    assert (tender.stage, tender.cancelled_because) == (Stage.CANCELLED, "No money.")
    assert AuditEvent.objects.get().verb == "tender.cancelled"


def test_cancelling_needs_a_reason():
    tender = tender_in("O")

    with pytest.raises(Unfit) as refusal:
        actions.note_cancelled(tender=tender, reason=" ", by=officer_of(tender), at=NOW)

    assert refusal.value.field == "reason"


def test_a_live_contract_is_not_undone_by_cancelling_its_tender():
    tender = tender_in("L")

    with pytest.raises(Conflict):
        actions.note_cancelled(tender=tender, reason="Why", by=officer_of(tender), at=NOW)


def test_a_draft_cancelled_before_publication_never_becomes_public():
    tender = complete_draft()

    actions.note_cancelled(tender=tender, reason="Not needed", by=officer_of(tender), at=NOW)

    assert list(Tender.objects.published()) == []


def test_a_lot_given_up_as_a_draft_makes_another_draft_of_the_others():
    """What was approved was the procurement with that lot in it."""
    lot = beside(complete_draft(), "50000.00")
    other = lot.lot_group.lots.get(lot_number=2)

    actions.note_cancelled(tender=other, reason="Not needed", by=officer_of(lot), at=NOW)

    assert fresh(lot).edits == lot.edits + 1


def test_the_first_of_two_openings_leaves_the_bids_sealed():
    tender = tender_in("C")
    officer = officer_of(tender)

    actions.note_first_opening(tender=tender, by=officer, at=CLOSES)

    tender.refresh_from_db()
    assert (tender.first_opened_by, tender.stage) == (officer, Stage.PUBLISHED)
    assert not tender.are_bids_readable


def test_the_second_opening_unseals():
    tender = tender_in("C")
    chair = team_member(tender, Role.CHAIR)
    actions.note_first_opening(tender=tender, by=officer_of(tender), at=CLOSES)

    tender = actions.note_opened(tender=tender, by=chair, at=CLOSES)

    assert (tender.opened_by, tender.opened_at, tender.stage) == (chair, CLOSES, Stage.OPENED)
    assert tender.are_bids_readable


@pytest.mark.parametrize(
    ("state", "note", "stage", "stamp"),
    [
        ("E", actions.note_moderating, Stage.MODERATING, "moderation_opened_at"),
        ("R", actions.note_locked, Stage.LOCKED, "locked_at"),
        ("M", actions.note_awarded, Stage.AWARDED, "awarded_at"),
        ("A", actions.note_live, Stage.LIVE, "live_at"),
    ],
)
def test_each_stage_is_stamped_and_recorded(state, note, stage, stamp):
    tender = tender_in(state)

    note(tender=tender, by=UserFactory(), at=NOW)

    tender.refresh_from_db()
    assert (tender.stage, getattr(tender, stamp)) == (stage, NOW)
    assert AuditEvent.objects.get().verb == f"tender.{stage}"


def test_reopening_goes_back_to_moderation_and_keeps_when_it_began():
    tender = tender_in("M")
    began_at = tender.moderation_opened_at

    tender = actions.note_reopened(tender=tender, by=UserFactory(), at=NOW)

    assert (tender.stage, tender.moderation_opened_at, tender.locked_at) == (
        Stage.MODERATING,
        began_at,
        None,
    )


@pytest.mark.parametrize(
    "note",
    [
        actions.note_first_opening,
        actions.note_opened,
        actions.note_moderating,
        actions.note_locked,
        actions.note_reopened,
        actions.note_awarded,
        actions.note_live,
    ],
    ids=lambda note: note.__name__,
)
def test_no_stage_is_skipped(note):
    with pytest.raises(Conflict):
        note(tender=complete_draft(), by=UserFactory(), at=NOW)
