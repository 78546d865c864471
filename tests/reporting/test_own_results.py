"""What the authority itself did, in the annual report: told, frozen, counted by lever."""

import json
import re
from datetime import UTC, datetime
from io import BytesIO

import pypdf
import pytest
from django.urls import reverse

from accounts.roles import Role
from charter.models import Charter
from delivery.models import Contract, Decision
from metrics.models import FlagKind, Lever
from reporting.building import build, freeze_figures
from reporting.document import document_of
from reporting.figures import gather
from tests.factories.accounts import AuthorityFactory, person_in
from tests.factories.delivery import promise_of, returned
from tests.factories.metrics import MetricFactory, MetricFlagFactory
from tests.factories.reporting import NOW, ReportFactory, authority_with_a_year, file_of
from tests.factories.results import (
    OwnMetricFactory,
    OwnResultFactory,
    ResultEvidenceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def authority():
    """Besides its contract: 24 of 32 people recorded with evidence, waste without a target,
    emissions with the target left open, and nothing on attracting investment."""
    authority = authority_with_a_year()
    charter = Charter.objects.get(authority=authority)
    spend = OwnMetricFactory(
        charter=charter, number=13, short_title="Local people", share_of_headcount=True
    )
    waste = OwnMetricFactory(
        charter=charter, number=7, short_title="Less waste", target_not_set=True
    )
    gases = OwnMetricFactory(
        charter=charter,
        number=8,
        short_title="Lower emissions",
        target_text="?? MTCDE",
        measure={"id": "m8", "target": {"kind": "undetermined"}},
    )
    MetricFlagFactory(metric=gases, kind=FlagKind.LEFT_OPEN)
    MetricFactory(charter=charter, number=16, short_title="Attracting investment", policy_only=True)
    local = OwnResultFactory(
        metric=spend,
        quantities={"m13": "24.5"},
        bases={"headcount": "32"},
        account="Most <b>posts</b> went to neighbours.",
    )
    ResultEvidenceFactory.create_batch(2, result=local)
    OwnResultFactory(
        metric=waste,
        lever=Lever.ANCHOR,
        quantities={"m7": "3"},
        account="Less was thrown away.\n\nNo file of evidence: The weighbridge is new.",
    )
    OwnResultFactory(metric=gases, lever=Lever.COMMISSIONER, quantities={"m8": "4"})
    return authority


def figures(authority, year=2026, now=NOW):
    return gather(authority=authority, year=year, now=now)


def told(gathered):
    return {one["number"]: one for one in gathered["own"]["answers"]}


def report_of(authority):
    report = ReportFactory(authority=authority)
    build(report.pk, tell=lambda *_: None)
    report.refresh_from_db()
    return report


def squeezed(words):
    return re.sub(r"[\s\u00ad-]", "", words)


def pdf_words(report):
    pages = pypdf.PdfReader(BytesIO(file_of(report))).pages
    return squeezed(" ".join(page.extract_text() for page in pages))


def page_words(client, report):
    client.force_login(person_in(report.authority, Role.BOARD))
    return " ".join(
        client.get(reverse("reporting:report", args=[report.pk])).content.decode().split()
    )


def test_each_metric_the_authority_answers_is_told_with_what_it_did(authority):
    own = figures(authority)["own"]

    assert (own["asked"], own["recorded"]) == (4, 3)
    assert told({"own": own})[13]["results"] == [
        {
            "lever": "employer",
            "role": "Employer",
            "target": "90% of all staff employed on the contract",
            "done": [{"label": "Hours planned", "unit": "people", "amount": "24.5"}],
            "bases": [
                {
                    "label": "People employed on the contract (headcount)",
                    "unit": "people",
                    "amount": "32",
                }
            ],
            "state": "measured",
            "reached": "85% of the target",
            "percent": "85",
            "account": "Most <b>posts</b> went to neighbours.",
            "no_file": "",
            "evidence": 2,
            "corrections": 0,
        }
    ]


def test_what_is_missing_is_named_and_is_not_zero(authority):
    gathered = figures(authority)

    assert told(gathered)[16]["results"] == []
    assert [one["title"] for one in document_of(gathered).own.missing] == ["Attracting investment"]
    assert (
        "On 1 of 4 metrics that ask the authority itself, nothing is recorded for the year. "
        "That is not zero."
    ) in gathered["doubts"]


def test_metrics_that_only_bidders_answer_are_not_among_them(authority):
    assert list(told(figures(authority))) == [7, 8, 13, 16]


def test_targets_not_set_and_left_open_are_told_apart(authority):
    gathered = figures(authority)
    (charter,) = gathered["charters"]
    (printed,) = document_of(gathered).charters

    states = {
        number: [r["state"] for r in one["results"]] for number, one in told(gathered).items()
    }
    assert states == {7: ["not_set"], 8: ["left_open"], 13: ["measured"], 16: []}
    assert [one["number"] for one in charter["targets_not_set"]] == [6, 7]
    assert [one["number"] for one in charter["targets_left_open"]] == [8]
    assert (printed["not_set"], printed["left_open"]) == (2, 1)
    assert printed["targets_chart"].rows == [["5", "8"]]
    assert gathered["five"][4]["value"] == 2
    assert gathered["five"][4]["note"] == (
        "nothing can be scored against these; 1 more left open for evaluators to judge"
    )


def test_results_are_counted_and_named_by_lever_and_never_added(authority):
    levers = {one["lever"]: one for one in figures(authority)["levers"]}

    assert list(levers) == ["commissioner", "anchor", "employer"]
    assert {name: [a["number"] for a in one["answered"]] for name, one in levers.items()} == {
        "commissioner": [8],
        "anchor": [7],
        "employer": [13],
    }
    assert levers["commissioner"]["contracts"] == {
        "promises": 2,
        "contracts": 1,
        "metrics": [
            {"number": 1, "title": "Local jobs"},
            {"number": 5, "title": "School visits"},
        ],
    }
    assert (levers["anchor"]["contracts"], levers["employer"]["contracts"]) == (None, None)


def test_what_contracts_delivered_before_the_year_is_no_delivery_of_it(authority):
    later = datetime(2027, 9, 1, 12, tzinfo=UTC)

    commissioner = figures(authority, 2027, later)["levers"][0]

    assert commissioner["contracts"] == {"promises": 0, "contracts": 0, "metrics": []}


def test_a_claim_not_accepted_is_no_delivery_by_any_lever(authority):
    contract = Contract.objects.get()
    returned(promise_of(contract, "9", label="Only claimed"), "9")
    returned(promise_of(contract, "9", label="Queried"), "9", decision=Decision.QUERIED)

    assert figures(authority)["levers"][0]["contracts"]["promises"] == 2


def test_only_the_results_of_the_year_are_told(authority):
    earlier = figures(authority, 2025)

    assert (earlier["own"]["asked"], earlier["own"]["recorded"]) == (4, 0)


def test_nothing_of_another_authority_is_told(authority):
    OwnResultFactory()

    assert figures(authority)["own"]["asked"] == 4


def test_only_the_correction_is_told_and_that_there_was_one(authority):
    first = Charter.objects.get(authority=authority).metrics.get(number=7).own_results.get()
    OwnResultFactory(metric=first.metric, lever=first.lever, quantities={"m7": "5"}, corrects=first)

    (result,) = told(figures(authority))[7]["results"]

    assert (result["done"][0]["amount"], result["corrections"]) == ("5", 1)


def test_the_snapshot_is_plain_json(authority):
    gathered = figures(authority)

    assert json.loads(json.dumps(gathered)) == gathered


def test_a_correction_made_later_leaves_the_report_as_it_was(client, authority):
    report = report_of(authority)
    frozen, page = report.figures, page_words(client, report)
    first = Charter.objects.get(authority=authority).metrics.get(number=13).own_results.get()
    OwnResultFactory(
        metric=first.metric, quantities={"m13": "1"}, bases={"headcount": "32"}, corrects=first
    )

    freeze_figures(report)
    report.refresh_from_db()

    assert report.figures == frozen
    assert "24.5 people" in page
    assert "24.5 people" in page_words(client, report)


def test_page_and_paper_tell_the_same(client, authority):
    report = report_of(authority)
    page, paper = page_words(client, report), pdf_words(report)

    for words in (
        "What the authority itself did",
        "3 of 4",
        "24.5 people",
        "32 people",
        "85% of the target",
        "2 files",
        "No file. The weighbridge is new.",
        "Target not set: the source prints “?? hours”",
        "Target left open: the account is what counts",
        "Nothing recorded for",
        "16 Attracting investment",
        "By lever",
        "Commissioner, procurer and investor",
        "Regional anchor institution",
        "1 Local jobs; 5 School visits",
        "2 not set, 1 left open.",
    ):
        assert squeezed(words) in squeezed(page), words
        assert squeezed(words) in paper, words


def test_words_of_an_account_are_never_markup(client, authority):
    report = report_of(authority)

    assert "&lt;b&gt;posts&lt;/b&gt;" in page_words(client, report)
    assert squeezed("Most <b>posts</b> went to neighbours.") in pdf_words(report)


def test_a_report_made_before_these_were_kept_reads_as_it_did(client, authority):
    report = report_of(authority)
    older = {key: value for key, value in report.figures.items() if key not in {"own", "levers"}}
    for charter in older["charters"]:
        del charter["targets_left_open"]
    report.figures = older
    report.save()

    page = page_words(client, report)

    assert document_of(older).own is None
    assert "What the authority itself did" not in page
    assert "Progress of the charter" in page


def test_an_authority_that_is_asked_nothing_says_so(client):
    report = report_of(AuthorityFactory())

    page = page_words(client, report)

    assert "No metric of a charter in force asks the authority itself." in page
    assert report.figures["own"] == {"asked": 0, "recorded": 0, "answers": []}


@pytest.mark.parametrize("count", [1, 3])
def test_gathering_asks_as_often_for_any_number_of_results(
    authority, django_assert_num_queries, count
):
    charter = Charter.objects.get(authority=authority)
    for place in range(count):
        # Beyond the numbers of the charter's own metrics, in whatever order tests are run.
        result = OwnResultFactory(metric=OwnMetricFactory(charter=charter, number=901 + place))
        ResultEvidenceFactory.create_batch(count, result=result)

    with django_assert_num_queries(21):
        figures(authority)
