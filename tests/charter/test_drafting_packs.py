"""Every rule, clause and principle of every shipped pack passes through its page unchanged."""

from datetime import date

import pytest
from django.forms import Form

from charter import actions
from charter.clauses import KINDS
from charter.drafting import clause_state, principle_state, rule_state
from charter.forms.drafting import EditPrincipleForm
from charter.forms.drafting_rules import EditClauseForm, EditRuleForm
from charter.pack import pack_codes, read_charter
from tests.charter.drafts import NOW, administrator_of, draft
from tests.factories.charter import PrincipleFactory, QuadrantFactory

pytestmark = pytest.mark.django_db


def sent_back(form: Form) -> dict:
    """What a browser would send of a page that nobody typed into."""
    typed = {}
    for field in form:
        value = field.field.prepare_value(field.value())
        if isinstance(value, date):
            typed |= {
                f"{field.name}_{part}": str(getattr(value, part))
                for part in ("day", "month", "year")
            }
        elif value is not None:
            typed[field.name] = str(value)
    return typed


def saved(page_of, state, action, at, **fields):
    """What an action makes of a page sent back as it was drawn."""
    page = page_of(initial=page_of.drawn_from(state), **fields)
    form = page_of(sent_back(page), **fields)
    assert form.is_valid(), form.errors
    assert form.carries_out(action, **at, by=administrator_of(at_charter(at)), at=NOW), form.errors
    return form.result


def at_charter(at):
    return at["charter"] if "charter" in at else at["principle"].quadrant.charter


@pytest.mark.parametrize("code", pack_codes())
def test_rules_of_a_pack_are_saved_as_they_were(code):
    rules = list(read_charter(code).rules)
    charter = draft(rules=rules)

    for rule in rules:
        at = {"charter": charter, "rule": rule["id"]}
        state = rule_state(rule)
        saved(EditRuleForm, state, actions.edit_rule, at, charter=charter, rule=rule["id"])

    charter.refresh_from_db()
    assert charter.rules == rules


@pytest.mark.parametrize("code", pack_codes())
def test_clauses_of_a_pack_are_saved_as_they_were(code):
    clauses = [dict(one) for one in read_charter(code).clauses]
    charter = draft(clauses=clauses)

    for clause in clauses:
        at = {"charter": charter, "clause": clause["id"]}
        kind = KINDS[clause["kind"]]
        saved(EditClauseForm, clause_state(clause), actions.edit_clause, at, kind=kind)

    charter.refresh_from_db()
    assert charter.clauses == clauses


@pytest.mark.parametrize("code", pack_codes())
def test_principles_of_a_pack_are_saved_as_they_were(code):
    charter = draft()
    for quadrant in read_charter(code).quadrants:
        home = QuadrantFactory(charter=charter, code=quadrant.code)
        for one in quadrant.principles:
            words = {"short_title": one.short_title, "opening": one.opening, "text": one.text}
            principle = PrincipleFactory(quadrant=home, code=one.code, **words)
            at = {"principle": principle}
            state = principle_state(principle)

            kept = saved(EditPrincipleForm, state, actions.edit_principle, at, charter=charter)

            assert principle_state(kept) == state
