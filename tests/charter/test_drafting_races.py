"""Two administrators at one draft at the same moment, on real connections.

The twins take the lock away and must go wrong, or the tests beside them would prove nothing.
"""

import pytest

from charter import actions
from charter.actions import drafting_principles, drafting_rules, drafts
from charter.drafting import words_of
from charter.fingerprint import fingerprint
from charter.models import Charter, Principle
from charter.refusals import Stale, Unfit
from tests.charter.drafts import NOW, PRINCIPLE, RULE, administrator_of, draft
from tests.factories.charter import QuadrantFactory
from tests.races import at_once, slowly

pytestmark = pytest.mark.django_db(transaction=True)


def without_the_lock(monkeypatch):
    """The fault that these tests are there to find."""
    monkeypatch.setattr(drafts, "locked_draft", lambda it: Charter.objects.get(pk=it.pk))


def add_one_code_twice(monkeypatch):
    slowly(monkeypatch, drafting_principles, "opening_of")
    charter = draft()
    given = {**PRINCIPLE, "opening": "", "by": administrator_of(charter), "at": NOW}
    homes = QuadrantFactory.create_batch(2, charter=charter)

    def adding(home):
        return lambda: actions.add_principle(quadrant=home, **given)

    return at_once(*(adding(home) for home in homes))


def add_two_rules(monkeypatch):
    slowly(monkeypatch, drafting_rules, "_paired")
    charter = draft()
    given = {**RULE, "charter": charter, "by": administrator_of(charter), "at": NOW}
    at_once(lambda: actions.add_rule(**given), lambda: actions.add_rule(**given))
    charter.refresh_from_db()
    return [one["id"] for one in charter.rules]


def test_of_two_principles_with_one_code_one_is_kept_and_one_refused(monkeypatch):
    came = add_one_code_twice(monkeypatch)

    assert came.count(Unfit) == 1
    assert Principle.objects.count() == 1


def test_without_the_lock_two_principles_would_share_a_code(monkeypatch):
    without_the_lock(monkeypatch)

    add_one_code_twice(monkeypatch)

    assert Principle.objects.count() == 2


def test_two_rules_added_at_once_are_both_kept(monkeypatch):
    assert add_two_rules(monkeypatch) == ["rule", "rule-2"]


def test_without_the_lock_one_rule_would_be_lost(monkeypatch):
    without_the_lock(monkeypatch)

    assert add_two_rules(monkeypatch) == ["rule"]


def test_of_two_saves_drawn_from_one_state_one_is_kept_and_the_other_told():
    charter = draft()
    words = words_of(charter)
    given = {"by": administrator_of(charter), "at": NOW, "seen": fingerprint(words)}

    def saving(title):
        return lambda: actions.edit_words(charter=charter, **{**words, "title": title}, **given)

    came = at_once(saving("One"), saving("Other"))

    assert came.count(Stale) == 1
