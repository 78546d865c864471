"""What differs between two versions: nothing in a copy, and each change said once."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charter.actions.versions import OWN_TO_A_VERSION
from charter.models import Charter, Mapping, Principle, Quadrant
from charter.presenters.differences import ADDED, CHANGED, REMOVED, Item, compare, marked, text
from metrics import actions
from metrics.models import FlagKind, Metric, MetricFlag
from metrics.presenters.changes import compare_versions
from tests.factories.accounts import AuthorityFactory
from tests.factories.charter import (
    MappingFactory,
    PrincipleFactory,
    QuadrantFactory,
    ThemeFactory,
)
from tests.factories.metrics import MetricFactory, MetricFlagFactory
from tests.metrics.lives import (
    CLAUSE,
    NOW,
    administrator_of,
    decision,
    principles_of,
    whole_charter,
)

WORDS = st.text("abc ", max_size=4)
ITEMS = st.dictionaries(
    st.text("xyz", min_size=1, max_size=2),
    st.builds(
        Item,
        name=WORDS,
        fields=st.fixed_dictionaries({"Title": WORDS.map(text), "Words": WORDS.map(text)}),
        group=st.sampled_from(["left", "right"]),
        group_name=st.just("a group"),
    ),
    max_size=5,
)


TEXTS = st.text("ab \n", max_size=30)


@given(TEXTS, TEXTS)
def test_marking_two_texts_loses_no_word_of_either(before, after):
    first, second = marked(before, after)

    assert "".join(piece.words for piece in first) == before
    assert "".join(piece.words for piece in second) == after


@given(TEXTS)
def test_the_same_text_twice_has_nothing_marked(told):
    first, second = marked(told, told)

    assert [piece for piece in (*first, *second) if piece.is_own] == []


def test_only_the_words_that_differ_are_marked():
    first, second = marked("At least 36 hours a year", "At least 40 hours a year")

    assert [piece.words for piece in first if piece.is_own] == ["36 "]
    assert [piece.words for piece in second if piece.is_own] == ["40 "]


@pytest.mark.parametrize(
    ("before", "after"), [("One thing", "Quite another"), ("a " * 1001, "a " * 1000)]
)
def test_texts_without_likeness_or_too_long_are_not_marked(before, after):
    first, second = marked(before, after)

    assert [(one.words, one.is_own) for one in (*first, *second)] == [
        (before, False),
        (after, False),
    ]


@given(ITEMS)
def test_the_same_twice_differs_in_nothing(items):
    assert compare(items, dict(items), order_of="parts") == ()


@given(ITEMS, ITEMS)
def test_what_comes_one_way_goes_the_other(before, after):
    there, back = compare(before, after), compare(after, before)

    def keys(changes, kind):
        return {change.key for change in changes if change.kind == kind}

    assert keys(there, ADDED) == keys(back, REMOVED) == set(after) - set(before)
    assert keys(there, REMOVED) == keys(back, ADDED) == set(before) - set(after)
    assert keys(there, CHANGED) == keys(back, CHANGED)


@given(ITEMS.filter(bool), st.data())
def test_one_field_changed_is_one_change_of_one_field(before, data):
    key = data.draw(st.sampled_from(sorted(before)))
    label = data.draw(st.sampled_from(["Title", "Words"]))
    item = before[key]
    changed = Item(
        item.name, {**item.fields, label: text("something else")}, item.group, item.group_name
    )

    (change,) = compare(before, {**before, key: changed}, order_of="parts")

    assert (change.kind, change.key) == (CHANGED, key)
    ((found),) = change.differences
    assert (found.label, found.after) == (label, "something else")


@given(ITEMS, st.randoms(use_true_random=False))
def test_another_order_is_no_change_of_the_parts(before, random):
    keys = list(before)
    random.shuffle(keys)

    changes = compare(before, {key: before[key] for key in keys}, order_of="parts")

    assert {change.name for change in changes} <= {"Order of the parts under a group"}
    groups = {one.group for one in before.values()}
    moved = {
        group
        for group in groups
        if [k for k in before if before[k].group == group]
        != [k for k in keys if before[k].group == group]
    }
    assert len(changes) == len(moved)


def test_parts_that_come_or_go_are_no_change_of_order():
    first, second, third = [Item(name, {}) for name in "abc"]
    before = {"a": first, "b": second}

    changes = compare(before, {"c": third, "a": first, "b": second}, order_of="parts")

    assert [(change.kind, change.name) for change in changes] == [(ADDED, "c")]


@pytest.fixture
def versions(db):
    """A version in force, and a copy of it to be changed."""
    charter = whole_charter()
    draft = actions.start_new_version(
        charter=charter, reason="The review.", by=administrator_of(charter.authority), at=NOW
    )
    return charter, draft


def told(versions):
    """Each change in a line: section, part, field, before, after."""
    comparison = compare_versions(*versions)
    return [
        (section.title, change.kind, one.label, one.before, one.after)
        for section in comparison.sections
        for change in section.changes
        for one in change.differences
    ]


def test_a_copy_differs_from_its_origin_in_nothing(versions):
    comparison = compare_versions(*versions)

    assert comparison.is_empty
    assert comparison.counts == {"added": 0, "removed": 0, "changed": 0}


@pytest.mark.parametrize("code", ["sslep-2021", "nelc-2018"])
@pytest.mark.django_db
def test_a_copy_of_a_shipped_policy_differs_in_nothing(code):
    authority = AuthorityFactory()
    doing = {"by": administrator_of(authority), "at": NOW}
    charter = actions.adopt_pack(
        code=code,
        authority=authority,
        in_force=True,
        decision=decision(),
        reason="Read by the board.",
        **doing,
    )

    draft = actions.start_new_version(charter=charter, reason="The review.", **doing)

    assert compare_versions(charter, draft).is_empty


CHARTER = {
    "title": ("Another title", "Title", "Another title"),
    "place": ("Elsewhere", "Place", "Elsewhere"),
    "ambition": ("To prosper.", "Ambition", "To prosper."),
    "purpose": ("To guide.", "Purpose", "To guide."),
    "adoption": ("In May.", "What the papers say of its adoption", "In May."),
    "source": ("A paper", "Where it comes from", "A paper"),
    "mappings_source": ("Paragraph 10", "Where the mapping comes from", "Paragraph 10"),
    "maturity": ("draft", "How much it decides", "Draft"),
}
# What no reader of a version needs to be told again.
NOT_SHOWN_OF_A_CHARTER = OWN_TO_A_VERSION | {"authority", "code", "pack", "pack_version"}


@pytest.mark.parametrize(("field", "change"), CHARTER.items(), ids=CHARTER)
def test_each_change_of_the_charters_words_is_said_once(versions, field, change):
    value, label, words = change
    Charter.objects.filter(pk=versions[1].pk).update(**{field: value})

    ((section, kind, shown, _, after),) = told(versions)

    assert (section, kind, shown, after) == ("The charter", "changed", label, words)


METRIC = {
    "number": (9, "Number", "9"),
    "short_title": ("Other", "Short title", "Other"),
    "wording": ("Number of days", "Metric as printed", "Number of days"),
    "answered_by": ("policy", "Who answers", "The authority's own policy"),
    "target_text": ("At least 40", "Target as printed", "At least 40"),
    "evidence_text": ("", "Evidence", "Nothing"),
    "unit": ("days", "Unit", "days"),
    "source": ("Paragraph 17", "Where it comes from", "Paragraph 17"),
    "measure": (
        {"id": "m1", "target": {"kind": "absolute", "value": "40"}},
        "Target",
        "At least 40 hours.",
    ),
    "later_measures": (
        [
            {
                "from": "2030-01-01",
                "measure": {"id": "m1", "target": {"kind": "absolute", "value": "50"}},
            }
        ],
        "Later targets",
        "From 1 January 2030: At least 50 hours.",
    ),
    "quantities": (
        [{"id": "m1", "label": "Hours given", "unit": "hours"}],
        "Numbers asked for",
        "Hours given (hours)",
    ),
    "bases": (
        [{"id": "homes", "label": "New homes", "unit": "homes", "stated_by": "authority"}],
        "What targets are worked out from",
        "New homes (homes), given by the authority",
    ),
    "geography": ("Anytown", "Where it counts", "Anytown"),
    "geography_definition": ("The borough", "What that place is", "The borough"),
    "applies_to": (
        {"words": "large companies", "who": "counted", "at_least": "50", "unit": "employees"},
        "Whom it is about",
        "large companies",
    ),
    "track_record": (
        {"label": "Hours last year", "unit": "hours", "months": 12},
        "What was done before",
        "Hours last year (hours, over 12 months)",
    ),
}
NOT_SHOWN_OF_A_METRIC = {"id", "charter", "principle", "target_owner", "lineage", "revision"}


@pytest.mark.parametrize(("field", "change"), METRIC.items(), ids=METRIC)
def test_each_change_of_a_metric_is_said_once_and_in_words(versions, field, change):
    value, label, words = change
    metric = versions[1].metrics.get(number=1)
    Metric.objects.filter(pk=metric.pk).update(**{field: value})

    ((section, kind, shown, before, after),) = told(versions)

    assert (section, kind, shown, after) == ("Metrics", "changed", label, words)
    assert before != after


@pytest.mark.parametrize(
    ("model", "shown", "left_out"),
    [
        (Charter, {*CHARTER, "rules", "clauses"}, NOT_SHOWN_OF_A_CHARTER),
        (Metric, set(METRIC), NOT_SHOWN_OF_A_METRIC),
        (Quadrant, {"code", "title", "source", "position"}, {"id", "charter"}),
        (
            Principle,
            {"code", "short_title", "opening", "text", "position", "quadrant"},
            {"id"},
        ),
        (
            Mapping,
            {"theme", "element", "is_primary", "effective_from", "effective_to", "source"},
            {"id", "principle"},
        ),
        (MetricFlag, {"kind", "words", "source"}, {"id", "metric", "position"}),
    ],
    ids=lambda it: it.__name__ if isinstance(it, type) else "",
)
def test_no_column_is_forgotten(model, shown, left_out):
    columns = {field.name for field in model._meta.concrete_fields}

    assert columns - set(left_out) == shown


def principle(versions, code="ES1"):
    return Principle.objects.get(quadrant__charter=versions[1], code=code)


@pytest.mark.parametrize(
    ("field", "value", "label"),
    [
        ("short_title", "Good jobs", "Short title"),
        ("opening", "Creating", "Words that open it"),
        ("text", "Creating work.", "Sentence"),
    ],
)
def test_each_change_of_a_principle_is_said_once(versions, field, value, label):
    Principle.objects.filter(pk=principle(versions).pk).update(**{field: value})

    ((section, kind, shown, _, after),) = told(versions)

    assert (section, kind, shown, after) == ("Principles", "changed", label, value)


def test_a_principle_in_another_quadrant_is_one_change(versions):
    green = versions[1].quadrants.get(code="GS")
    Principle.objects.filter(pk=principle(versions, "ES2").pk).update(quadrant=green)

    ((section, kind, label, _, after),) = told(versions)

    assert (section, kind, label, after) == (
        "Principles",
        "changed",
        "Field of action",
        green.title,
    )


def test_principles_in_another_order_are_one_change(versions):
    Principle.objects.filter(pk=principle(versions, "ES1").pk).update(position=9999)

    ((section, kind, label, before, after),) = told(versions)

    assert (section, kind, label) == ("Principles", "changed", "Order")
    assert (before, after) == ("ES1 Jobs\nES2 Skills", "ES2 Skills\nES1 Jobs")


@pytest.mark.parametrize(
    ("field", "label"), [("title", "Title"), ("source", "Where it comes from")]
)
def test_each_change_of_a_quadrant_is_said_once(versions, field, label):
    versions[1].quadrants.filter(code="ES").update(**{field: "Something else"})

    ((section, kind, shown, _, after),) = told(versions)

    assert (section, kind, shown, after) == ("Fields of action", "changed", label, "Something else")


def test_quadrants_in_another_order_are_one_change_and_their_principles_none(versions):
    versions[1].quadrants.filter(code="ES").update(position=9999)

    assert [line[:3] for line in told(versions)] == [("Fields of action", "changed", "Order")]


@pytest.mark.parametrize(
    ("field", "value", "label", "words"),
    [
        ("is_primary", False, "How", "Related"),
        ("effective_from", date(2026, 4, 1), "From", "1 April 2026"),
        ("effective_to", date(2027, 3, 31), "Until", "31 March 2027"),
        ("source", "Paragraph 10", "Where it comes from", "Paragraph 10"),
    ],
)
def test_each_change_of_what_a_principle_serves_is_said_once(versions, field, value, label, words):
    Mapping.objects.filter(principle=principle(versions)).update(**{field: value})

    ((section, kind, shown, _, after),) = told(versions)

    assert (section, kind, shown, after) == ("What the principles serve", "changed", label, words)


@pytest.mark.parametrize(
    ("change", "label", "words"),
    [
        ({"minimum_percent": "12.5"}, "At least", "12.5%"),
        ({"basis": "quality_element"}, "Of what", "the quality element"),
        ({"when": {"over": "100000"}}, "For which contracts", "For contracts over £100,000"),
        ({"when": {"from": "2027-04-01"}}, "For which contracts", "From 1 April 2027"),
        ({"note": "Read so."}, "Note", "Read so."),
        ({"something_new": "Said."}, "Something new", "Said."),
        (
            {"clause": {"document": "Procurement policy", "paragraph": "9", "text": "Less."}},
            "Words",
            "Less.",
        ),
    ],
)
def test_each_change_of_a_weighting_rule_is_said_once(versions, change, label, words):
    rule = versions[1].rules[0]
    Charter.objects.filter(pk=versions[1].pk).update(rules=[{**rule, **change}])

    ((section, kind, shown, _, after),) = told(versions)

    assert (section, kind, shown, after) == ("Weighting rules", "changed", label, words)


@pytest.mark.parametrize(
    ("change", "label", "words"),
    [
        ({"heading": "Each April"}, "Heading", "Each April"),
        ({"document": "Annex"}, "Document", "Annex"),
        ({"paragraph": "13"}, "Paragraph", "13"),
        ({"text": "It is reviewed."}, "Words", "It is reviewed."),
        ({"note": "By whom is not said."}, "Note", "By whom is not said."),
        ({"facts": {"month": "5"}}, "Month of the year, 1 to 12", "May"),
    ],
)
def test_each_change_of_a_clause_is_said_once(versions, change, label, words):
    changed = [{**CLAUSE, **change}, versions[1].clauses[1]]
    Charter.objects.filter(pk=versions[1].pk).update(clauses=changed)

    ((section, kind, shown, _, after),) = told(versions)

    assert (section, kind, shown, after) == ("Clauses", "changed", label, words)


def test_clauses_in_another_order_are_one_change(versions):
    Charter.objects.filter(pk=versions[1].pk).update(clauses=versions[1].clauses[::-1])

    assert [line[:3] for line in told(versions)] == [("Clauses", "changed", "Order")]


def test_a_metric_under_another_principle_is_one_change(versions):
    metric = versions[1].metrics.get(number=1)
    Metric.objects.filter(pk=metric.pk).update(principle=principle(versions, "ES2"))

    assert told(versions) == [("Metrics", "changed", "Principle", "ES1 Jobs", "ES2 Skills")]


def test_an_overlap_taken_away_is_said_by_both_metrics(versions):
    versions[1].metrics.get(number=2).overlaps.clear()

    assert [line[2:] for line in told(versions)] == [
        ("May be counted twice with", f"Metric {versions[0].metrics.get(number=3)}", "Nothing"),
        ("May be counted twice with", f"Metric {versions[0].metrics.get(number=2)}", "Nothing"),
    ]


def test_a_new_number_of_a_metric_says_nothing_of_those_that_overlap_with_it(versions):
    versions[1].metrics.filter(number=3).update(number=30)

    assert [line[2:] for line in told(versions)] == [("Number", "3", "30")]


def test_a_note_changed_added_or_taken_away_is_said_once(versions):
    flags = MetricFlag.objects.filter(metric=versions[1].metrics.get(number=1))
    flags.update(words="Read with care.")
    MetricFlagFactory(metric=versions[1].metrics.get(number=2), kind=FlagKind.ROUNDING, words="Up?")
    MetricFlag.objects.filter(metric=versions[1].metrics.get(number=3)).delete()

    assert [line[2:] for line in told(versions)] == [
        ("Note: Several targets in one", "The target joins two periods.", "Read with care."),
        ("Note: Rounding not stated", "Nothing", "Up?"),
        ("Note: Target not set", "The target joins two periods.", "Nothing"),
    ]


def test_only_the_source_of_a_note_changed_is_told_apart(versions):
    flags = MetricFlag.objects.filter(metric=versions[1].metrics.get(number=1))
    flags.update(source="Paragraph 18")

    ((_, _, _, before, after),) = told(versions)

    assert before == "The target joins two periods. (Board paper, paragraph 17)"
    assert after == "The target joins two periods. (Paragraph 18)"


def test_two_notes_of_one_kind_are_both_told(versions):
    MetricFlagFactory(metric=versions[1].metrics.get(number=1), position=2, words="And another.")

    assert [line[2:] for line in told(versions)] == [
        ("Note: Several targets in one (2)", "Nothing", "And another.")
    ]


def test_two_targets_that_read_alike_are_told_apart(versions):
    metric = versions[1].metrics.get(number=1)
    metric.measure = {"id": "other", "target": {"kind": "absolute", "value": "36"}}
    metric.save()

    ((_, _, label, before, after),) = told(versions)

    assert label == "Target"
    assert (before, after) == (
        "At least 36 hours. (m1 at 1)",
        "At least 36 hours. (other at 1)",
    )


@pytest.mark.parametrize("spelt", ["36.0", "036"])
def test_another_spelling_of_the_same_number_is_no_change(versions, spelt):
    metric = versions[1].metrics.get(number=1)
    metric.measure["target"]["value"] = spelt
    metric.save()

    assert told(versions) == []


def test_a_metric_added_or_removed_is_told_whole(versions):
    draft = versions[1]
    draft.metrics.get(number=1).delete()
    MetricFactory(charter=draft, principle=principle(versions), number=8, short_title="New")

    (section,) = compare_versions(*versions).sections

    assert [(one.kind, one.name.split()[1]) for one in section.changes] == [
        ("removed", "1"),
        ("added", "8"),
    ]
    gone, come = section.changes
    assert ("Target", "At least 36 hours.", "") in [
        (one.label, one.before, one.after) for one in gone.differences
    ]
    assert ("Short title", "", "New") in [
        (one.label, one.before, one.after) for one in come.differences
    ]


def test_quadrants_principles_and_mappings_come_and_go(versions):
    draft = versions[1]
    new = PrincipleFactory(quadrant=QuadrantFactory(charter=draft, code="CL"), code="CL1")
    MappingFactory(principle=new, theme=ThemeFactory(number=5))
    principle(versions, "ES2").delete()

    comparison = compare_versions(*versions)

    assert [
        (section.title, change.kind)
        for section in comparison.sections
        for change in section.changes
    ] == [
        ("Fields of action", "added"),
        ("Principles", "removed"),
        ("Principles", "added"),
        ("What the principles serve", "added"),
    ]
    assert comparison.counts == {"added": 3, "removed": 1, "changed": 0}


@pytest.mark.parametrize("count", [1, 3])
def test_comparing_needs_no_more_queries_for_more_metrics(
    versions, django_assert_num_queries, count
):
    charter = versions[0]
    for number in range(10, 10 + count):
        MetricFactory(charter=charter, principle=principles_of(charter)[0], number=number)

    with django_assert_num_queries(20):
        compare_versions(*versions)
