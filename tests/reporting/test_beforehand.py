"""What came before the bids, in the annual report: early thought, opt-outs, choices."""

from datetime import UTC, date, datetime
from io import BytesIO

import pypdf
import pytest
from django.urls import reverse

from accounts.roles import Role
from design.year import FinancialYear
from reporting.beforehand import beforehand
from reporting.building import build
from reporting.document import document_of
from reporting.figures import gather
from tenders.models import OptOut, RuleChoice, Tender
from tests.factories.accounts import AuthorityFactory, UserFactory, person_in
from tests.factories.charter import CharterFactory, ten_percent_overall
from tests.factories.planning import ConsultationFactory, GroundworkFactory
from tests.factories.reporting import NOW, ReportFactory, file_of
from tests.factories.tenders import TenderFactory

pytestmark = pytest.mark.django_db

PUBLISHED = datetime(2026, 9, 1, 12, tzinfo=UTC)
OTHER = {
    **ten_percent_overall(),
    "id": "of-quality",
    "basis": "quality_element",
    "clause": {"document": "Policy", "paragraph": "3", "text": "A tenth of quality."},
}
WAIVED = {
    "id": "skills",
    "kind": "compulsory",
    "heading": "A skills metric",
    "document": "Policy",
    "paragraph": "8",
    "text": "One metric of skills is asked.",
    "facts": {"among": "ES", "at_least": "1", "waiver": "The director"},
}


@pytest.fixture
def authority():
    return AuthorityFactory()


@pytest.fixture
def tender(authority):
    return published(authority)


def published(authority, at=PUBLISHED, **fields):
    charter = CharterFactory(
        authority=authority, rules=[ten_percent_overall(), OTHER], clauses=[WAIVED]
    )
    return TenderFactory(open=True, authority=authority, charter=charter, published_at=at, **fields)


def opt_out(tender, **fields):
    details = {
        "tender": tender,
        "explored": "We asked eleven firms.",
        "why_not": "The parts come from one maker abroad.",
        "requested_by": UserFactory(),
        "requested_at": PUBLISHED,
        "decides": "Cabinet",
        "is_approved": True,
        "decided_by": UserFactory(),
        "decided_at": PUBLISHED,
        "decided_by_body": "Cabinet",
        "decided_on": date(2026, 8, 20),
        "minute_reference": "C/12",
        **fields,
    }
    return OptOut.objects.create(**details)


def told(authority, year=2026):
    return gather(authority=authority, year=year, now=NOW)["beforehand"]


def test_every_procurement_published_in_the_year_is_told_with_its_record_or_without(authority):
    thought = published(authority, title="Parks")
    published(authority, title="Paths")
    published(authority, at=datetime(2026, 3, 31, 22, 59, tzinfo=UTC), title="The year before")
    record = GroundworkFactory(
        authority=authority, tender=thought, title="Before the parks", agreed_on=date(2026, 7, 1)
    )
    ConsultationFactory.create_batch(2, groundwork=record, audience="residents")
    ConsultationFactory(groundwork=record, audience="market")

    parks, paths = sorted(told(authority)["published"], key=lambda one: one["title"])

    assert parks["record"]["agreed_on"] == "2026-07-01"
    assert parks["record"]["consulted"] == [
        {"audience": "Residents", "times": 2},
        {"audience": "Possible suppliers", "times": 1},
    ]
    assert (paths["title"], paths["record"]) == ("Paths", None)


def test_the_first_moment_of_the_year_in_london_belongs_to_it(authority):
    published(authority, at=datetime(2026, 3, 31, 23, 0, tzinfo=UTC), title="Just in")

    assert [one["title"] for one in told(authority)["published"]] == ["Just in"]


def test_an_opt_out_is_told_with_who_decided_when_and_why(tender, authority):
    opt_out(tender)

    [found] = told(authority)["opt_outs"]

    assert found == {
        "tender": str(tender.pk),
        "title": tender.title,
        "value": "1000000",
        "what": "Social value as a whole",
        "explored": "We asked eleven firms.",
        "why_not": "The parts come from one maker abroad.",
        "is_approved": True,
        "decided_by": "Cabinet",
        "decided_on": "2026-08-20",
        "minute": "C/12",
    }


