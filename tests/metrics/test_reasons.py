"""A warning needs a recorded reason and an error is mended before a charter is published."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.access import Conflict
from accounts.roles import IN_AN_AUTHORITY, Role
from charter.models import Charter, Mapping
from charter.refusals import Unfit
from metrics import actions, reliance
from metrics.actions import life
from metrics.models import FlagKind, KnownWarning, MetricFlag
from metrics.reliance import reliance_of
from records.models import AuditEvent
from tests.factories.accounts import AuthorityFactory, person_in
from tests.factories.charter import ten_percent_overall
from tests.factories.metrics import MetricFactory
from tests.metrics.lives import (
    NOW,
    administrator_of,
    answer,
    decision,
    empty_draft,
    principles_of,
    whole_charter,
    with_reasons,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    """A draft with one metric, of which the check warns."""
    made = empty_draft()
    MetricFactory(charter=made, principle=principles_of(made)[0], number=4, short_title="Visits")
    return made


def publish(charter, **fields):
    by = administrator_of(charter.authority)
    return actions.publish_version(charter=charter, decision=decision(), by=by, at=NOW, **fields)


def give(charter, fingerprints=None, *, reason="We name the hours in each tender.", by=None):
    if fingerprints is None:
        fingerprints = fingerprints_of(charter)
    by = by or administrator_of(charter.authority)
    return actions.give_reasons(
        charter=charter, fingerprints=fingerprints, reason=reason, by=by, at=NOW
    )


def fingerprints_of(charter):
    return [one.fingerprint for one in reliance_of(charter).warnings]


def break_it(charter):
    """Leave a metric of it without evidence, which is an error."""
    charter.metrics.update(evidence_text="")


# Publishing ---------------------------------------------------------------------------------


def test_a_warning_without_a_reason_keeps_a_draft_from_being_published(draft):
    with pytest.raises(Unfit, match="1 warning without a reason: give one for it"):
        publish(draft)

    draft.refresh_from_db()
    assert draft.status == "draft"


def test_a_reason_lets_it_be_published(draft):
    give(draft)

    assert publish(draft).status == "published"


def test_an_error_keeps_a_draft_from_being_published_whatever_reasons_were_given(draft):
    break_it(draft)
    give(draft)

    with pytest.raises(Unfit, match="1 error to mend: Metric 4 Visits"):
        publish(draft)


def test_twin_a_check_that_finds_nothing_lets_anything_through(draft, monkeypatch):
    break_it(draft)
    monkeypatch.setattr(reliance, "findings_in_charter", lambda charter, metrics: [])

    assert publish(draft).status == "published"


def test_an_error_is_answered_by_no_reason(draft):
    break_it(draft)
    [error] = reliance_of(draft).errors

    with pytest.raises(Unfit, match="no longer found"):
        give(draft, [error.fingerprint])


def test_a_charter_in_which_nothing_is_found_needs_no_reason():
    assert publish(empty_draft()).status == "published"


# Giving reasons -----------------------------------------------------------------------------


def test_a_reason_keeps_who_gave_it_when_and_for_what(draft):
    by = administrator_of(draft.authority)
    [warning] = reliance_of(draft).warnings

    give(draft, [warning.fingerprint], by=by)

    kept = KnownWarning.objects.get()
    assert (kept.charter, kept.given_by, kept.given_at) == (draft, by, NOW)
    assert kept.reason == "We name the hours in each tender."
    assert (kept.fingerprint, kept.subject, kept.words) == (
        warning.fingerprint,
        "Metric 4 Visits",
        warning.words,
    )


def test_a_reason_leaves_an_audit_event_that_names_the_warnings(draft):
    give(draft)

    event = AuditEvent.objects.get(verb="charter.reasons_given")
    assert event.target_id == str(draft.pk)
    assert event.details["reason"] == "We name the hours in each tender."
    [told] = event.details["warnings"]
    assert told.startswith("Metric 4 Visits: ")


def test_one_reason_does_for_several_and_leaves_the_others(draft):
    MetricFactory.create_batch(2, charter=draft, principle=principles_of(draft)[0])
    first, second, *rest = fingerprints_of(draft)

    give(draft, [first, second])

    left = [one.fingerprint for one in reliance_of(draft).unanswered]
    assert left == rest


def test_a_later_reason_replaces_an_earlier_one(draft):
    give(draft)
    give(draft, reason="The board has decided it.")

    assert [one.reason for one in draft.known_warnings.all()] == ["The board has decided it."]


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_no_reason_is_no_reason(draft, reason):
    with pytest.raises(Unfit) as refusal:
        give(draft, reason=reason)

    assert refusal.value.field == "reason"
    assert not draft.known_warnings.exists()


def test_a_reason_is_for_something(draft):
    with pytest.raises(Unfit, match="Tick the warnings") as refusal:
        give(draft, [])

    assert refusal.value.field == "warnings"


def test_a_warning_that_changed_meanwhile_is_said_to_have_changed(draft):
    seen = fingerprints_of(draft)
    draft.metrics.update(target_text="At least 40 hours")

    with pytest.raises(Unfit, match="1 warning you chose is no longer found in these words"):
        give(draft, seen)

    assert not draft.known_warnings.exists()


def test_a_reason_lapses_with_the_words_it_was_given_for(draft):
    give(draft)
    draft.metrics.update(target_text="At least 40 hours")

    assert len(reliance_of(draft).unanswered) == 1


@pytest.mark.parametrize("made_up", ["x", "\x00", "0" * 64, "é" * 64, "'; drop table", "1" * 9999])
def test_a_made_up_fingerprint_is_refused_in_words(draft, made_up):
    with pytest.raises(Unfit, match="no longer found"):
        give(draft, [made_up])


def test_reasons_of_a_published_version_are_frozen(draft):
    kept = fingerprints_of(draft)
    give(draft)
    published = publish(draft)

    with pytest.raises(Conflict, match="never changes"):
        give(published, kept, reason="Another one.")

    assert draft.known_warnings.get().reason == "We name the hours in each tender."


@pytest.mark.parametrize("role", [one for one in IN_AN_AUTHORITY if one != Role.ADMINISTRATOR])
def test_only_an_administrator_gives_reasons(draft, role):
    colleague = person_in(draft.authority, role)
    colleague.memberships.update(engaged_at=NOW)

    with pytest.raises(PermissionDenied):
        give(draft, by=colleague)


def test_an_administrator_of_another_authority_finds_nothing(draft):
    with pytest.raises(Http404):
        give(draft, by=administrator_of(AuthorityFactory()))


# The next version ---------------------------------------------------------------------------


def test_reasons_hold_on_in_the_next_version_for_what_it_says_in_the_same_words():
    charter = whole_charter()
    by = administrator_of(charter.authority)
    next_one = actions.start_new_version(charter=charter, reason="Review", by=by, at=NOW)
    told = [(one.reason, one.given_by, one.given_at) for one in charter.known_warnings.all()]

    assert told
    assert [
        (one.reason, one.given_by, one.given_at) for one in next_one.known_warnings.all()
    ] == told
    assert reliance_of(next_one).unanswered == []
    assert publish(next_one).status == "published"


def test_reasons_hold_on_in_whatever_order_the_database_keeps_what_principles_serve():
    charter = adopt(AuthorityFactory())
    serves = list(Mapping.objects.filter(principle__quadrant__charter=charter).order_by("pk"))
    [before] = [one for one in reliance_of(charter).found if one.code == "edition-replaced"]

    Mapping.objects.filter(pk__in=[one.pk for one in serves]).delete()
    for one in reversed(serves):
        one.pk = None
    Mapping.objects.bulk_create(reversed(serves))

    [after] = [one for one in reliance_of(charter).found if one.code == "edition-replaced"]
    assert after == before
    assert before.clauses[0]["text"].startswith("ES1, ES2, ES3, GS1, GS2, GS3, GS4, CL1")
    assert reliance_of(charter).unanswered == []


def test_and_not_for_what_it_says_in_others():
    charter = whole_charter()
    by = administrator_of(charter.authority)
    next_one = actions.start_new_version(charter=charter, reason="Review", by=by, at=NOW)
    next_one.metrics.filter(number=1).update(target_text="At least 40 hours")

    assert {one.subject[:8] for one in reliance_of(next_one).unanswered} == {"Metric 1"}
    with pytest.raises(Unfit, match="without a reason"):
        publish(next_one)


# A policy in force as it stands -------------------------------------------------------------


def adopt(authority, code="sslep-2021", *, reason="Read by the board.", at=NOW):
    return actions.adopt_pack(
        code=code,
        authority=authority,
        in_force=True,
        decision=decision(),
        reason=reason,
        by=administrator_of(authority),
        at=at,
    )


@pytest.mark.parametrize("code", ["sslep-2021", "nelc-2018"])
def test_a_shipped_policy_is_adopted_in_force_in_one_step_with_one_reason(code):
    charter = adopt(AuthorityFactory(), code)

    found = reliance_of(charter)
    assert charter.status == "published"
    assert found.needs == []
    assert {one.reason for one in found.reasons.values()} == {"Read by the board."}
    assert len(found.reasons) == len(found.warnings) > 5


def test_its_metrics_with_errors_are_held_back_with_what_was_found():
    charter = adopt(AuthorityFactory())

    held = MetricFlag.objects.filter(kind=FlagKind.HELD_BACK)
    assert [(one.metric.number, one.words) for one in held.order_by("metric__number")] == [
        (3, "The sentence ends in the middle."),
        (7, "Nothing says how it would be shown."),
    ]
    offered = charter.metrics.for_bidders().values_list("number", flat=True)
    assert not {3, 7} & set(offered)
    event = AuditEvent.objects.get(verb="metrics.held_back")
    assert [told.partition(" ")[0] for told in event.details["metrics"]] == ["3", "7"]


@pytest.mark.parametrize("code", ["sslep-2021", "nelc-2018"])
def test_without_a_reason_it_is_not_adopted_in_force(code):
    authority = AuthorityFactory()

    with pytest.raises(Unfit) as refusal:
        adopt(authority, code, reason=" ")

    assert refusal.value.field == "reason"
    assert not authority.charters.exists()


def test_a_policy_taken_as_a_draft_holds_nothing_back_and_answers_nothing():
    authority = AuthorityFactory()

    draft = actions.adopt_pack(
        code="sslep-2021",
        authority=authority,
        in_force=False,
        decision=None,
        by=administrator_of(authority),
        at=NOW,
    )

    assert not MetricFlag.objects.filter(kind=FlagKind.HELD_BACK).exists()
    assert not draft.known_warnings.exists()
    assert len(reliance_of(draft).errors) == 2


def test_an_error_that_hangs_on_no_metric_is_mended_in_a_draft_first(monkeypatch):
    authority = AuthorityFactory()
    planted = [{**ten_percent_overall(), "when": {"over": "200", "up_to": "100"}}]
    draft_pack = life.draft_pack

    def with_a_fault(**details):
        made = draft_pack(**details)
        Charter.objects.filter(pk=made.pk).update(rules=planted)
        made.refresh_from_db()
        return made

    monkeypatch.setattr(life, "draft_pack", with_a_fault)

    with pytest.raises(Unfit, match="Take it as a draft, mend them") as refusal:
        adopt(authority)

    assert refusal.value.field == "in_force"
    assert not authority.charters.exists()


# Loaded by an operator ----------------------------------------------------------------------


def test_a_policy_loaded_by_an_operator_holds_back_what_has_errors_and_gives_no_reason():
    charter, _ = actions.load_charter(
        code="sslep-2021", authority=AuthorityFactory(), by=None, at=NOW
    )

    held = charter.metrics.filter(flags__kind=FlagKind.HELD_BACK)
    assert charter.status == "published"
    assert list(held.values_list("number", flat=True)) == [3, 7]
    assert not charter.known_warnings.exists()
    assert reliance_of(charter).errors == []


def test_what_follows_from_it_is_answered_before_it_is_published_again():
    charter, _ = actions.load_charter(
        code="nelc-2018", authority=AuthorityFactory(), by=None, at=NOW
    )
    by = administrator_of(charter.authority)
    later = NOW + timedelta(days=1)
    draft = actions.start_new_version(charter=charter, reason="Review", by=by, at=later)

    with pytest.raises(Unfit, match="without a reason"):
        publish(draft)

    answer(draft)
    assert publish(draft).status == "published"


def test_a_charter_all_answered_for_needs_nothing(draft):
    with_reasons(draft)

    assert reliance_of(draft).needs == []
