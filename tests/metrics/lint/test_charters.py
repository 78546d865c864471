"""An authority's own charter is checked for all that a shipped pack is checked for."""

from dataclasses import asdict
from datetime import UTC, date, datetime
from time import perf_counter

import pytest

from charter.actions import load_frameworks
from metrics.actions.loading import draft_pack
from metrics.checking import findings_in_charter
from metrics.lint import Papers, check
from tests.factories.accounts import AuthorityFactory
from tests.factories.charter import (
    CharterFactory,
    FrameworkFactory,
    MappingFactory,
    PrincipleFactory,
    ThemeFactory,
)
from tests.factories.metrics import MetricFactory
from tests.metrics.lint.shipped import ALL, NELC, SSLEP, found_in, metrics_of, words_of

AT = datetime(2026, 2, 2, 10, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return CharterFactory(draft=True)


def told(charter):
    found = findings_in_charter(charter, charter.metrics.with_content())
    return [(one.code, one.subject, one.words) for one in found]


@pytest.mark.parametrize("code", ALL)
def test_a_pack_taken_as_ones_own_has_the_same_faults_but_for_the_decision(code):
    load_frameworks(by=None, at=AT)
    charter = draft_pack(
        words=words_of(code),
        metrics=metrics_of(code),
        authority=AuthorityFactory(),
        by=None,
        at=AT,
    )

    expected = [
        (one.code, one.subject, one.words)
        for one in found_in(code)
        if one.code != "decision-not-recorded"
    ]
    assert told(charter) == expected


def test_a_new_charter_gives_nothing_to_find(draft):
    assert told(draft) == []


def replaced(draft, **mapping):
    old = FrameworkFactory(
        code="old",
        title="Model",
        edition="1",
        family="model",
        applies_from=date(2021, 1, 1),
        applies_to=date(2025, 10, 1),
    )
    principle = PrincipleFactory(quadrant__charter=draft, code="G1")
    MappingFactory(principle=principle, theme=ThemeFactory(framework=old), **mapping)
    return principle


def test_a_mapping_to_an_edition_that_ended_is_found(draft):
    replaced(draft)

    assert told(draft) == [
        (
            "edition-replaced",
            "The mapping",
            "It is to Model, 1, which has been replaced: those it binds may begin no procurement "
            "under it from 1 October 2025 on.",
        )
    ]


def test_a_mapping_that_ended_with_its_edition_is_sound(draft):
    replaced(draft, effective_to=date(2025, 9, 30))

    assert told(draft) == []


def test_a_mapping_to_the_edition_that_came_after_is_sound(draft):
    new = FrameworkFactory(
        code="new", title="Model", edition="2", family="model", applies_from=date(2025, 2, 24)
    )
    MappingFactory(principle=replaced(draft), theme=ThemeFactory(framework=new))

    assert told(draft) == []


def test_another_charters_mapping_and_codes_do_not_count(draft):
    replaced(CharterFactory(draft=True))
    draft.clauses = [
        {
            "id": "compulsory",
            "kind": "compulsory",
            "heading": "One of them",
            "document": "Policy",
            "paragraph": "1",
            "text": "One of them.",
            "facts": {"among": "G1", "at_least": "1"},
        }
    ]

    assert [(code, subject) for code, subject, _ in told(draft)] == [
        ("names-nothing", "One of them")
    ]


def test_a_name_in_a_principle_or_the_purpose_is_found(draft):
    PrincipleFactory(quadrant__charter=draft, code="G1", text="Ask Ms Field about it.")
    draft.purpose = "Write to jo@harbour.example."

    assert [(code, subject) for code, subject, _ in told(draft)] == [
        ("contact-details", "Purpose"),
        ("contact-details", "Principle G1"),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_no_more_queries_are_needed_for_more(draft, count, django_assert_num_queries):
    for _ in range(count):
        metric = MetricFactory(charter=draft)
        MappingFactory(principle=metric.principle)

    with django_assert_num_queries(6):
        told(draft)


def test_a_long_catalogue_of_long_words_is_checked_within_a_moment():
    long = "by not metrics within " * 500 + "a" * 5000 + "Aa " * 2000
    one = asdict(metrics_of(SSLEP)[0]) | {"wording": long, "evidence_text": long}
    many = [one | {"number": number} for number in range(1, 31)]
    clause = words_of(NELC).clauses[0] | {"kind": "governance", "text": long}
    papers = Papers(source="Policy", dates=long, decision=long)

    began = perf_counter()
    check(metrics=many, rules=(), clauses=[clause] * 5, papers=papers)

    assert perf_counter() - began < 10
