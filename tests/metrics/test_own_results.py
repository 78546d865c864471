"""What the authority itself did: who records it, exactly, by year, and how it is corrected."""

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.http import Http404

from accounts.access import Conflict
from accounts.roles import Role
from charter.refusals import Unfit
from charter.states import CharterStatus
from design.year import FinancialYear
from metrics.actions import results as actions
from metrics.actions.results import correct_result, record_result
from metrics.models import AnsweredBy, FlagKind, Lever, Metric, OwnResult
from metrics.own_answers import Account, Done, answers_of, reached, taken_apart
from metrics.refusals import Overtaken
from records.models import AuditEvent, StoredFile
from tests.factories.accounts import AuthorityFactory, SupplierFactory, bidder_of, person_in
from tests.factories.bids import pdf
from tests.factories.charter import CharterFactory, PrincipleFactory
from tests.factories.metrics import MetricFactory, MetricFlagFactory
from tests.factories.results import (
    NOW,
    YEAR,
    OwnMetricFactory,
    OwnResultFactory,
    ResultEvidenceFactory,
)
from tests.races import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def metric():
    return OwnMetricFactory(number=5)


@pytest.fixture
def officer(metric):
    return person_in(metric.charter.authority, Role.OFFICER)


def done(metric, amount="18", **changes):
    return Done(
        **{
            "lever": Lever.EMPLOYER,
            "quantities": {metric.code: Decimal(amount)},
            "bases": {},
            "account": "Staff visited six schools.",
            "no_file": "The schools write in July.",
            **changes,
        }
    )


def record(metric, by, year=YEAR, at=NOW, entered=None, **changes):
    return record_result(
        authority=metric.charter.authority,
        metric=metric,
        year=year,
        done=entered or done(metric, **changes),
        by=by,
        at=at,
    )


def correct(result, by, why="Two visits were left out.", **changes):
    return correct_result(
        result=result, done=done(result.metric, "20", **changes), why=why, by=by, at=NOW
    )


def engaged(person):
    """Somebody who has been put to work in the authority, and may be told no."""
    person.memberships.update(engaged_at=NOW)
    return person


def test_a_result_is_kept_to_the_last_digit_as_it_was_entered(metric, officer):
    result = record(metric, officer, amount="123456789012345.123456789")

    result.refresh_from_db()
    assert result.quantities == {"m5": "123456789012345.123456789"}
    assert (result.authority, result.year, result.lever) == (
        metric.charter.authority,
        2026,
        "employer",
    )
    assert (result.recorded_by, result.recorded_at, result.corrects) == (officer, NOW, None)


@pytest.mark.parametrize(
    ("entered", "kept"), [("0", "0"), ("0.00", "0"), ("-0", "0"), ("100", "100"), ("1.50", "1.5")]
)
def test_numbers_are_kept_as_plain_digits(metric, officer, entered, kept):
    assert record(metric, officer, amount=entered).quantities == {"m5": kept}


@pytest.mark.parametrize("role", [Role.OFFICER, Role.CONTRACT_MANAGER, Role.ADMINISTRATOR])
def test_those_who_run_contracts_record_results(metric, role):
    assert record(metric, person_in(metric.charter.authority, role)).pk


@pytest.mark.parametrize("role", [Role.EVALUATOR, Role.APPROVER, Role.BOARD])
def test_other_colleagues_do_not(metric, role):
    person = engaged(person_in(metric.charter.authority, role))

    with pytest.raises(PermissionDenied):
        record(metric, person)

    assert OwnResult.objects.count() == 0


def test_to_outsiders_there_is_nothing_to_record(metric):
    for person in (
        person_in(AuthorityFactory(), Role.OFFICER, Role.ADMINISTRATOR),
        bidder_of(SupplierFactory()),
    ):
        with pytest.raises(Http404):
            record(metric, person)


def test_a_correction_asks_for_the_same_role(metric):
    result = OwnResultFactory(metric=metric)

    with pytest.raises(PermissionDenied):
        correct(result, person_in(metric.charter.authority, Role.BOARD))

    assert OwnResult.objects.count() == 1


def test_what_only_bidders_answer_is_not_recorded(officer, metric):
    asked = MetricFactory(charter=metric.charter, answered_by=AnsweredBy.PROCUREMENT)

    with pytest.raises(Conflict) as caught:
        record(asked, officer)

    assert str(caught.value) == (
        f"Only bidders answer metric {asked.number}. What suppliers delivered is recorded in "
        "their contracts."
    )


def test_what_only_policy_answers_is_recorded(officer, metric):
    own = MetricFactory(charter=metric.charter, policy_only=True)

    assert record(own, officer).metric == own


