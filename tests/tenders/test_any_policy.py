"""Whatever policy the forms accept, every page that evaluates it stands."""

from decimal import InvalidOperation
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.http import QueryDict
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from charter import actions
from charter.clauses import CHOICE, CODES, KINDS, MONTH, OF_A_CONTRACT, PERCENT, WHOLE
from charter.default_rules import DEFAULT_RULES
from charter.forms.drafting_rules import ClauseForm, RuleForm
from charter.models import Charter
from charter.refusals import Unfit
from tenders.models import Tender
from tests.charter.drafts import NOW, administrator_of
from tests.factories.charter import CharterFactory, PrincipleFactory
from tests.factories.planning import PlannedContractFactory
from tests.factories.tenders import AssignmentFactory
from tests.tenders.drafts import complete_draft

pytestmark = pytest.mark.django_db

SUMS = st.sampled_from(
    [
        "",
        "",
        "",
        "0",
        "0.01",
        "100000",
        "100000.01",
        "£1,000,000",
        "9999999999999.99",
        "1e9",
        "NaN",
        "Infinity",
        "٣٠٠٠",
        "１２",
        "-1",
        "0.001",
        "\u200f100",
        "1\x002",
        "sNaN",
        "1" * 400,
    ]
)
MONTHS = st.sampled_from(["", "", "0", "1", "36", "600", "999", "1000", "1.5", "٣", "1e2", "+1"])
DAYS = st.sampled_from(
    [("", "", "")] * 3
    + [
        ("1", "1", "0001"),
        ("31", "12", "9999"),
        ("29", "2", "2028"),
        ("30", "2", "2027"),
        ("٣", "1", "2027"),
        ("1", "april", "2026"),
        ("1", "1", "0000"),
    ]
)
KINDS_OF = st.lists(st.sampled_from(["goods", "services", "works", "goods", "x"]), max_size=3)
PERCENTS = st.sampled_from(
    ["0", "10", "100", "33.3333", "0.0001", "100.0001", "1e1", "15", "70", "0.01", "NaN", "٣"]
)
WORDS = st.sampled_from(["Cabinet", "=1+1", "<b>x</b>", "\u202eevil", "a\nb", "{{ x }}", "0" * 300])
CODES_OF = st.sampled_from(["ES", "ES1", "ES, ES1", "ES,,", "XX", ",", "es1", "ES1, ES1"])
WHOLES = st.sampled_from(["1", "6", "9999", "0", "10000", "1.0", "٣", "-1", "1e3"])
VALUES = ["0.01", "100000.00", "100000.01", "999999999999.99"]
FIRST_AND_LAST = [
    {"on_day": 1, "on_month": 1, "on_year": "0001"},
    {"on_day": 31, "on_month": 12, "on_year": "9999"},
]
OF_A_TENDER = ("policy", "why", "public", "check", "internal", "faults", "edit_weights", "metrics")


@st.composite
def conditions(draw):
    data = {f"when_{key}": draw(SUMS) for key in ("over", "at_least", "up_to", "under")}
    data |= {f"when_{key}": draw(MONTHS) for key in ("months_over", "months_up_to")}
    for key in ("from", "until"):
        names = [f"when_{key}_{part}" for part in ("day", "month", "year")]
        data |= dict(zip(names, draw(DAYS), strict=True))
    data["when_kinds"] = draw(KINDS_OF)
    # Most drafts set few of them.
    kept = draw(st.sets(st.sampled_from(sorted(data)), max_size=4))
    days = {key.rpartition("_")[0] for key in kept if key.endswith(("_day", "_month", "_year"))}
    return {
        key: value for key, value in data.items() if key in kept or key.rpartition("_")[0] in days
    }


def _fact(fact):
    if fact.type == PERCENT:
        return PERCENTS
    if fact.type == WHOLE:
        return WHOLES
    if fact.type == CHOICE:
        return st.sampled_from([code for code, _ in fact.choices] + ["x"])
    if fact.type == CODES:
        return CODES_OF
    if fact.type == MONTH:
        return st.sampled_from(["", "1", "12", "13"])
    return WORDS if fact.is_needed else st.one_of(st.just(""), WORDS)


