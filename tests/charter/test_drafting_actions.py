"""Changing the words, fields of action and principles of a draft: what is kept, what refused."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.access import Conflict
from accounts.roles import Role
from charter import actions
from charter.drafting import opening_of, principle_state, quadrant_state, words_of
from charter.fingerprint import fingerprint
from charter.marks import mapping_state
from charter.models import Mapping, Principle, Quadrant
from charter.refusals import Stale
from charter.states import CharterStatus
from records.models import AuditEvent
from tests.charter.drafts import (
    NOW,
    PRINCIPLE,
    WORDS,
    administrator_of,
    draft,
    outcome_of,
    principle_in,
    refusal,
    three_themes,
)
from tests.factories.accounts import AuthorityFactory, person_in
from tests.factories.charter import (
    FrameworkFactory,
    MappingFactory,
    PrincipleFactory,
    QuadrantFactory,
    ThemeFactory,
)
from tests.factories.metrics import MetricFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def charter():
    return draft()


@pytest.fixture
def who(charter):
    return {"by": administrator_of(charter), "at": NOW}


def titles(charter):
    return [one.title for one in charter.quadrants.all()]


def codes(quadrant):
    return [one.code for one in quadrant.principles.all()]


# --- Words -----------------------------------------------------------------------------


def test_words_are_saved_and_leave_one_audit_line(charter, who):
    actions.edit_words(charter=charter, **WORDS, **who)

    charter.refresh_from_db()
    assert {name: getattr(charter, name) for name in WORDS} == WORDS
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor_id, event.target_id, event.details) == (
        "charter.words_edited",
        who["by"].pk,
        str(charter.pk),
        {"title": "Our charter"},
    )


@pytest.mark.parametrize("name", ["title", "place", "source"])
def test_words_that_a_charter_needs_are_asked_for(charter, who, name):
    refusal(name, actions.edit_words, charter=charter, **{**WORDS, name: "  "}, **who)


def test_words_changed_meanwhile_are_not_replaced_unseen(charter, who):
    seen = fingerprint(words_of(charter))
    actions.edit_words(charter=charter, **{**WORDS, "title": "Theirs"}, **who)

    with pytest.raises(Stale) as refused:
        actions.edit_words(charter=charter, **WORDS, **who, seen=seen)

    charter.refresh_from_db()
    assert charter.title == "Theirs"
    assert refused.value.state == words_of(charter)
    assert refused.value.seen == fingerprint(words_of(charter))


def test_words_are_replaced_by_whoever_has_seen_the_change(charter, who):
    actions.edit_words(charter=charter, **{**WORDS, "title": "Theirs"}, **who)
    charter.refresh_from_db()

    actions.edit_words(charter=charter, **WORDS, **who, seen=fingerprint(words_of(charter)))

    charter.refresh_from_db()
    assert charter.title == "Our charter"


# --- Who and when ----------------------------------------------------------------------


def every_action(charter):
    """Each action of this page on a charter that has something of everything."""
    principle = principle_in(charter)
    quadrant = principle.quadrant
    theme = ThemeFactory(number=1)
    mapped = {
        "principle": principle,
        "framework": theme.framework,
        "marks": {f"theme_{theme.pk}": "primary"},
        "effective_from": None,
        "effective_to": None,
        "source": "",
        "reach": "all",
    }
    return [
        (actions.edit_words, {"charter": charter, **WORDS}),
        (actions.add_quadrant, {"charter": charter, "title": "New", "source": ""}),
        (actions.edit_quadrant, {"quadrant": quadrant, "title": "New", "source": ""}),
        (actions.move_quadrant, {"quadrant": quadrant, "way": "up"}),
        (actions.remove_quadrant, {"quadrant": quadrant}),
        (actions.add_principle, {"quadrant": quadrant, **PRINCIPLE}),
        (
            actions.edit_principle,
            {"principle": principle, "quadrant": quadrant.code, **PRINCIPLE},
        ),
        (actions.move_principle, {"principle": principle, "way": "up"}),
        (actions.remove_principle, {"principle": principle}),
        (actions.map_principle, mapped),
    ]


@pytest.mark.parametrize("status", [CharterStatus.PUBLISHED, CharterStatus.SUPERSEDED])
def test_nothing_of_a_version_that_is_out_changes(charter, who, status):
    attempts = every_action(charter)
    charter.status = status
    charter.save()

    for action, given in attempts:
        with pytest.raises(Conflict, match="never changes. Start a new version"):
            action(**given, **who)

    assert AuditEvent.objects.count() == 0


@pytest.mark.parametrize("role", [Role.OFFICER, Role.EVALUATOR, Role.BOARD, Role.CONTRACT_MANAGER])
def test_only_administrators_change_a_draft(charter, role):
    colleague = person_in(charter.authority, role)

    for action, given in every_action(charter):
        with pytest.raises((PermissionDenied, Http404)):
            action(**given, by=colleague, at=NOW)

    assert AuditEvent.objects.count() == 0


def test_an_administrator_of_another_authority_finds_nothing(charter):
    stranger = person_in(AuthorityFactory(), Role.ADMINISTRATOR)

    for action, given in every_action(charter):
        with pytest.raises(Http404):
            action(**given, by=stranger, at=NOW)


# --- Fields of action ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Green and sustainable", "GAS"),
        ("Health, wealth, work, learning and play", "HWWL"),
        ("Work", "W"),
        ("Здоровье", "F"),
    ],
)
def test_a_field_of_action_gets_a_code_from_its_title(charter, who, title, code):
    assert actions.add_quadrant(charter=charter, title=title, source="", **who).code == code


def test_two_fields_of_action_never_share_a_code(charter, who):
    given = [
        actions.add_quadrant(charter=charter, title=title, source="", **who).code
        for title in ("Work", "Wealth", "Waste")
    ]

    assert given == ["W", "W2", "W3"]


def test_fields_of_action_stand_in_the_order_they_were_added(charter, who):
    for title in ("Work", "Green", "Place"):
        actions.add_quadrant(charter=charter, title=title, source="", **who)

    assert titles(charter) == ["Work", "Green", "Place"]


def test_a_field_of_action_is_renamed_and_keeps_its_code(charter, who):
    quadrant = QuadrantFactory(charter=charter, code="ES")

    actions.edit_quadrant(quadrant=quadrant, title=" Skills ", source="Page 2", **who)

    quadrant.refresh_from_db()
    assert (quadrant.title, quadrant.source, quadrant.code) == ("Skills", "Page 2", "ES")


def test_two_fields_of_action_never_share_a_title(charter, who):
    QuadrantFactory(charter=charter, title="Skills")
    other = QuadrantFactory(charter=charter)

    words = refusal(
        "title", actions.add_quadrant, charter=charter, title="SKILLS", source="", **who
    )
    refusal("title", actions.edit_quadrant, quadrant=other, title="skills", source="", **who)

    assert words == "The draft already has “SKILLS”. Choose another title."


def test_a_field_of_action_changed_meanwhile_is_not_replaced_unseen(charter, who):
    quadrant = QuadrantFactory(charter=charter)
    seen = fingerprint(quadrant_state(quadrant))
    actions.edit_quadrant(quadrant=quadrant, title="Theirs", source="", **who)

    with pytest.raises(Stale):
        actions.edit_quadrant(quadrant=quadrant, title="Mine", source="", **who, seen=seen)

    assert titles(charter) == ["Theirs"]


def test_fields_of_action_are_put_into_another_order(charter, who):
    first, second, third = (QuadrantFactory(charter=charter, title=it) for it in "ABC")

    actions.move_quadrant(quadrant=third, way="up", **who)
    actions.move_quadrant(quadrant=first, way="down", **who)

    assert titles(charter) == ["C", "A", "B"]
    assert [one.position for one in charter.quadrants.all()] == [1, 2, 3]


@pytest.mark.parametrize(("way", "end"), [("up", "first"), ("down", "last")])
def test_nothing_moves_past_the_end(charter, who, way, end):
    quadrant = QuadrantFactory(charter=charter, title="Only")

    words = refusal(None, actions.move_quadrant, quadrant=quadrant, way=way, **who)

    assert words == f"“Only” is the {end} already."


def test_an_empty_field_of_action_is_removed(charter, who):
    going, staying = QuadrantFactory.create_batch(2, charter=charter)

    actions.remove_quadrant(quadrant=going, **who)

    assert list(charter.quadrants.all()) == [staying]
    assert charter.quadrants.get().position == 1


def test_a_field_of_action_with_principles_stays_and_says_what_to_do(charter, who):
    quadrant = principle_in(charter, quadrant__title="Skills").quadrant

    words = refusal(None, actions.remove_quadrant, quadrant=quadrant, **who)

    assert "Move each to another field of action or remove it" in words
    assert Quadrant.objects.count() == 1


def test_what_is_gone_is_not_changed(charter, who):
    principle = principle_in(charter)
    quadrant = QuadrantFactory(charter=charter)
    Principle.objects.filter(pk=principle.pk).delete()
    Quadrant.objects.filter(pk=quadrant.pk).delete()

    with pytest.raises(Conflict, match="field of action has been removed"):
        actions.edit_quadrant(quadrant=quadrant, title="New", source="", **who)
    with pytest.raises(Conflict, match="principle has been removed"):
        actions.remove_principle(principle=principle, **who)


# --- Principles ------------------------------------------------------------------------


def test_a_principle_is_added_at_the_end(charter, who):
    quadrant = QuadrantFactory(charter=charter)
    PrincipleFactory(quadrant=quadrant, code="ES9", position=7)

    added = actions.add_principle(quadrant=quadrant, **PRINCIPLE, **who)

    assert codes(quadrant) == ["ES9", "ES1"]
    assert (added.short_title, added.opening, added.rest) == (
        "Local jobs",
        "Creating local jobs",
        ", with higher pay.",
    )
    assert AuditEvent.objects.get().verb == "charter.principle_added"


@pytest.mark.parametrize(
    ("sentence", "opening"),
    [
        ("Creating local jobs, with higher pay.", "Creating local jobs"),
        ("Green energy – minimising waste.", "Green energy"),
        ("Paying a living wage: to all.", "Paying a living wage"),
        ("Caring", "Caring"),
        (
            "Proactively seeking opportunities to work with our local schools and colleges",
            "Proactively seeking opportunities to work with our local",
        ),
        ("x" * 100, "x" * 60),
        ("First line\nsecond line", "First line"),
        (", odd", ", odd"),
    ],
)
def test_opening_words_are_taken_from_the_sentence(sentence, opening):
    assert opening_of(sentence) == opening
    assert sentence.startswith(opening_of(sentence))


def test_an_opening_left_empty_is_taken_from_the_sentence(charter, who):
    quadrant = QuadrantFactory(charter=charter)

    added = actions.add_principle(quadrant=quadrant, **{**PRINCIPLE, "opening": ""}, **who)

    assert added.opening == "Creating local jobs"


def test_an_opening_that_the_sentence_does_not_begin_with_is_refused(charter, who):
    given = {**PRINCIPLE, "opening": "Keeping local jobs"}

    words = refusal(
        "opening", actions.add_principle, quadrant=QuadrantFactory(charter=charter), **given, **who
    )

    assert words.startswith("The sentence does not begin with these words.")


@pytest.mark.parametrize("code", ["es1", "ES1"])
def test_a_code_is_used_once_in_the_whole_charter(charter, who, code):
    principle_in(charter, code="ES1", short_title="Jobs")
    other = principle_in(charter, code="ES2")
    given = {**PRINCIPLE, "code": code}

    words = refusal("code", actions.add_principle, quadrant=other.quadrant, **given, **who)
    refusal(
        "code",
        actions.edit_principle,
        principle=other,
        **{**given, "quadrant": other.quadrant.code},
        **who,
    )

    assert words == "“ES1 Jobs” has this code already. Choose another code."


def test_another_charter_may_use_the_same_code(charter, who):
    principle_in(draft(), code="ES1")

    actions.add_principle(quadrant=QuadrantFactory(charter=charter), **PRINCIPLE, **who)


@pytest.mark.parametrize("code", ["", " ", "ES 1", "ES/1", "<b>", "É1", "-1", "ABCDEFGHIJK"])
def test_a_code_that_cannot_stand_is_refused(charter, who, code):
    quadrant = QuadrantFactory(charter=charter)

    refusal("code", actions.add_principle, quadrant=quadrant, **{**PRINCIPLE, "code": code}, **who)


@pytest.mark.parametrize("name", ["text", "short_title"])
def test_a_principle_has_words(charter, who, name):
    given = {**PRINCIPLE, "opening": "", name: " \n"}

    refusal(name, actions.add_principle, quadrant=QuadrantFactory(charter=charter), **given, **who)


def test_a_principle_keeps_its_own_code_when_changed(charter, who):
    principle = principle_in(charter, code="ES1")

    actions.edit_principle(
        principle=principle, **PRINCIPLE, quadrant=principle.quadrant.code, **who
    )

    principle.refresh_from_db()
    assert principle.text == PRINCIPLE["text"]


def test_a_principle_goes_to_the_end_of_another_field_of_action(charter, who):
    going = principle_in(charter, code="ES1")
    left = PrincipleFactory(quadrant=going.quadrant, code="ES2")
    there = principle_in(charter, code="GS1")

    actions.edit_principle(principle=going, **PRINCIPLE, quadrant=there.quadrant.code, **who)

    assert codes(left.quadrant) == ["ES2"]
    assert codes(there.quadrant) == ["GS1", "ES1"]


def test_a_principle_never_goes_to_another_charter(charter, who):
    principle = principle_in(charter)
    elsewhere = QuadrantFactory(charter=draft(), code="THERE")

    refusal(
        "quadrant",
        actions.edit_principle,
        principle=principle,
        **PRINCIPLE,
        quadrant=elsewhere.code,
        **who,
    )


def test_a_principle_changed_meanwhile_is_not_replaced_unseen(charter, who):
    principle = principle_in(charter)
    given = {"principle": principle, "quadrant": principle.quadrant.code, **who}
    seen = fingerprint(principle_state(principle))
    actions.edit_principle(**{**PRINCIPLE, "short_title": "Theirs"}, **given)

    with pytest.raises(Stale):
        actions.edit_principle(**PRINCIPLE, **given, seen=seen)

    principle.refresh_from_db()
    assert principle.short_title == "Theirs"


def test_principles_are_put_into_another_order(charter, who):
    quadrant = QuadrantFactory(charter=charter)
    first, second = (PrincipleFactory(quadrant=quadrant, code=code) for code in ("A", "B"))

    actions.move_principle(principle=second, way="up", **who)

    assert codes(quadrant) == ["B", "A"]
    refusal(None, actions.move_principle, principle=first, way="down", **who)


def test_a_principle_is_removed_with_what_it_serves(charter, who):
    mapping = MappingFactory(principle=principle_in(charter))

    actions.remove_principle(principle=mapping.principle, **who)

    assert (Principle.objects.count(), Mapping.objects.count()) == (0, 0)
    assert AuditEvent.objects.get().verb == "charter.principle_removed"


def test_a_principle_with_metrics_stays_and_says_what_to_do(charter, who):
    principle = principle_in(charter)
    MetricFactory(charter=charter, principle=principle)

    words = refusal(None, actions.remove_principle, principle=principle, **who)

    assert "Move or remove its metrics first" in words
    assert Principle.objects.get() == principle


# --- What a principle serves -----------------------------------------------------------


DATED = {"effective_from": None, "effective_to": None, "source": "", "reach": "all"}


def chosen(principle):
    return {
        (it.theme.number, it.element and it.element.code): "primary" if it.is_primary else "related"
        for it in principle.mappings.all()
    }


def mark(principle, marks, who, **fields):
    framework = FrameworkFactory()
    state = mapping_state(principle, framework)
    unmarked = {name: value for name, value in state.items() if name not in DATED}
    return actions.map_principle(
        principle=principle,
        framework=framework,
        marks={**unmarked, **marks},
        **{**DATED, **fields},
        **who,
    )


def test_marks_become_what_a_principle_serves(charter, who):
    (first, second, third), outcome = three_themes()
    principle = principle_in(charter)
    MappingFactory(principle=principle, theme=third)

    mark(
        principle,
        {
            f"theme_{first.pk}": "primary",
            f"outcome_{outcome.pk}": "primary",
            f"theme_{second.pk}": "related",
            f"theme_{third.pk}": "none",
        },
        who,
        effective_from=date(2026, 4, 1),
        source="Board, 3 March 2026",
    )

    assert chosen(principle) == {(1, None): "primary", (1, "1"): "primary", (2, None): "related"}
    assert {(it.effective_from, it.source) for it in principle.mappings.all()} == {
        (date(2026, 4, 1), "Board, 3 March 2026")
    }
    event = AuditEvent.objects.get()
    assert event.verb == "charter.principle_mapped"
    assert event.details["marks"] == {
        "1 Theme 1": "primary",
        "Outcome 1: Outcome 1": "primary",
        "2 Theme 2": "related",
    }


def test_at_most_one_theme_comes_first(charter, who):
    (first, second, _), _ = three_themes()
    principle = principle_in(charter)
    names = [f"theme_{theme.pk}" for theme in (first, second)]

    words = refusal(
        names[1], mark, principle=principle, marks=dict.fromkeys(names, "primary"), who=who
    )

    assert words == (
        "Choose at most one primary theme. “1 Theme 1” and “2 Theme 2” are marked primary now."
    )
    assert chosen(principle) == {}


def test_at_most_one_outcome_comes_first(charter, who):
    (first, second, _), outcome = three_themes()
    rival = outcome_of(second, "2")
    names = [f"outcome_{one.pk}" for one in (outcome, rival)]

    refusal(
        names[1],
        mark,
        principle=principle_in(charter),
        marks=dict.fromkeys(names, "primary"),
        who=who,
    )


def test_a_mapping_ends_no_earlier_than_it_begins(charter, who):
    ThemeFactory(number=1)

    refusal(
        "effective_to",
        mark,
        principle=principle_in(charter),
        marks={},
        who=who,
        effective_from=date(2026, 4, 2),
        effective_to=date(2026, 4, 1),
    )


def test_dates_for_what_changes_leave_the_rest_alone(charter, who):
    (first, second, _), _ = three_themes()
    principle = principle_in(charter)
    MappingFactory(principle=principle, theme=first, source="Old")

    mark(principle, {f"theme_{second.pk}": "related"}, who, source="New", reach="changed")

    assert {it.theme.number: it.source for it in principle.mappings.all()} == {1: "Old", 2: "New"}


def test_another_framework_is_left_alone(charter, who):
    goal = ThemeFactory(framework=FrameworkFactory(code="sdg", member="goal"), number=8)
    ThemeFactory(number=1)
    principle = principle_in(charter)
    MappingFactory(principle=principle, theme=goal)

    mark(principle, {}, who)

    assert [it.theme for it in principle.mappings.all()] == [goal]


@pytest.mark.parametrize("marks", [{"theme_999999": "primary"}, {"outcome_0": "none"}])
def test_a_mark_for_what_is_not_offered_is_refused(charter, who, marks):
    ThemeFactory(number=1)

    refusal(None, mark, principle=principle_in(charter), marks=marks, who=who)


def test_marks_changed_meanwhile_are_not_replaced_unseen(charter, who):
    (first, second, _), _ = three_themes()
    principle = principle_in(charter)
    seen = fingerprint(mapping_state(principle, FrameworkFactory()))
    mark(principle, {f"theme_{first.pk}": "primary"}, who)

    with pytest.raises(Stale):
        mark(principle, {f"theme_{second.pk}": "primary"}, {**who, "seen": seen})

    assert chosen(principle) == {(1, None): "primary"}
