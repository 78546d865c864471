"""Why a tender asks what it asks: its clauses, its decisions, and the source of each question."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape

import pytest
from django.urls import reverse

from accounts.roles import Role
from charter.clauses import DEPTHS, VERIFIED
from metrics.actions import load_charter
from metrics.models import FlagKind
from tenders.models import OptOut, RuleChoice, Tender, WeightBasis
from tenders.models.competitions import TenderQuerySet
from tests.factories.accounts import (
    AuthorityFactory,
    SupplierFactory,
    UserFactory,
    bidder_of,
    person_in,
)
from tests.factories.charter import (
    CharterFactory,
    PrincipleFactory,
    QuadrantFactory,
    ten_percent_overall,
)
from tests.factories.metrics import MetricFactory, MetricFlagFactory
from tests.factories.tenders import CriterionFactory, TenderFactory, team_member, tender_in
from tests.packs import anyford
from tests.pages import Page
from tests.tenders.departures import COMPULSORY, OVERALL, QUALITY, nelc_charter

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 4, 9, tzinfo=UTC)
SECRET = "Perpetua Quill"


def address(tender):
    return reverse("tenders:why", args=[tender.pk])


def why(client, tender):
    return Page(client.get(address(tender)))


def public(client, tender):
    return Page(client.get(reverse("tenders:public", args=[tender.pk])))


def under_nelc(value="250000.00", *, clauses=(), state="O", **fields):
    charter = nelc_charter()
    charter.clauses = [*charter.clauses, *clauses]
    charter.save()
    return tender_in(
        state, charter=charter, authority=charter.authority, contract_value=value, **fields
    )


def reasons(page):
    """What stands in the heading of each clause that binds the tender."""
    found = page.html.split('id="policy"')[1].split('id="further"')[0].split('id="questions"')[0]
    parts = found.split('<h3 class="govuk-heading-s govuk-!-margin-bottom-1" id="')[1:]
    texts = [[one.split(">", 1)[1].split("<")[0] for one in _lines(part)] for part in parts]
    return [unescape(": ".join(two)) for two in texts]


def _lines(part):
    """The heading of a clause, and the line below it."""
    return [f">{part.split('>', 1)[1]}", part.split("<p", 1)[1]]


def section(page, anchor):
    """The words of one question's section."""
    found = re.split(f'aria-labelledby="{anchor}[" ]', page.html)[1].split("</section>")[0]
    return " ".join(found.split())


# --- The clauses that bind it -------------------------------------------------------------

ENCOURAGED = [
    "Social value: Wherever possible: nothing is required",
    "Leaving social value out: Only with evidence that the full potential of social value has been "
    "explored, and clear evidence that social value cannot be included; not needed where social "
    "value is not required",
]


def required_by(body):
    return [
        "Social value: Required: it must be part of the scoring",
        "The least weighting: At least 10% of the quality element, here 6% of the total",
        "The least weighting: At least 10% of the total",
        f"Who is accountable: {body}",
        "Leaving social value out: Only with evidence that the full potential of social value has "
        "been explored, and clear evidence that social value cannot be included; decided by "
        f"{body}, being accountable, since the policy names nobody for it",
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("100000.00", ENCOURAGED),
        ("100000.01", required_by("Leadership Team")),
        ("350000.00", required_by("Leadership Team")),
        ("350000.01", required_by("Cabinet")),
    ],
)
def test_the_clauses_turn_at_the_penny(client, value, expected):
    assert reasons(why(client, under_nelc(value))) == expected


def test_each_clause_stands_in_full_with_its_place_and_its_reason(client):
    told = section(why(client, under_nelc("100000.01")), "clause-required")

    assert "It reaches this contract because the value, £100,000.01, is over £100,000." in told
    assert "As a minimum, all procurements over £100,000 will be required to consider" in told
    assert "Social Value Policy, V01.00, Delivery and Reporting, 1, first sentence" in told


@pytest.mark.parametrize(
    ("value", "opening"),
    [
        ("100000.00", "The policy asks for social value here wherever possible; it does not"),
        ("100000.01", "The policy requires social value in this contract."),
    ],
)
def test_it_opens_with_whether_social_value_is_asked_for(client, value, opening):
    assert opening in why(client, under_nelc(value)).text