def test_a_waiver_is_told_by_the_heading_of_its_clause(tender, authority):
    opt_out(tender, clause="skills")

    assert [one["what"] for one in told(authority)["opt_outs"]] == ["A skills metric"]


@pytest.mark.parametrize(
    "fields",
    [
        {"withdrawn_at": PUBLISHED},
        {"decided_at": datetime(2026, 3, 1, tzinfo=UTC)},
        {"decided_at": None, "decided_by": None, "is_approved": None},
    ],
)
def test_what_is_withdrawn_undecided_or_of_another_year_is_not_told(tender, authority, fields):
    opt_out(tender, **fields)

    assert told(authority)["opt_outs"] == []


def test_an_opt_out_of_a_tender_that_is_not_public_is_counted_and_not_told(authority):
    charter = CharterFactory(authority=authority)
    opt_out(TenderFactory(authority=authority, charter=charter, title="Secret plan"))

    found = told(authority)

    assert (found["opt_outs"], found["opt_outs_to_come"]) == ([], 1)


def test_another_authority_s_opt_outs_and_tenders_are_not_told(tender):
    opt_out(tender)

    assert told(AuthorityFactory()) == {
        "published": [],
        "opt_outs": [],
        "opt_outs_to_come": 0,
        "choices": [],
    }


def test_the_rule_followed_stands_beside_the_one_set_aside(tender, authority):
    choose(tender)

    [found] = told(authority)["choices"]

    assert (found["followed"]["paragraph"], found["set_aside"]["paragraph"]) == ("9", "3")
    assert found["reason"] == "The cabinet meant the whole score."


def test_a_choice_that_the_published_contract_does_not_need_is_not_told(authority):
    small = published(authority, contract_value=100)
    small.charter.rules = [ten_percent_overall(), {**OTHER, "when": {"over": "100"}}]
    small.charter.save()
    choose(small)

    assert told(authority)["choices"] == []

    Tender.objects.filter(pk=small.pk).update(contract_value="100.01")
    assert len(told(authority)["choices"]) == 1


def choose(tender: Tender) -> None:
    RuleChoice.objects.create(
        tender=tender,
        follows="rule:ten-percent",
        sets_aside="rule:of-quality",
        reason="The cabinet meant the whole score.",
        chosen_by=UserFactory(),
        chosen_at=PUBLISHED,
    )


def test_a_report_made_before_any_of_this_was_kept_is_still_printed(authority):
    figures = gather(authority=authority, year=2026, now=NOW)
    del figures["beforehand"]

    assert document_of(figures).beforehand is None


@pytest.fixture
def report(tender, authority):
    GroundworkFactory(authority=authority, tender=tender, title="Before the <b>work</b>")
    opt_out(tender)
    choose(tender)
    report = ReportFactory(authority=authority)
    build(report.pk, tell=lambda *_: None)
    report.refresh_from_db()
    return report


SAID = (
    "Before bidders were asked",
    "Approved: Social value as a whole",
    "Decided by Cabinet on 20 August 2026, minute C/12",
    "The parts come from one maker abroad.",
    "The cabinet meant the whole score.",
)


def test_the_page_says_it(client, report, authority):
    client.force_login(person_in(authority, Role.BOARD))

    page = client.get(reverse("reporting:report", args=[report.pk])).content.decode()

    assert [words for words in SAID if words not in page] == []
    assert "Before the &lt;b&gt;work&lt;/b&gt;" in page


def test_the_pdf_says_it(report):
    pages = pypdf.PdfReader(BytesIO(file_of(report))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())

    assert [words for words in SAID if words not in text] == []


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_no_more_queries_for_more_procurements(
    authority, count, django_assert_num_queries
):
    for _ in range(count):
        made = published(authority)
        choose(made)
        opt_out(made)
        ConsultationFactory(groundwork=GroundworkFactory(authority=authority, tender=made))

    with django_assert_num_queries(5):
        beforehand(authority, FinancialYear(2026))
