"""A tender is published once nothing in its wording is left unanswered."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.access import Conflict
from accounts.roles import Role
from metrics.models import FlagKind, MetricFlag
from records.models import AuditEvent
from tenders import actions, checking
from tenders.checking import reliance_of
from tenders.models import Method, Tender
from tenders.readiness import needs_of, sections
from tenders.refusals import NotReady, Unfit
from tests.factories.accounts import AuthorityFactory, person_in
from tests.factories.metrics import MetricFactory
from tests.factories.tenders import TenderFactory
from tests.tenders.drafts import NOW, answer, colleague_of, complete_draft, officer_of

pytestmark = pytest.mark.django_db
WHY = "Our legal adviser has read it."


@pytest.fixture
def draft():
    """A draft that lacks nothing but a reason for what the check warns of."""
    made = complete_draft()
    made.warning_reasons.all().delete()
    return made


def fingerprints_of(tender):
    return [one.fingerprint for one in reliance_of(again(tender), NOW).warnings]


def again(tender):
    return Tender.objects.with_design().get(pk=tender.pk)


def give(tender, fingerprints=None, *, reason=WHY, by=None):
    return actions.give_reasons(
        tender=tender,
        fingerprints=fingerprints_of(tender) if fingerprints is None else fingerprints,
        reason=reason,
        by=by or officer_of(tender),
        at=NOW,
    )


def publish(tender):
    return actions.publish_tender(tender=tender, by=officer_of(tender), at=NOW)


def break_it(tender):
    """Leave the metric that it asks for without evidence, which is an error."""
    tender.criteria.get(code="m5").metric.__class__.objects.filter(number=5).update(
        evidence_text=""
    )


def test_a_warning_without_a_reason_keeps_it_from_being_published(draft):
    with pytest.raises(NotReady) as refusal:
        publish(draft)

    assert refusal.value.needs == ("1 warning without a reason: give one for it.",)


def test_a_reason_lets_it_be_published(draft):
    give(draft)

    assert publish(draft).is_public


def test_an_error_keeps_it_from_being_published_whatever_reasons_were_given(draft):
    break_it(draft)
    give(draft)

    with pytest.raises(NotReady) as refusal:
        publish(draft)

    [words] = refusal.value.needs
    assert words.startswith("1 error to mend: Metric 5 ")


def test_twin_a_check_that_finds_nothing_lets_anything_through(draft, monkeypatch):
    break_it(draft)
    monkeypatch.setattr(checking, "faults_of_tender", lambda wording, asked: [])

    assert publish(draft).is_public


def test_the_check_is_a_section_of_its_own_after_the_others(draft):
    last = sections(again(draft), NOW)[-1]

    assert (last.code, last.title, last.is_complete) == ("check", "Check of the wording", False)
    give(draft)
    assert sections(again(draft), NOW)[-1].is_complete


def test_a_target_that_is_missing_is_said_once(draft):
    metric = MetricFactory(charter=draft.charter, number=8, target_not_set=True)
    draft.criteria.filter(code="m5").update(metric=metric, title="Trees", method=Method.TARGET)
    answer(again(draft))

    assert needs_of(again(draft), NOW) == [
        "“Trees” has no target on the day the contract starts: mark it instead."
    ]


def test_a_metric_held_back_since_it_was_chosen_stops_the_tender(draft):
    give(draft)
    MetricFlag.objects.create(
        metric=draft.criteria.get(code="m5").metric, kind=FlagKind.HELD_BACK, words="Not yet."
    )

    [words] = needs_of(again(draft), NOW)

    assert words.startswith("1 error to mend: Metric 5 ")


def test_a_metric_held_back_is_not_chosen(draft):
    metric = MetricFactory(charter=draft.charter, number=8)
    MetricFlag.objects.create(metric=metric, kind=FlagKind.HELD_BACK, words="Not yet.")

    with pytest.raises(Unfit, match="held back until an administrator has mended it") as refusal:
        actions.add_metric(
            tender=draft,
            metric=metric,
            weight=Decimal(10),
            method=Method.MARKS,
            question="How many?",
            max_words=100,
            by=officer_of(draft),
            at=NOW,
        )

    assert refusal.value.field == "metric"


def test_contradicting_rules_are_said_by_the_policy_and_not_again_by_the_check():
    draft = complete_draft()
    rule = draft.charter.rules[0]
    draft.charter.rules = [{**rule, "id": "a"}, {**rule, "id": "b", "basis": "quality_element"}]
    draft.charter.save()

    by_code = {one.code: one.needs for one in sections(again(draft), NOW)}

    assert by_code["check"] == ()
    assert "contradict each other" in by_code["policy"][0]


# Reasons ------------------------------------------------------------------------------------


def test_a_reason_keeps_who_gave_it_when_and_for_what(draft):
    officer = officer_of(draft)
    [warning] = reliance_of(again(draft), NOW).warnings

    give(draft, [warning.fingerprint], by=officer)

    kept = draft.warning_reasons.get()
    assert (kept.reason, kept.given_by, kept.given_at) == (WHY, officer, NOW)
    assert (kept.fingerprint, kept.subject, kept.words) == (
        warning.fingerprint,
        warning.subject,
        warning.words,
    )
    event = AuditEvent.objects.get(verb="tender.reasons_given")
    assert event.details["warnings"] == [f"{warning.subject}: {warning.words}"]


def test_a_later_reason_replaces_an_earlier_one(draft):
    give(draft)
    give(draft, reason="The board has decided it.")

    assert draft.warning_reasons.get().reason == "The board has decided it."


def test_a_reason_lapses_with_the_words_it_was_given_for(draft):
    give(draft)
    draft.criteria.get(code="m5").metric.__class__.objects.update(target_text="At least 40 hours")

    assert needs_of(again(draft), NOW) == ["1 warning without a reason: give one for it."]


def test_only_reasons_for_what_is_found_stay_in_the_file_of_a_published_tender(draft):
    give(draft)
    old = draft.warning_reasons.get().fingerprint
    draft.criteria.get(code="m5").metric.__class__.objects.update(target_text="At least 40 hours")
    give(draft)

    publish(draft)

    assert draft.warning_reasons.count() == 1
    assert draft.warning_reasons.get().fingerprint != old
    assert AuditEvent.objects.filter(verb="tender.reasons_lapsed").count() == 1


@pytest.mark.parametrize("reason", ["", " \n "])
def test_no_reason_is_no_reason(draft, reason):
    with pytest.raises(Unfit) as refusal:
        give(draft, reason=reason)

    assert refusal.value.field == "reason"


@pytest.mark.parametrize("chosen", [["x"], ["\x00"], ["0" * 64], ["é"], ["1" * 9999]])
def test_a_made_up_fingerprint_is_refused_in_words(draft, chosen):
    with pytest.raises(Unfit, match="no longer found"):
        give(draft, chosen)

    assert not draft.warning_reasons.exists()


def test_reasons_of_a_published_tender_are_frozen(draft):
    give(draft)
    chosen = fingerprints_of(draft)
    publish(draft)

    with pytest.raises(Conflict, match="frozen"):
        give(draft, chosen, reason="Another.")

    assert draft.warning_reasons.get().reason == WHY


@pytest.mark.parametrize("role", [Role.EVALUATOR, Role.CHAIR, Role.APPROVER])
def test_only_an_officer_of_the_tender_gives_reasons(draft, role):
    member = draft.assignments.get(role=role).person

    with pytest.raises(PermissionDenied):
        give(draft, by=member)


def test_an_administrator_and_an_officer_of_others_give_none(draft):
    with pytest.raises(PermissionDenied):
        give(draft, by=person_in(draft.authority, Role.ADMINISTRATOR))
    with pytest.raises(Http404):
        give(draft, by=colleague_of(draft, Role.OFFICER))
    with pytest.raises(Http404):
        give(draft, by=person_in(AuthorityFactory(), Role.OFFICER))


def test_an_empty_draft_has_nothing_to_answer():
    assert sections(again(TenderFactory()), NOW)[-1].needs == ()