def test_it_gives_no_reason_for_asking_where_social_value_counts_for_nothing(client):
    asked, not_asked = "Why social value is asked here", "What the policy says of social value here"
    counted = why(client, under_nelc("90000.00")).text
    nothing = under_nelc("90000.00", social_value_weight=0, quality_weight=60)

    assert (asked in counted, not_asked in counted) == (True, False)
    told = why(client, nothing).text
    assert (asked in told, not_asked in told) == (False, True)


def test_it_says_where_a_policy_asks_for_nothing(client):
    charter = CharterFactory(rules=[{**ten_percent_overall(), "minimum_percent": "0"}])
    tender = tender_in("O", charter=charter, authority=charter.authority)

    assert "The policy does not ask for social value in this contract." in why(client, tender).text


def test_the_day_of_publication_decides_and_not_today(client):
    rules = [
        {**ten_percent_overall(), "id": "early", "when": {"until": "2026-02-02"}},
        {**ten_percent_overall(), "id": "late", "when": {"from": "2026-02-03"}},
    ]
    charter = CharterFactory(rules=rules)
    tender = tender_in("O", charter=charter, authority=charter.authority)
    page = why(client, tender)

    assert ("rule-early" in page.ids, "rule-late" in page.ids) == (True, False)
    assert "published on 2 February 2026" in page.text


def test_what_else_the_policy_says_is_folded(client):
    page = why(client, under_nelc())

    assert page.html.split('id="further"')[1].count("<details") == 8


def test_a_rule_changed_in_a_pack_changes_the_page_of_a_tender(client, tmp_path):
    found = {}
    for name, rises in (("later", date(2027, 4, 1)), ("now", date(2026, 1, 1))):
        folder = tmp_path / name
        folder.mkdir()
        authority = AuthorityFactory()
        data = anyford(folder, rises=rises)
        charter, _ = load_charter(code="anyford", authority=authority, by=None, at=AT, data=data)
        tender = tender_in("O", charter=charter, authority=authority, contract_value=75000)
        found[name] = reasons(why(client, tender))

    assert "The least weighting: At least 10% of the total" in found["later"]
    assert "The least weighting: At least 20% of the total" in found["now"]
    assert found["later"] != found["now"]


# --- Each question ----------------------------------------------------------------------------


@pytest.fixture
def asking():
    """A tender with a metric of employment, one of place, and a question of its own."""
    evidence = {"depth": VERIFIED}
    paper = {key: COMPULSORY[key] for key in ("document", "paragraph", "text")}
    charter = CharterFactory(
        title="Anytown charter",
        clauses=[
            {**COMPULSORY, "when": {"over": "500000"}},
            {"id": "short", "kind": "answer-length", "heading": "Short", **paper}
            | {"facts": {"words": "400"}, "paragraph": "7"},
            {"id": "shown", "kind": "evidence", "heading": "Shown", **paper, "facts": evidence},
        ],
    )
    tender = tender_in("O", charter=charter, authority=charter.authority)
    CriterionFactory(tender=tender, code="q1", title="Running it")
    for code, field, number, weight in (("ES", "Employment", 3, 75), ("GS", "Green", 9, 25)):
        principle = PrincipleFactory(
            quadrant=QuadrantFactory(charter=charter, code=code, title=field),
            code=f"{code}1",
            short_title=f"Good {field.lower()}",
        )
        metric = MetricFactory(
            charter=charter, principle=principle, number=number, source="Draft charter, page 5"
        )
        CriterionFactory(
            tender=tender,
            group="social_value",
            code=metric.code,
            metric=metric,
            title=f"Metric of {field.lower()}",
            method="target",
            max_words=300,
            measure=metric.measure,
            weight=Decimal(weight),
        )
    return tender


def test_a_metric_is_told_in_its_own_words_with_its_source(client, asking):
    told = section(why(client, asking), "m3")
    metric = asking.criteria.get(code="m3").metric

    assert ">Number of hours given to schools</dd>" in told
    assert "At least 36 hours<br>Read as: At least 36 hours." in told
    assert reverse("reporting:principle", args=[metric.principle_id]) in told
    assert ">ES1 Good employment</a><br>Employment</dd>" in told
    assert "Draft charter, page 5" in told
    assert ">Metric 3 of Anytown charter</a>" in told
    assert "in proportion to how much of the target you commit to" in told