@st.composite
def rules(draw):
    return (
        "rule",
        {
            **draw(conditions()),
            "minimum_percent": draw(PERCENTS),
            "basis": draw(st.sampled_from(["overall", "quality_element"])),
            "document": "Policy",
            "paragraph": draw(WORDS),
            "text": draw(WORDS),
        },
    )


@st.composite
def clauses(draw):
    kind = draw(st.sampled_from(sorted(OF_A_CONTRACT)))
    split = kind == "split" and draw(st.booleans())
    facts = (
        {"fact_price": "70", "fact_quality": "15", "fact_social_value": "15"}
        if split
        else {f"fact_{one.name}": draw(_fact(one)) for one in KINDS[kind].facts}
    )
    return (
        kind,
        {
            **draw(conditions()),
            **facts,
            "heading": draw(WORDS),
            "document": "Policy",
            "paragraph": draw(WORDS),
            "text": draw(WORDS),
        },
    )


def _sent(data):
    query = QueryDict(mutable=True)
    for key, value in data.items():
        query.setlist(key, value if isinstance(value, list) else [value])
    return query


def put(charter, by, entry) -> None:
    """Write a rule or a clause into the draft as its form would, past every refusal."""
    kind, data = entry
    form = (
        RuleForm(_sent(data), charter=charter)
        if kind == "rule"
        else ClauseForm(_sent(data), kind=KINDS[kind])
    )
    if not form.is_valid():
        return
    action = actions.add_rule if kind == "rule" else actions.add_clause
    try:
        with transaction.atomic():
            action(charter=charter, by=by, at=NOW, **form.details())
    except Unfit:
        return
    charter.refresh_from_db()


@pytest.fixture
def world():
    """A draft of a charter, a tender and a planned contract held to whatever the draft says."""
    tender = complete_draft(kind="services")
    draft = CharterFactory(authority=tender.authority, draft=True, rules=[], code="other")
    PrincipleFactory(quadrant__charter=draft, quadrant__code="ES", code="ES1")
    planned = PlannedContractFactory(authority=tender.authority, charter=tender.charter)
    return tender, draft, planned


def pages_of(tender, draft, planned, value, day):
    asked = urlencode({"value": value, "months": 36, "kind": "goods", **day})
    return [
        reverse("charter:detail", args=[draft.pk]),
        f"{reverse('charter:asks', args=[draft.pk])}?{asked}",
        reverse("charter:edit", args=[draft.pk]),
        reverse("metrics:check", args=[draft.pk]),
        *[reverse("charter:edit_rule", args=[draft.pk, one["id"]]) for one in draft.rules[:1]],
        *[reverse("charter:edit_clause", args=[draft.pk, one["id"]]) for one in draft.clauses[:1]],
        reverse("tenders:plan_contract", args=[planned.pk]),
        reverse("tenders:plan_export", args=[tender.authority_id, planned.year, "csv"]),
        *[reverse(f"tenders:{name}", args=[tender.pk]) for name in OF_A_TENDER],
    ]


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    entries=st.lists(st.one_of(rules(), clauses()), max_size=6),
    value=st.sampled_from(VALUES),
    kind=st.sampled_from(["", "goods", "works"]),
    months=st.sampled_from([1, 600]),
    day=st.sampled_from(FIRST_AND_LAST),
)
def test_whatever_the_forms_accept_every_page_of_the_policy_stands(
    client, world, entries, value, kind, months, day
):
    tender, draft, planned = world
    draft.rules, draft.clauses = [], []
    draft.save()
    by = administrator_of(draft)
    for one in entries:
        put(draft, by, one)
    Charter.objects.filter(pk=tender.charter_id).update(rules=draft.rules, clauses=draft.clauses)
    now = {"contract_value": value, "kind": kind, "months": months}
    Tender.objects.filter(pk=tender.pk).update(**now)
    AssignmentFactory(tender=tender, person=by, role="officer")
    client.force_login(by)

    pages = pages_of(tender, draft, planned, value, day)

    assert [one for one in pages if client.get(one).status_code != 200] == []


def test_twin_what_the_forms_refuse_would_break_them(client, world):
    _, draft, _ = world
    draft.rules = [{**DEFAULT_RULES[0], "when": {"over": "1e9£"}}]
    draft.save()
    client.force_login(administrator_of(draft))

    with pytest.raises(InvalidOperation):
        client.get(reverse("charter:asks", args=[draft.pk]))