def test_a_metric_of_another_authority_is_refused(metric, officer):
    with pytest.raises(Conflict):
        record_result(
            authority=metric.charter.authority,
            metric=OwnMetricFactory(),
            year=YEAR,
            done=done(metric),
            by=officer,
            at=NOW,
        )


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (CharterStatus.DRAFT, "is a draft. Publish it"),
        (CharterStatus.SUPERSEDED, "is not in force, so nothing new"),
    ],
)
def test_only_a_version_in_force_takes_new_results(metric, officer, status, words):
    metric.charter.status = status
    metric.charter.save()

    with pytest.raises(Conflict, match=words):
        record(metric, officer)


def test_a_result_of_an_earlier_version_may_still_be_corrected(metric, officer):
    result = record(metric, officer)
    metric.charter.status = CharterStatus.SUPERSEDED
    metric.charter.save()

    assert correct(result, officer).corrects == result


# In London, 31 March 2026 ends at 23:00 UTC.
LAST_MOMENT = datetime(2026, 3, 31, 22, 59, 59, tzinfo=UTC)
FIRST_MOMENT = datetime(2026, 3, 31, 23, 0, tzinfo=UTC)


def test_a_year_is_recorded_from_its_first_of_april_on(metric, officer):
    with pytest.raises(Conflict) as caught:
        record(metric, officer, year=2026, at=LAST_MOMENT)
    assert str(caught.value) == "Choose a year that begins from April 2013 to April 2025."

    assert record(metric, officer, year=2026, at=FIRST_MOMENT).year == 2026


@pytest.mark.parametrize("year", [-1, 0, 2012, 2027, 40000])
def test_years_before_the_act_and_to_come_are_refused(metric, officer, year):
    with pytest.raises(Conflict):
        record(metric, officer, year=year)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"quantities": {}}, "quantity_m5", "Enter a number for “Hours planned”. 0 is an answer."),
        ({"amount": "-1"}, "quantity_m5", "Hours planned must be 0 or more"),
        ({"amount": "1e15"}, "quantity_m5", "15 digits or fewer"),
        ({"amount": "0.0000000001"}, "quantity_m5", "then 9 at most"),
        ({"amount": "NaN"}, "quantity_m5", "digits"),
        ({"amount": "Infinity"}, "quantity_m5", "digits"),
        ({"bases": {"headcount": Decimal(1)}}, None, "does not ask for “headcount”"),
        ({"lever": "landlord"}, "lever", "Choose one of the three levers."),
        ({"account": " \n"}, "account", "Enter what was done, in a few sentences."),
        ({"no_file": " "}, "evidence", "Choose a file that shows it, or say below why"),
    ],
)
def test_what_cannot_stand_is_refused_beside_its_field(metric, officer, changes, field, words):
    with pytest.raises(Unfit) as caught:
        record(metric, officer, **changes)

    assert caught.value.field == field
    assert words in str(caught.value)
    assert OwnResult.objects.count() == 0


def test_a_base_that_is_asked_must_be_given(officer, metric):
    share = OwnMetricFactory(charter=metric.charter, number=13, share_of_headcount=True)

    with pytest.raises(Unfit) as caught:
        record(share, officer)

    assert caught.value.field == "base_headcount"


def test_evidence_is_taken_by_its_content(metric, officer):
    result = record(metric, officer, uploads=[pdf("visits.pdf")], no_file="")

    (kept,) = result.evidence.all()
    assert (kept.file.name, kept.file.content_type) == ("visits.pdf", "application/pdf")


def test_a_file_that_is_not_what_it_says_is_refused_and_none_is_left_behind(metric, officer):
    false = SimpleUploadedFile("visits.pdf", b"<script>alert(1)</script>")

    with pytest.raises(Unfit) as caught:
        record(metric, officer, uploads=[pdf(), false])

    assert caught.value.field == "evidence"
    assert StoredFile.objects.count() == 0


def test_the_reason_why_there_is_no_file_is_kept_with_the_account(metric, officer):
    result = record(metric, officer)

    assert taken_apart(result.account) == Account(
        "Staff visited six schools.", "The schools write in July."
    )


@pytest.mark.parametrize(
    "account",
    [
        Account("One.\n\nTwo."),
        Account("One.", "No reason"),
        Account("One.", "", "A slip"),
        Account("One.\n\nTwo.", "No\n\nreason", "A slip\n\nof the pen"),
    ],
)
def test_an_account_is_taken_apart_as_it_was_joined(account):
    assert taken_apart(account.joined()) == account