def test_what_is_doubtful_in_a_metric_stands_beside_its_words(client, asking):
    metric = asking.criteria.get(code="m3").metric
    flag = MetricFlagFactory(metric=metric, kind=FlagKind.EVIDENCE_SWAPPED, words="Was exchanged.")
    page = why(client, asking)

    assert "1 note<" in section(page, "m3")
    assert f"<strong>{flag.get_kind_display()}.</strong> Was exchanged." in section(page, "m3")
    assert "doubtful in these words" not in section(page, "m9")


def test_a_question_of_the_buyers_own_says_so(client, asking):
    told = section(why(client, asking), "q1")

    assert "This is the buyer’s own question. It comes from no metric and no clause" in told
    assert "How will you run the service?" in told
    assert "Evaluators mark it from 0 to 5." in told
    assert "50 of 100 points, which is 100% of quality." in told


@pytest.mark.parametrize(
    ("basis", "weights", "points"),
    [
        (WeightBasis.OVERALL, ("40", "50", "10"), {"m3": "7.5", "m9": "2.5"}),
        (WeightBasis.QUALITY_ELEMENT, ("40", "60", "10"), {"m3": "4.5", "m9": "1.5"}),
        (WeightBasis.QUALITY_ELEMENT, ("30", "70", "33.3333"), {"m3": "17.5", "m9": "5.8333"}),
    ],
)
def test_what_a_question_can_earn_is_of_the_whole(client, asking, basis, weights, points):
    names = ("price_weight", "quality_weight", "social_value_weight")
    Tender.objects.filter(pk=asking.pk).update(
        basis=basis, **dict(zip(names, weights, strict=True))
    )
    page = why(client, asking)

    told = {code: section(page, code).split("can earn</dt>")[1] for code in points}
    assert {
        code: f">{points[code]} of 100 points, which" in words for code, words in told.items()
    } == {
        "m3": True,
        "m9": True,
    }


def test_weightings_that_make_no_whole_are_said_to_be_none(client, asking):
    Tender.objects.filter(pk=asking.pk).update(price_weight=1)

    assert "Not known yet: the weightings do not make a whole." in section(
        why(client, asking), "m3"
    )


def test_a_clause_that_makes_a_metric_compulsory_stands_beside_it_and_no_other(client, asking):
    page = why(client, asking)
    words = "The policy names such metrics as ones that must be asked."

    assert [words in section(page, code) for code in ("m3", "m9", "q1")] == [True, False, False]
    assert "because the value, £1,000,000, is over £500,000." in section(page, "m3")
    assert "At least one measure is of employment and skills, unless" in section(page, "m3")


def test_a_clause_below_its_band_makes_nothing_compulsory(client, asking):
    Tender.objects.filter(pk=asking.pk).update(contract_value="500000.00")
    page = why(client, asking)

    assert "must be asked" not in section(page, "m3")
    assert "clause-employment" not in page.ids


def test_the_limit_of_words_names_its_clause(client, asking):
    page = why(client, asking)
    told = section(page, "m3")

    assert "At most 300 words. The policy allows no more than 400:" in told
    assert "At most 500 words.</dd>" in section(page, "q1")
    assert '<a class="govuk-link" href="#clause-short">7</a>' in told


def test_without_such_a_clause_the_limit_is_the_tenders_own(client):
    tender = tender_in("O")
    CriterionFactory(tender=tender, code="q1")

    assert "At most 500 words.</dd>" in section(why(client, tender), "q1")


def test_a_tender_that_asks_nothing_says_so(client):
    assert "The tender asks nothing yet." in why(client, tender_in("O")).text


def test_every_place_is_named_once_and_every_link_within_the_page_leads_somewhere(client, asking):
    page = why(client, asking)

    assert len(page.ids) == len(set(page.ids))
    assert {href[1:] for href, _ in page.links if href.startswith("#")} <= set(page.ids)
    assert {"q1", "m3", "m9", "clause-short", "clause-shown"} <= set(page.ids)


def test_every_clause_leads_to_its_place_in_the_policy(client):
    tender = under_nelc("350000.01")
    policy = reverse("charter:detail", args=[tender.charter_id])
    places = set(Page(client.get(policy)).ids)
    led_to = [
        href.partition("#")[2]
        for href, _ in why(client, tender).links
        if href.startswith(f"{policy}#")
    ]

    assert len(led_to) == 13
    assert set(led_to) <= places


# --- What was decided ---------------------------------------------------------------------------


