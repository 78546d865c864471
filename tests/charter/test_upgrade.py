"""A site that held charters before this release: what is kept takes its new form, no more."""

import shutil
from importlib import import_module

import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from charter import pack
from charter.models import Charter
from charter.presenters.changes import compare_charters
from charter.states import CharterStatus
from metrics.actions import adopt_pack, load_charter
from tests.charter.drafts import NOW, administrator_of
from tests.factories.accounts import LONG_AGO, AuthorityFactory
from tests.factories.charter import CharterFactory

pytestmark = pytest.mark.django_db
NAMES = import_module("charter.migrations.0004_name_the_pack")
CONDITIONS = import_module("charter.migrations.0005_for_which_contracts")


def named(charter):
    NAMES.name_the_pack(apps, None)
    charter.refresh_from_db()
    return charter.pack, charter.pack_version


def test_a_charter_that_a_command_had_loaded_is_named_after_its_files():
    assert named(CharterFactory(code="sslep-2021", version=1)) == ("sslep-2021", 1)


def test_a_charter_begun_in_the_browser_comes_from_no_pack():
    assert named(CharterFactory(code="own-hill", begun_at=LONG_AGO)) == ("", None)


def test_what_is_named_already_keeps_its_name():
    charter = CharterFactory(code="sslep-2021", version=3, pack="sslep-2021", pack_version=2)

    assert named(charter) == ("sslep-2021", 2)


# --- To which contracts a rule or a clause speaks ---------------------------------------

QUOTED = {"document": "Policy", "paragraph": "1", "text": "As they stand."}
RULE = {"id": "tenth", "clause": QUOTED, "minimum_percent": "10", "basis": "overall"}
CLAUSE = {"id": "one", "heading": "One", **QUOTED}
RULES = [
    ({**RULE, "applies_over": "100000"}, {**RULE, "when": {"over": "100000"}}),
    (
        {**RULE, "from": "2026-04-01", "until": "2027-03-31", "note": "Read so."},
        {**RULE, "note": "Read so.", "when": {"from": "2026-04-01", "until": "2027-03-31"}},
    ),
    (RULE, RULE),
]
CLAUSES = [
    (
        {**CLAUSE, "kind": "required", "facts": {"over": "100000"}},
        {**CLAUSE, "kind": "required", "when": {"over": "100000"}},
    ),
    (
        {**CLAUSE, "kind": "accountability", "facts": {"over": "350000", "who": "Cabinet"}},
        {
            **CLAUSE,
            "kind": "accountability",
            "facts": {"who": "Cabinet"},
            "when": {"over": "350000"},
        },
    ),
    (
        {**CLAUSE, "kind": "encouraged", "facts": {"up_to": "100000"}},
        {**CLAUSE, "kind": "encouraged", "when": {"up_to": "100000"}},
    ),
    ({**CLAUSE, "kind": "encouraged"}, {**CLAUSE, "kind": "encouraged"}),
    (
        {**CLAUSE, "kind": "review", "facts": {"month": "4"}},
        {**CLAUSE, "kind": "review", "facts": {"month": "4"}},
    ),
    (CLAUSE, CLAUSE),
]


@pytest.mark.parametrize("status", CharterStatus.values)
def test_what_a_charter_holds_takes_the_new_form_whatever_its_state_and_can_go_back(status):
    before = {"rules": [old for old, _ in RULES], "clauses": [old for old, _ in CLAUSES]}
    after = {"rules": [new for _, new in RULES], "clauses": [new for _, new in CLAUSES]}
    charter = CharterFactory(status=status, **before)

    CONDITIONS.gather(apps, None)
    charter.refresh_from_db()
    assert {"rules": charter.rules, "clauses": charter.clauses} == after

    CONDITIONS.scatter(apps, None)
    charter.refresh_from_db()
    assert {"rules": charter.rules, "clauses": charter.clauses} == before


def test_a_site_is_upgraded_twice_without_harm():
    charter = CharterFactory(rules=[RULES[0][0]], clauses=[CLAUSES[1][0]])

    CONDITIONS.gather(apps, None)
    CONDITIONS.gather(apps, None)

    charter.refresh_from_db()
    assert (charter.rules, charter.clauses) == ([RULES[0][1]], [CLAUSES[1][1]])


def test_a_sum_of_none_was_for_every_contract():
    assert CONDITIONS.rule_with_when({**RULE, "applies_over": None}) == RULE


SUMS = st.sampled_from(["0", "100000", "250000.50"])
WHENS = st.fixed_dictionaries(
    {},
    optional={
        "over": SUMS,
        "up_to": SUMS,
        "at_least": SUMS,
        "months_over": st.sampled_from(["12", "36"]),
        "kinds": st.just(["goods", "works"]),
        "from": st.just("2026-04-01"),
        "until": st.just("2027-03-31"),
    },
)
KINDS = st.sampled_from(["required", "accountability", "encouraged", "expectation"])


def with_when(entry, when):
    return {**entry, "when": when} if when else entry


@given(WHENS, KINDS)
def test_going_back_and_coming_again_loses_nothing(when, kind):
    rule, clause = with_when(RULE, when), with_when({**CLAUSE, "kind": kind}, when)

    assert CONDITIONS.rule_with_when(CONDITIONS.rule_as_before(rule)) == rule
    assert CONDITIONS.clause_with_when(CONDITIONS.clause_as_before(clause)) == clause


# --- A pack whose files took the new form -----------------------------------------------


@pytest.fixture
def held(tmp_path):
    """North East Lincolnshire's policy as an earlier release loaded it."""
    data = shutil.copytree(pack.DATA, tmp_path / "data")
    path = data / pack.PACKS / "nelc-2018/charter.toml"
    path.write_text(path.read_text("utf-8").replace("version = 2", "version = 1"), "utf-8")
    authority = AuthorityFactory()
    charter, _ = load_charter(code="nelc-2018", authority=authority, by=None, at=NOW, data=data)
    CONDITIONS.scatter(apps, None)
    charter.refresh_from_db()
    assert charter.rules[0]["applies_over"] == "100000"
    CONDITIONS.gather(apps, None)
    charter.refresh_from_db()
    return charter


def standing(held):
    versions = Charter.objects.filter(authority=held.authority).order_by("version")
    return list(versions.values_list("version", "pack_version", "status"))


def changes(before, after):
    return [change for section in compare_charters(before, after) for change in section.changes]


def test_the_pack_in_its_new_form_is_loaded_as_the_next_version_and_says_the_same(held):
    loaded, is_new = load_charter(code="nelc-2018", authority=held.authority, by=None, at=NOW)

    assert is_new
    assert standing(held) == [(1, 1, "superseded"), (2, 2, "published")]
    assert changes(held, loaded) == []
    _, again = load_charter(code="nelc-2018", authority=held.authority, by=None, at=NOW)
    assert not again


def test_the_pack_in_its_new_form_is_adopted_beside_the_version_that_is_held(held):
    given = {"authority": held.authority, "in_force": False, "decision": None}

    draft = adopt_pack(code="nelc-2018", by=administrator_of(held), at=NOW, **given)

    assert standing(held) == [(1, 1, "published"), (2, 2, "draft")]
    assert changes(held, draft) == []
