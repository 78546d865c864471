"""The figures: each stage for itself, like with like, and what is missing said."""

import json
from datetime import UTC, date, datetime

import pytest

from delivery.models import Contract, Decision, Promise
from reporting import promises
from reporting.document import document_of
from reporting.figures import gather
from tenders.models import Tender
from tenders.states import Stage
from tests.factories.accounts import AuthorityFactory
from tests.factories.delivery import ContractFactory, promise_of, returned
from tests.factories.reporting import NOW, authority_with_a_year

pytestmark = pytest.mark.django_db


@pytest.fixture
def authority():
    return authority_with_a_year()


def figures(authority, year=2026, now=NOW):
    return gather(authority=authority, year=year, now=now)


def row(gathered, label):
    return next(one for one in gathered["delivery"] if one["label"] == label)


def test_the_snapshot_is_plain_json(authority):
    gathered = figures(authority)

    assert json.loads(json.dumps(gathered)) == gathered


def test_the_year_is_april_to_march_and_measured_to_today(authority):
    gathered = figures(authority)

    assert (gathered["period"], gathered["from"], gathered["to"], gathered["measured_to"]) == (
        "April 2026 to March 2027",
        "2026-04-01",
        "2027-03-31",
        "2026-10-20",
    )


def test_a_year_that_is_over_is_measured_to_its_last_day(authority):
    assert figures(authority, 2025)["measured_to"] == "2026-03-31"


def test_stages_are_never_mixed(authority):
    visits = row(figures(authority), "Hours in schools")

    assert (visits["committed"], visits["claimed"], visits["accepted"]) == ("36", "17", "12")


def test_what_was_due_is_an_even_share_to_the_end_of_the_last_quarter(authority):
    visits = row(figures(authority), "Hours in schools")

    days = (date(2026, 9, 30) - date(2026, 4, 1)).days + 1
    whole = (date(2029, 3, 31) - date(2026, 4, 1)).days + 1
    assert visits["due"] == f"{36 * days / whole:.9f}".rstrip("0")


def test_what_stands_is_counted_once(authority):
    staff = row(figures(authority), "People in work")

    assert (staff["accepted"], staff["claimed"], staff["due"]) == ("9", "9", "9")
    assert staff["accepted_in_year"] is None


def test_unlike_units_are_never_added(authority):
    gathered = figures(authority)

    assert [(one["label"], one["unit"]) for one in gathered["delivery"]] == [
        ("People in work", "FTE"),
        ("Hours in schools", "hours"),
        ("Money for trees", "£"),
    ]


def test_the_same_quantity_of_two_contracts_is_added(authority):
    first = Contract.objects.get()
    second = ContractFactory(tender__authority=authority, tender__charter=first.tender.charter)
    visits = Promise.objects.get(label="Hours in schools")
    promise_of(second, "14", visits.metric, label=visits.label)

    both = row(figures(authority), "Hours in schools")

    assert (both["committed"], both["contracts"]) == ("50", 2)


def test_commitments_are_by_quadrant(authority):
    quadrants = figures(authority)["quadrants"]

    assert [(one["title"], one["promises"], one["new"]) for one in quadrants] == [
        ("Employment and skills", 2, 0),
        ("Green and sustainable", 1, 0),
    ]


def test_a_contract_made_in_the_year_is_new(authority):
    Contract.objects.update(made_at=datetime(2026, 4, 2, 12, tzinfo=UTC))

    assert [one["new"] for one in figures(authority)["quadrants"]] == [2, 1]


def test_weights_are_told_with_their_basis_and_their_share_of_the_whole(authority):
    told = {
        one["title"]: (one["chosen_percent"], one["basis"], one["effective_percent"])
        for one in figures(authority)["procurements"]
    }

    assert told == {
        "Housing repairs": ("10", "The overall score", "10"),
        "Community childcare": ("20", "The quality element", "12"),
    }


def test_a_procurement_of_an_earlier_year_stays_in_the_report_while_its_contract_runs(authority):
    told = {one["title"]: one["is_published_in_year"] for one in figures(authority)["procurements"]}

    assert told == {"Housing repairs": False, "Community childcare": True}


def test_a_draft_is_never_reported(authority):
    Tender.objects.filter(title="Community childcare").update(stage=Stage.DRAFT)

    assert [one["title"] for one in figures(authority)["procurements"]] == ["Housing repairs"]