def choice(tender, follows=QUALITY, sets_aside=OVERALL, **fields):
    fields = {"reason": "The objective is older.", "chosen_by": UserFactory(), **fields}
    return RuleChoice.objects.create(
        tender=tender, follows=follows, sets_aside=sets_aside, chosen_at=AT, **fields
    )


def opt_out(tender, **fields):
    decided = {
        "is_approved": True,
        "decided_by": UserFactory(full_name=SECRET),
        "decided_at": AT,
        "decided_by_body": "Leadership Team",
        "decided_on": date(2026, 5, 2),
        "minute_reference": "LT.17",
        "decision_reason": "The evidence is sound.",
    }
    return OptOut.objects.create(
        **{
            "tender": tender,
            "explored": "We asked three firms.",
            "why_not": "The framework fixes its own criteria.",
            "requested_by": UserFactory(full_name=SECRET),
            "requested_at": AT,
            "decides": "Leadership Team",
            **decided,
            **fields,
        }
    )


@pytest.mark.parametrize("read", [why, public])
def test_the_choice_between_two_rules_is_published(client, read):
    tender = under_nelc()
    choice(tender)
    page = read(client, tender)
    first, second = page.html.split('class="charter-weightings"')[1].split("<h3")[1:3]

    assert ("This tender follows it" in first, "Set aside" in first) == (True, False)
    assert ("This tender follows it" in second, "Set aside" in second) == (False, True)
    assert "ensure a minimum 10% of the quality element" in first
    assert "a minimum 10% of the overall evaluation score" in second
    assert page.lists and "The objective is older." in page.text
    assert "4 May 2026" in page.text


def test_a_rule_set_aside_binds_no_longer(client):
    tender = under_nelc()
    choice(tender)

    told = reasons(why(client, tender))

    assert "The least weighting: At least 10% of the quality element, here 6% of the total" in told
    assert "The least weighting: At least 10% of the total" not in told


@pytest.mark.parametrize("read", [why, public])
def test_a_contradiction_nobody_has_settled_says_so(client, read):
    assert "The tender does not say which of them it follows." in read(client, under_nelc()).text


@pytest.mark.parametrize("read", [why, public])
def test_no_contradiction_is_made_up(client, read):
    assert "contradict" not in read(client, tender_in("O")).html


@pytest.mark.parametrize("read", [why, public])
def test_an_opt_out_is_published_with_the_body_the_day_and_the_reasons(client, read):
    tender = under_nelc()
    opt_out(tender)
    page = read(client, tender)
    told = next(found for found in page.lists if "Decided by" in found)

    assert told == {
        "Decided by": "Leadership Team",
        "Decided on": "2 May 2026",
        "Minute": "LT.17",
        "Why it was decided so": "The evidence is sound.",
        "What was tried": "We asked three firms.",
        "Why it cannot be done": "The framework fixes its own criteria.",
    }
    assert "Leaving social value out" in page.text


def test_where_social_value_is_left_out_the_page_opens_with_that(client):
    tender = under_nelc()
    opt_out(tender)
    page = why(client, tender)

    assert "Social value is left out of this contract, on the decision below." in page.text
    assert [one for one in reasons(page) if one.startswith("The least weighting")] == []


@pytest.mark.parametrize("read", [why, public])
def test_a_waiver_is_published_with_the_clause_it_waives(client, read):
    tender = under_nelc(clauses=[COMPULSORY])
    opt_out(tender, clause="employment", decides="the Chief Executive")
    page = read(client, tender)

    assert "Waiver: One metric of employment and skills" in page.text
    assert "unless leadership waives it." in page.text


@pytest.mark.parametrize(
    "fields",
    [
        {"is_approved": None, "decided_by": None, "decided_at": None},
        {"is_approved": False},
        {"withdrawn_at": AT},
        {"decides": "Somebody else"},
    ],
    ids=["waiting", "turned down", "withdrawn", "lapsed"],
)
@pytest.mark.parametrize("read", [why, public])
def test_what_does_not_count_is_not_published(client, read, fields):
    tender = under_nelc()
    opt_out(tender, **fields)

    assert "We asked three firms." not in read(client, tender).html


@pytest.mark.parametrize("read", [why, public])
def test_nobodys_name_is_published(client, read):
    tender = under_nelc()
    choice(tender, chosen_by=UserFactory(full_name=SECRET, email="quill@council.example"))
    opt_out(tender)
    page = read(client, tender)

    assert SECRET not in page.html
    assert "quill@" not in page.html