@pytest.mark.parametrize("gap", ["\n\n", "\n\n\n"])
@pytest.mark.parametrize(
    "forged", ["Corrected because: the board said so", "No file of evidence: x"]
)
def test_an_account_cannot_pass_for_the_reasons_below_it(gap, forged):
    told = Account(f"One.{gap}{forged}", f"Lost.{gap}{forged}", "A slip")

    assert taken_apart(told.joined()) == Account(f"One.\n{forged}", f"Lost.\n{forged}", "A slip")


def test_a_second_result_of_the_same_lever_is_refused_beside_the_lever(metric, officer):
    record(metric, officer)

    with pytest.raises(Unfit) as caught:
        record(metric, officer)

    assert caught.value.field == "lever"
    assert str(caught.value) == (
        "A result is already recorded for this year as “Employer”. Correct that one, or choose "
        "another lever."
    )


def test_each_lever_and_each_year_has_its_own_result(metric, officer):
    for lever in Lever.values:
        record(metric, officer, lever=lever)
    record(metric, officer, year=2025)

    assert OwnResult.objects.count() == 4


def test_a_correction_takes_the_place_and_the_earlier_stays(metric, officer):
    first = record(metric, officer, uploads=[pdf("one.pdf"), pdf("two.pdf")])
    kept = first.evidence.get(file__name="one.pdf").file

    second = correct(first, officer, kept_files=[kept.pk], uploads=[pdf("three.pdf")])

    first.refresh_from_db()
    assert (first.quantities, second.quantities) == ({"m5": "18"}, {"m5": "20"})
    assert list(OwnResult.objects.standing()) == [second]
    assert taken_apart(second.account).corrected == "Two visits were left out."
    assert [one.file.name for one in second.evidence.order_by("pk")] == ["one.pdf", "three.pdf"]
    assert [one.file.name for one in first.evidence.order_by("pk")] == ["one.pdf", "two.pdf"]


def test_a_correction_says_why(metric, officer):
    with pytest.raises(Unfit) as caught:
        correct(record(metric, officer), officer, why="  ")

    assert caught.value.field == "why"


def test_a_correction_needs_evidence_or_a_reason_of_its_own(metric, officer):
    other = ResultEvidenceFactory()
    result = record(metric, officer)

    with pytest.raises(Unfit) as caught:
        correct(result, officer, no_file="", kept_files=[other.file_id])

    assert caught.value.field == "evidence"


def test_a_corrected_result_is_not_corrected_again(metric, officer):
    first = record(metric, officer)
    second = correct(first, officer)

    with pytest.raises(Overtaken) as caught:
        correct(first, officer)

    assert caught.value.newest == second
    assert str(officer) in str(caught.value)


def test_a_result_may_move_to_a_lever_that_is_free(metric, officer):
    first = record(metric, officer)
    record(metric, officer, lever=Lever.ANCHOR)

    with pytest.raises(Unfit) as caught:
        correct(first, officer, lever=Lever.ANCHOR)
    assert caught.value.field == "lever"

    assert correct(first, officer, lever=Lever.COMMISSIONER).lever == "commissioner"


def test_where_a_result_was_moved_from_none_begins_anew(metric, officer):
    correct(record(metric, officer), officer, lever=Lever.ANCHOR)

    with pytest.raises(Unfit, match="then moved to another lever"):
        record(metric, officer)


def test_both_leave_an_audit_event(metric, officer):
    first = record(metric, officer, uploads=[pdf()])
    second = correct(first, officer)

    told = [
        (event.verb, event.target_id, event.details["quantities"], event.details["corrects"])
        for event in AuditEvent.objects.filter(verb__startswith="own_result").order_by("position")
    ]
    assert told == [
        ("own_result.recorded", str(first.pk), {"m5": "18"}, None),
        ("own_result.corrected", str(second.pk), {"m5": "20"}, str(first.pk)),
    ]


def measured(metric, quantities, bases=None, year=YEAR):
    return reached(
        OwnResultFactory.build(
            metric=metric, quantities=quantities, bases=bases or {}, year=year, recorded_by=None
        )
    )


@pytest.mark.parametrize(
    ("amount", "share", "words"),
    [
        ("0", Fraction(0), "0% of the target"),
        ("0.01", Fraction(1, 3600), "Less than 0.1% of the target"),
        ("12", Fraction(1, 3), "33.3% of the target"),
        ("35.9999", Fraction(359999, 360000), "99.9% of the target"),
        ("36", Fraction(1), "Target reached"),
        ("72", Fraction(1), "Target reached"),
    ],
)
def test_a_target_is_reached_by_an_exact_share(metric, amount, share, words):
    told = measured(metric, {"m5": amount})

    assert (told.state, told.share, told.words) == ("measured", share, words)