def test_a_cancelled_award_holds_no_promises(authority):
    Tender.objects.filter(title="Housing repairs").update(stage=Stage.CANCELLED)

    assert figures(authority)["delivery"] == []


def test_the_headline_counts_promises_not_quantities(authority):
    assert figures(authority)["headline"] == (
        "By 20 October 2026, suppliers had delivered all that was due, accepted on evidence, on "
        "2 of 3 promises; 1 is behind."
    )


def test_there_are_five_figures_each_saying_what_it_counts(authority):
    five = [(one["value"], one["of"], one["counts"]) for one in figures(authority)["five"]]

    assert five == [
        (2, None, "procurements"),
        (2, 2, "weights"),
        (3, None, "commitments"),
        (2, 3, "delivery"),
        (1, 4, "charter"),
    ]


def test_what_is_behind_says_who_acts(authority):
    behind = figures(authority)["behind"]

    supplier = Contract.objects.get().supplier.name
    assert [(one["label"], one["accepted"], one["who_acts"]) for one in behind] == [
        ("Money for trees", "0", f"{supplier} delivers and reports")
    ]


def test_a_long_list_of_what_is_behind_is_cut_and_says_how_much_more(authority, monkeypatch):
    monkeypatch.setattr(promises, "MOST_BEHIND", 1)
    promise_of(Contract.objects.get(), "7", label="Another promise")

    gathered = figures(authority)

    assert (len(gathered["behind"]), gathered["behind_in_all"]) == (1, 2)
    assert document_of(gathered).behind.more == 1


def test_the_charter_shows_what_is_in_use_and_which_targets_are_not_set(authority):
    (charter,) = figures(authority)["charters"]

    in_use = {p["code"]: p["is_in_use"] for q in charter["quadrants"] for p in q["principles"]}
    assert in_use == {"ES1": True, "GS1": True, "GS2": False}
    assert (charter["metrics_in_use"], charter["metrics"]) == (3, 4)
    assert [one["target"] for one in charter["targets_not_set"]] == ["?? hours"]


def test_what_could_not_be_measured_is_said(authority):
    doubts = " ".join(figures(authority)["doubts"])

    assert "No return has come in on 1 promise" in doubts
    assert "1 line of a return is sent by suppliers still to be checked" in doubts
    assert "1 line of a return is queried" in doubts
    assert "1 metric has no target yet" in doubts


def test_a_promise_where_less_is_better_is_never_called_late(authority):
    promise = Promise.objects.get(label="Money for trees")
    promise.criterion.measure = {
        "id": promise.quantity_id,
        "target": {"kind": "absolute", "value": "0"},
        "direction": "lower",
    }
    promise.criterion.save()

    gathered = figures(authority)

    assert gathered["behind"] == []
    assert "less is better" in " ".join(gathered["doubts"])


def test_a_return_for_a_period_after_the_year_is_left_to_the_next(authority):
    later = datetime(2027, 9, 1, 12, tzinfo=UTC)
    returned(
        Promise.objects.get(label="Hours in schools"),
        "20",
        period_from=date(2027, 4, 1),
        period_to=date(2027, 6, 30),
        decision=Decision.ACCEPTED,
    )

    this, following = figures(authority, 2026, later), figures(authority, 2027, later)

    visits = row(following, "Hours in schools")
    assert row(this, "Hours in schools")["accepted"] == "12"
    assert (visits["accepted"], visits["accepted_in_year"]) == ("32", "20")


def test_nothing_of_another_authority_is_counted(authority):
    promise_of(ContractFactory())

    assert len(figures(authority)["contracts"]) == 1


def test_an_authority_with_nothing_gets_a_report_that_says_so():
    gathered = figures(AuthorityFactory())

    assert gathered["headline"].endswith("no contract was in force.")
    assert "no charter in force" in " ".join(gathered["doubts"])


@pytest.mark.parametrize("count", [1, 3])
def test_gathering_asks_as_often_for_any_number(django_assert_num_queries, count):
    authority = authority_with_a_year()
    charter = Contract.objects.get().tender.charter
    for _ in range(count):
        contract = ContractFactory(tender__authority=authority, tender__charter=charter, live=True)
        returned(promise_of(contract), "5")

    with django_assert_num_queries(19):
        figures(authority)