@pytest.mark.parametrize("read", [why, public])
def test_the_twin_finds_a_name_that_is_published(client, read):
    tender = under_nelc()
    choice(tender, reason=f"{SECRET} said so.")

    assert SECRET in read(client, tender).html


@pytest.mark.parametrize("read", [why, public])
def test_words_of_officers_are_never_markup(client, read):
    tender = under_nelc()
    choice(tender, reason="<script>alert(1)</script>")
    opt_out(tender, explored="<img src=x>", decision_reason="<b>so</b>")
    page = read(client, tender)

    assert [bad for bad in ("<script>alert", "<img src=x", "<b>so") if bad in page.html] == []


# --- Whom it is for ---------------------------------------------------------------------------


def statuses(client, tender):
    """What each person is answered."""
    people = {
        "visitor": None,
        "bidder": bidder_of(SupplierFactory()),
        "other authority": person_in(AuthorityFactory(), Role.ADMINISTRATOR),
        "board": person_in(tender.authority, Role.BOARD),
        "colleague": person_in(tender.authority, Role.OFFICER),
        "administrator": person_in(tender.authority, Role.ADMINISTRATOR),
        "site": UserFactory(is_superuser=True),
        **{
            role.value: team_member(tender, role)
            for role in (Role.OFFICER, Role.EVALUATOR, Role.CHAIR, Role.APPROVER)
        },
    }
    found = {}
    for name, person in people.items():
        client.logout()
        if person:
            client.force_login(person)
        found[name] = client.get(address(tender)).status_code
    return found


@pytest.mark.parametrize("state", "POCERMALX")
def test_everyone_reads_it_once_the_tender_is_published(client, state):
    assert set(statuses(client, under_nelc(state=state)).values()) == {200}


INSIDE = {"administrator", "site", "officer", "approver"}


def test_of_a_draft_only_those_who_see_its_public_page(client):
    found = statuses(client, under_nelc(state="D"))

    assert {name for name, status in found.items() if status == 200} == INSIDE
    assert {status for name, status in found.items() if name not in INSIDE} == {404}


def test_the_twin_finds_a_draft_shown_to_strangers(client, monkeypatch):
    monkeypatch.setattr(TenderQuerySet, "visible_to", lambda self, user: self.all())
    monkeypatch.setattr("tenders.views.why.check_can_view_public", lambda user, tender: None)

    assert set(statuses(client, under_nelc(state="D")).values()) == {200}


def test_a_draft_cancelled_before_it_was_published_stays_hidden(client):
    tender = TenderFactory(stage="cancelled", cancelled_at=AT, cancelled_because="No need.")

    assert client.get(address(tender)).status_code == 404


def test_a_draft_says_who_sees_it_and_by_which_day_it_is_judged(client):
    tender = under_nelc(state="D")
    client.force_login(team_member(tender, Role.OFFICER))
    page = why(client, tender)

    assert "Only your team can see this page." in page.text
    assert "if it is published today" in page.text


def test_it_is_only_looked_at(client):
    assert client.post(address(tender_in("O"))).status_code == 405


# --- Queries ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("read", "queries"), [(why, 18), (public, 20)])
@pytest.mark.parametrize("count", [1, 3])
def test_it_asks_as_often_for_any_number(client, django_assert_num_queries, read, queries, count):
    """Of questions, of rules that contradict, of choices and of waivers."""
    rules = [
        {**ten_percent_overall(), "id": f"r{at}", "basis": basis}
        for at, basis in enumerate(["overall", "quality_element", "overall", "quality_element"])
    ]
    charter = CharterFactory(rules=rules[: count + 1], clauses=[COMPULSORY])
    tender = tender_in("O", charter=charter, authority=charter.authority)
    for at in range(count):
        CriterionFactory(tender=tender, code=f"q{at}")
        metric = MetricFactory(charter=charter)
        CriterionFactory(tender=tender, code=metric.code, metric=metric, group="social_value")
        choice(tender, f"rule:r{at}", f"rule:r{at + 1}")
        opt_out(tender, clause=f"gone-{at}")

    with django_assert_num_queries(queries):
        read(client, tender)


# --- What bidders are told beside an answer -------------------------------------------------


def test_the_depth_of_evidence_is_told_in_words(client, asking):
    assert f"How deep evidence goes: {dict(DEPTHS)[VERIFIED]}" in reasons(why(client, asking))