def test_a_target_not_set_is_said_in_words_and_never_0(officer):
    metric = OwnMetricFactory(number=6, target_not_set=True)

    told = measured(metric, {"m6": "0"})

    assert (told.state, told.share, told.percent) == ("not_set", None, None)
    assert told.words == "Target not set: the source prints “?? hours”"


def test_a_target_left_open_is_told_from_one_not_set():
    metric = OwnMetricFactory(number=6, measure={"id": "m6", "target": {"kind": "undetermined"}})
    MetricFlagFactory(metric=metric, kind=FlagKind.LEFT_OPEN)

    assert measured(metric, {"m6": "3"}).state == "left_open"


def test_a_share_of_nothing_cannot_be_worked_out():
    metric = OwnMetricFactory(number=11, share_of_headcount=True)

    told = measured(metric, {"m11": "0"}, {"headcount": "0"})

    assert (told.state, told.share) == ("not_possible", None)
    assert told.words == (
        "Cannot be worked out: nothing is recorded for “People employed on the contract "
        "(headcount)”"
    )


def test_the_target_in_force_when_the_year_began_counts():
    rising = {
        "from": "2030-01-01",
        "measure": {"id": "m5", "target": {"kind": "absolute", "value": "72"}},
    }
    metric = OwnMetricFactory(number=5, later_measures=[rising])

    shares = [measured(metric, {"m5": "36"}, year=year).share for year in (2029, 2030)]
    assert shares == [Fraction(1), Fraction(1, 2)]


def test_a_year_lists_every_metric_the_authority_answers(metric):
    charter = metric.charter
    MetricFactory(charter=charter, number=1)
    MetricFactory(charter=charter, number=16, policy_only=True)
    MetricFactory(charter=CharterFactory(draft=True, authority=charter.authority), policy_only=True)
    OwnMetricFactory()
    result = OwnResultFactory(metric=metric)
    OwnResultFactory(metric=metric, year=2025)

    listed = answers_of(charter.authority, FinancialYear(YEAR))

    assert [(one.metric.number, one.results) for one in listed] == [(5, (result,)), (16, ())]


def test_a_result_stays_with_its_metric_when_a_new_version_is_published(metric):
    result = OwnResultFactory(metric=metric)
    metric.charter.status = CharterStatus.SUPERSEDED
    metric.charter.save()
    newer = CharterFactory(authority=metric.charter.authority)
    same = OwnMetricFactory(charter=newer, number=7, lineage=metric.lineage)

    (answer,) = answers_of(newer.authority, FinancialYear(YEAR))

    assert (answer.metric, answer.results) == (same, (result,))
    assert Metric.objects.count() == 2


def test_one_lever_of_one_metric_stands_once_through_every_version(metric, officer):
    record(metric, officer)
    metric.charter.status = CharterStatus.SUPERSEDED
    metric.charter.save()
    newer = CharterFactory(authority=metric.charter.authority)
    principle = PrincipleFactory(quadrant__charter=newer)
    same = OwnMetricFactory(charter=newer, principle=principle, lineage=metric.lineage, number=7)

    with pytest.raises(Unfit) as caught:
        record(same, officer)

    assert caught.value.field == "lever"


def test_two_authorities_may_answer_the_same_metric(metric, officer):
    OwnResultFactory(metric=OwnMetricFactory(lineage=metric.lineage))

    assert record(metric, officer).pk


@pytest.mark.django_db(transaction=True)
def test_of_two_corrections_at_once_one_stands_and_the_other_is_told(metric, officer):
    first = record(metric, officer)

    came = at_once(lambda: correct(first, officer), lambda: correct(first, officer))

    assert came.count(Overtaken) == 1
    assert OwnResult.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_first_results_at_once_one_stands_and_the_other_is_told(metric, officer):
    came = at_once(lambda: record(metric, officer), lambda: record(metric, officer))

    assert came.count(Unfit) == 1
    assert OwnResult.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_second_would_not_be_told_in_words(metric, officer, monkeypatch):
    """A planted fault: the two tests above would notice."""
    both_looked = Barrier(2)
    looks = actions._refuse_taken

    def look_together(metric, year, lever, *, besides):
        looks(metric, year, lever, besides=besides)
        if besides:
            both_looked.wait(timeout=10)

    monkeypatch.setattr(actions, "_lock", lambda metric: None)
    monkeypatch.setattr(actions, "_refuse_taken", look_together)
    first = record(metric, officer)

    came = at_once(lambda: correct(first, officer), lambda: correct(first, officer))

    assert came.count(Overtaken) == 0
    assert came.count(IntegrityError) == 1
