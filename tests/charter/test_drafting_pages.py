"""The pages on which a draft charter is changed: bad input is answered by the field and kept."""

import re

import pytest
from django.urls import reverse

from accounts.roles import Role
from charter import actions
from charter.drafting import words_of
from charter.fingerprint import fingerprint
from charter.models import Principle
from charter.states import CharterStatus
from tests.charter.drafts import (
    CLAUSE,
    NOW,
    PRINCIPLE,
    QUOTED,
    RULE,
    WORDS,
    administrator_of,
    draft,
    principle_in,
    three_themes,
)
from tests.factories.accounts import AuthorityFactory, person_in
from tests.factories.charter import MappingFactory, PrincipleFactory, QuadrantFactory, ThemeFactory
from tests.factories.metrics import MetricFactory

pytestmark = pytest.mark.django_db

RULE_TYPED = {**QUOTED, "minimum_percent": "10", "basis": "overall", "contradicts": "", "note": ""}
CLAUSE_TYPED = {**QUOTED, "heading": "Good work", "note": ""}
SPEND_TYPED = {
    **CLAUSE_TYPED,
    "fact_percent": "25%",
    "fact_of": "spending",
    "fact_with": "small firms",
}
FACTS_TYPED = {
    "fact_evidence": "Proof",
    "fact_at_least": "1",
    "fact_price": "70",
    "fact_quality": "15",
    "fact_social_value": "15",
}
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)>"


@pytest.fixture
def charter():
    return draft()


@pytest.fixture
def who(client, charter):
    """An administrator, signed in."""
    person = administrator_of(charter)
    client.force_login(person)
    return {"by": person, "at": NOW}


def at(name, *args):
    return reverse(f"charter:{name}", args=args)


def post(client, name, *args, **typed):
    return client.post(at(name, *args), typed)


def words(response):
    return " ".join(response.content.decode().split())


def errors(response) -> dict:
    return {name: list(said) for name, said in response.context["form"].errors.items()}


def seen_on(response) -> str:
    return re.search(r'name="seen" value="(\w*)"', response.content.decode())[1]


def addresses(charter):
    """Every page of the draft, for one that holds something of everything."""
    charter.rules = [
        {"id": "ten", "clause": QUOTED, "minimum_percent": "10", "basis": "overall"},
    ]
    charter.clauses = [{"id": "aim", "kind": "outcome", "heading": "Work", **QUOTED, "facts": {}}]
    charter.save()
    principle = principle_in(charter)
    code = principle.quadrant.code
    framework = ThemeFactory(number=1).framework
    pages = [
        ("edit",),
        ("edit_words",),
        ("add_quadrant",),
        ("edit_quadrant", code),
        ("remove_quadrant", code),
        ("add_principle", code),
        ("edit_principle", principle.pk),
        ("remove_principle", principle.pk),
        ("serves", principle.pk),
        ("edit_mapping", principle.pk, framework.code),
        ("add_rule",),
        ("edit_rule", "ten"),
        ("remove_rule", "ten"),
        ("choose_kind",),
        ("add_clause", "outcome"),
        ("edit_clause", "aim"),
        ("choose_kind_of", "aim"),
        ("edit_clause_as", "aim", "review"),
        ("remove_clause", "aim"),
    ]
    moves = [("move_quadrant", code, "up"), ("move_principle", principle.pk, "down")]
    return (
        [at(name, charter.pk, *rest) for name, *rest in pages],
        [at(name, charter.pk, *rest) for name, *rest in moves],
    )


# --- Who and when ----------------------------------------------------------------------


def test_an_administrator_opens_every_page_of_a_draft(client, charter, who):
    pages, moves = addresses(charter)

    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)
    assert {move: client.get(move).status_code for move in moves} == dict.fromkeys(moves, 405)


@pytest.mark.parametrize("status", [CharterStatus.PUBLISHED, CharterStatus.SUPERSEDED])
def test_a_version_that_is_out_says_to_start_a_new_one(client, charter, who, status):
    pages, moves = addresses(charter)
    charter.status = status
    charter.save()

    looked = [client.get(page) for page in pages]
    sent = [client.post(page) for page in [*pages, *moves] if page != pages[0]]

    assert {one.status_code for one in looked} == {409}
    assert {one.status_code for one in sent} <= {409, 405}
    assert "Start a new version and change that." in words(looked[0])


@pytest.mark.parametrize("role", [Role.OFFICER, Role.EVALUATOR, Role.APPROVER])
def test_a_colleague_who_was_never_put_to_work_finds_nothing(client, charter, role):
    pages, moves = addresses(charter)
    client.force_login(person_in(charter.authority, role))

    assert {client.get(page).status_code for page in pages} == {404}
    assert {client.post(move).status_code for move in moves} == {404}


def test_the_board_may_not_change_a_draft(client, charter):
    pages, moves = addresses(charter)
    client.force_login(person_in(charter.authority, Role.BOARD))

    assert {client.get(page).status_code for page in pages} == {403}
    assert {client.post(move).status_code for move in moves} == {403}


def test_an_administrator_of_another_authority_finds_nothing(client, charter):
    pages, moves = addresses(charter)
    client.force_login(person_in(AuthorityFactory(), Role.ADMINISTRATOR))

    assert {client.get(page).status_code for page in pages} == {404}
    assert {client.post(one).status_code for one in [*pages[1:], *moves]} <= {404, 405}


def test_visitors_are_asked_to_sign_in(client, charter):
    pages, _ = addresses(charter)

    assert {client.get(page).status_code for page in pages} == {302}


def test_parts_of_another_draft_are_not_found_through_this_one(client, charter, who):
    theirs = principle_in(draft(), quadrant__code="THERE")
    names = [
        ("edit_quadrant", "THERE"),
        ("edit_principle", theirs.pk),
        ("serves", theirs.pk),
        ("edit_rule", "ten"),
        ("edit_clause", "aim"),
        ("remove_clause", "aim"),
        ("add_clause", "rumour"),
    ]

    found = {name: client.get(at(name, charter.pk, *rest)).status_code for name, *rest in names}

    assert set(found.values()) == {404}


def test_a_framework_that_is_not_loaded_is_not_found(client, charter, who):
    principle = principle_in(charter)

    assert client.get(at("edit_mapping", charter.pk, principle.pk, "none")).status_code == 404


# --- The draft on one page -------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_the_draft_needs_no_more_queries_for_more_of_everything(
    client, charter, who, django_assert_num_queries, count
):
    for number in range(count):
        quadrant = QuadrantFactory(charter=charter)
        for _ in range(count):
            principle = PrincipleFactory(quadrant=quadrant)
            for theme in range(1, count + 1):
                MappingFactory(
                    principle=principle, theme=ThemeFactory(number=theme), is_primary=theme == 1
                )
        actions.add_rule(charter=charter, **RULE, **who)
        actions.add_clause(charter=charter, **{**CLAUSE, "heading": f"Aim {number}"}, **who)

    with django_assert_num_queries(9):
        response = client.get(at("edit", charter.pk))

    assert len(response.context["rules"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_what_a_principle_serves_needs_no_more_queries_for_more_themes(
    client, charter, who, django_assert_num_queries, count
):
    principle = principle_in(charter)
    for number in range(1, count + 1):
        MappingFactory(
            principle=principle, theme=ThemeFactory(number=number), is_primary=number == 1
        )
    framework = ThemeFactory(number=1).framework

    with django_assert_num_queries(8):
        client.get(at("serves", charter.pk, principle.pk))
    with django_assert_num_queries(10):
        client.get(at("edit_mapping", charter.pk, principle.pk, framework.code))


def test_an_empty_draft_says_what_will_be_here(client, charter, who):
    printed = words(client.get(at("edit", charter.pk)))

    assert "There is none yet. Add the first, then its principles." in printed
    assert "Add what else the policy says" in printed
    assert "at least 10% of the whole score" in printed


def test_the_draft_leads_to_its_metrics_its_changes_and_its_page(client, charter, who):
    printed = client.get(at("edit", charter.pk)).content.decode()

    for address in (
        reverse("metrics:desk"),
        f"{reverse('metrics:list')}?charter={charter.pk}",
        reverse("metrics:changes", args=[charter.pk]),
        at("detail", charter.pk),
    ):
        assert f'href="{address}"' in printed


def test_the_draft_offers_no_step_past_the_end(client, charter, who):
    quadrant = QuadrantFactory(charter=charter)
    first, last = PrincipleFactory.create_batch(2, quadrant=quadrant)

    printed = client.get(at("edit", charter.pk)).content.decode()

    offered = [
        (one.code, way)
        for one in (first, last)
        for way in ("up", "down")
        if at("move_principle", charter.pk, one.pk, way) in printed
    ]
    assert offered == [(first.code, "down"), (last.code, "up")]
    assert at("move_quadrant", charter.pk, quadrant.code, "up") not in printed


def test_rules_that_contradict_each_other_are_named(client, charter, who):
    actions.add_rule(charter=charter, **RULE, **who)
    actions.add_rule(charter=charter, **{**RULE, "basis": "quality_element"}, **who)

    printed = words(client.get(at("edit", charter.pk)))

    assert "Two rules contradict each other." in printed
    assert "Each tender that both reach records which of them it follows, and why." in printed


@pytest.mark.parametrize(
    ("paragraph", "printed"), [("12", "paragraph 12)"), ("Objectives, 3", "Policy, Objectives, 3)")]
)
def test_a_contradiction_says_where_each_rule_stands(client, charter, who, paragraph, printed):
    placed = {**RULE, "document": "Policy", "paragraph": paragraph}
    for basis in ("overall", "quality_element"):
        actions.add_rule(charter=charter, **{**placed, "basis": basis}, **who)

    assert words(client.get(at("edit", charter.pk))).count(printed) == 2


def test_a_clause_without_a_kind_is_given_one_before_it_is_changed(client, charter, who):
    charter.clauses = [{"id": "old", "heading": "Old", **QUOTED}]
    charter.save()

    response = client.get(at("edit_clause", charter.pk, "old"))

    assert response.url == at("choose_kind_of", charter.pk, "old")
    assert "Kind not chosen yet" in words(client.get(at("edit", charter.pk)))


def test_markup_in_a_draft_is_printed_as_text(client, charter, who):
    charter.title = charter.place = charter.ambition = MARKUP
    charter.save()
    quoted = dict.fromkeys(QUOTED, MARKUP)
    principle = principle_in(
        charter, short_title=MARKUP, text=MARKUP, opening="", quadrant__title=MARKUP
    )
    MappingFactory(principle=principle, theme=ThemeFactory(number=1, title=MARKUP), source=MARKUP)
    rule = actions.add_rule(charter=charter, **{**RULE, **quoted, "note": MARKUP}, **who)
    other = {**RULE, **quoted, "basis": "quality_element", "contradicts": rule["id"]}
    actions.add_rule(charter=charter, **other, **who)
    facts = {"percent": "25", "of": MARKUP, "with": MARKUP}
    clause = {**CLAUSE, **quoted, "kind": "spend-aim", "heading": MARKUP, "facts": facts}
    name = actions.add_clause(charter=charter, **clause, **who)["id"]
    framework = ThemeFactory(number=1).framework.code
    pages = [
        ("edit",),
        ("edit_words",),
        ("edit_quadrant", principle.quadrant.code),
        ("remove_quadrant", principle.quadrant.code),
        ("edit_principle", principle.pk),
        ("remove_principle", principle.pk),
        ("serves", principle.pk),
        ("edit_mapping", principle.pk, framework),
        ("edit_rule", rule["id"]),
        ("edit_clause", name),
        ("remove_clause", name),
    ]

    for page, *rest in pages:
        printed = client.get(at(page, charter.pk, *rest)).content.decode()
        assert "<script>alert" not in printed
        assert "<img src=x" not in printed


# --- Words -----------------------------------------------------------------------------


def test_words_are_saved_and_lead_back_to_the_draft(client, charter, who):
    shown = client.get(at("edit_words", charter.pk))

    response = post(client, "edit_words", charter.pk, **WORDS, seen=seen_on(shown))

    charter.refresh_from_db()
    assert response.url == f"{at('edit', charter.pk)}#words"
    assert charter.title == "Our charter"


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("title", "", "Enter the title"),
        ("title", "x" * 201, "Title must be 200 characters or fewer"),
        ("place", " ", "Enter the place"),
        ("place", "x" * 201, "Place must be 200 characters or fewer"),
        ("source", "", "Enter where its words come from"),
        ("ambition", "x" * 10_001, "Ambition must be 10,000 characters or fewer"),
        ("purpose", "x" * 10_001, "Purpose must be 10,000 characters or fewer"),
        (
            "ambition",
            "a\x00b",
            "Ambition contains characters that cannot be saved. "
            "Paste it as plain text and try again",
        ),
    ],
)
def test_words_that_cannot_stand_are_answered_by_the_field_and_kept(
    client, charter, who, name, typed, said
):
    given = {**WORDS, name: typed, "adoption": "Kept as typed"}

    response = post(client, "edit_words", charter.pk, **given)

    assert errors(response) == {name: [said]}
    assert "Kept as typed" in words(response)


def test_a_state_that_does_not_exist_is_refused(client, charter, who):
    response = post(client, "edit_words", charter.pk, **{**WORDS, "maturity": "ripe"})

    assert list(errors(response)) == ["maturity"]


def test_a_stale_save_shows_both_versions_and_then_may_replace(client, charter, who):
    seen = seen_on(client.get(at("edit_words", charter.pk)))
    theirs = {**WORDS, "title": "Their title", "ambition": "Their ambition"}
    actions.edit_words(charter=charter, **theirs, **who)

    refused = post(client, "edit_words", charter.pk, **WORDS, seen=seen)

    assert refused.context["form"].saved == (
        ("Title", "Their title"),
        ("Ambition", "Their ambition"),
    )
    printed = words(refused)
    assert "Somebody changed this while you were working on it." in printed
    assert "Their ambition" in printed
    assert 'value="Our charter"' in printed
    charter.refresh_from_db()
    assert charter.title == "Their title"
    assert seen_on(refused) == fingerprint(words_of(charter))

    post(client, "edit_words", charter.pk, **WORDS, seen=seen_on(refused))

    charter.refresh_from_db()
    assert charter.title == "Our charter"


def test_a_save_that_does_not_say_what_it_was_drawn_from_is_stale(client, charter, who):
    response = post(client, "edit_words", charter.pk, **WORDS)

    assert "Somebody changed this" in words(response)


# --- Fields of action and principles ---------------------------------------------------


def test_a_field_of_action_is_added_renamed_moved_and_removed(client, charter, who):
    post(client, "add_quadrant", charter.pk, title="Work", source="")
    added = post(client, "add_quadrant", charter.pk, title="Green", source="")
    seen = seen_on(client.get(at("edit_quadrant", charter.pk, "G")))
    post(client, "edit_quadrant", charter.pk, "G", title="Greener", source="", seen=seen)
    post(client, "move_quadrant", charter.pk, "G", "up")
    removed = post(client, "remove_quadrant", charter.pk, "W")

    assert added.url == f"{at('edit', charter.pk)}#quadrant-G"
    assert removed.url == f"{at('edit', charter.pk)}#quadrants"
    assert [one.title for one in charter.quadrants.all()] == ["Greener"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter the title"),
        ("x" * 101, "Title must be 100 characters or fewer"),
        ("Skills", "The draft already has “Skills”. Choose another title."),
    ],
)
def test_a_title_that_cannot_stand_is_answered_by_the_field(client, charter, who, typed, said):
    QuadrantFactory(charter=charter, title="Skills")

    response = post(client, "add_quadrant", charter.pk, title=typed, source="Kept")

    assert errors(response) == {"title": [said]}
    assert "Kept" in words(response)


def test_a_step_past_the_end_is_explained(client, charter, who):
    quadrant = QuadrantFactory(charter=charter, title="Only")

    response = client.post(at("move_quadrant", charter.pk, quadrant.code, "down"), follow=True)

    assert "“Only” is the last already." in words(response)


def test_a_way_that_is_neither_up_nor_down_does_not_exist(client, charter, who):
    principle = principle_in(charter)

    assert post(client, "move_principle", charter.pk, principle.pk, "sideways").status_code == 404


def test_a_field_of_action_with_principles_stays_and_says_why(client, charter, who):
    quadrant = principle_in(charter).quadrant

    response = post(client, "remove_quadrant", charter.pk, quadrant.code)

    assert "still holds principles. Move each to another" in words(response)
    assert charter.quadrants.count() == 1


def test_a_principle_is_added_changed_moved_and_removed(client, charter, who):
    quadrant = QuadrantFactory(charter=charter, code="ES")
    rival = PrincipleFactory(quadrant=quadrant, code="ES2")
    shown = client.get(at("add_principle", charter.pk, "ES"))
    post(client, "add_principle", charter.pk, "ES", **PRINCIPLE)
    added = Principle.objects.get(code="ES1")
    seen = seen_on(client.get(at("edit_principle", charter.pk, added.pk)))
    given = {**PRINCIPLE, "short_title": "Good jobs", "quadrant": "ES", "seen": seen}
    post(client, "edit_principle", charter.pk, added.pk, **given)
    moved = post(client, "move_principle", charter.pk, added.pk, "up")
    post(client, "remove_principle", charter.pk, rival.pk)

    assert 'value="ES1"' in words(shown)
    assert moved.url == f"{at('edit', charter.pk)}#principle-{added.pk}"
    assert [str(one) for one in quadrant.principles.all()] == ["ES1 Good jobs"]


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("code", "", "Enter the code"),
        ("code", "ABCDEFGHIJK", "Code must be 10 characters or fewer"),
        (
            "code",
            "E S",
            "Enter a code of up to 10 letters, numbers, dots and hyphens, for example ES1.",
        ),
        ("code", "gs1", "“GS1 Energy” has this code already. Choose another code."),
        ("short_title", "", "Enter the short title"),
        ("short_title", "x" * 101, "Short title must be 100 characters or fewer"),
        ("text", "", "Enter the whole sentence"),
        ("text", "x" * 10_001, "The whole sentence must be 10,000 characters or fewer"),
        ("opening", "x" * 201, "The words it begins with must be 200 characters or fewer"),
        (
            "opening",
            "Keeping jobs",
            "The sentence does not begin with these words. Copy them from its beginning, "
            "or leave this empty.",
        ),
    ],
)
def test_a_principle_that_cannot_stand_is_answered_by_the_field(
    client, charter, who, name, typed, said
):
    principle_in(charter, code="GS1", short_title="Energy", quadrant__code="GS")
    given = {**PRINCIPLE, "opening": "", name: typed}

    response = post(client, "add_principle", charter.pk, "GS", **given)

    assert errors(response) == {name: [said]}
    assert Principle.objects.count() == 1


def test_a_principle_with_metrics_stays_and_says_why(client, charter, who):
    principle = principle_in(charter)
    MetricFactory(charter=charter, principle=principle)

    response = post(client, "remove_principle", charter.pk, principle.pk)

    assert "Move or remove its metrics first" in words(response)


def test_a_stale_principle_shows_both_versions(client, charter, who):
    principle = principle_in(charter, quadrant__title="Skills")
    home = principle.quadrant
    other = QuadrantFactory(charter=charter, title="Green")
    seen = seen_on(client.get(at("edit_principle", charter.pk, principle.pk)))
    theirs = {"principle": principle, **PRINCIPLE, "quadrant": other.code}
    actions.edit_principle(**theirs, **who)
    given = {**PRINCIPLE, "quadrant": home.code, "seen": seen}

    response = post(client, "edit_principle", charter.pk, principle.pk, **given)

    assert response.context["form"].saved == (("Field of action", "Green"),)


# --- What a principle serves -----------------------------------------------------------


def test_marks_are_saved(client, charter, who):
    (first, second, third), outcome = three_themes()
    principle = principle_in(charter)
    page = ("edit_mapping", charter.pk, principle.pk, first.framework_id)
    seen = seen_on(client.get(at(*page)))
    marks = {
        f"theme_{first.pk}": "primary",
        f"outcome_{outcome.pk}": "related",
        f"theme_{second.pk}": "none",
        f"theme_{third.pk}": "related",
    }
    since = {"effective_from_day": "1", "effective_from_month": "4", "effective_from_year": "2026"}

    response = post(client, *page, **marks, **since, source="Board", reach="all", seen=seen)

    assert response.url == f"{at('edit', charter.pk)}#principle-{principle.pk}"
    assert [(str(it.element or it.theme), it.is_primary) for it in principle.mappings.all()] == [
        ("1 Theme 1", True),
        ("1 Outcome 1", False),
        ("3 Theme 3", False),
    ]


def test_two_primaries_are_answered_by_the_second_and_kept(client, charter, who):
    (first, second, third), outcome = three_themes()
    principle = principle_in(charter)
    page = ("edit_mapping", charter.pk, principle.pk, first.framework_id)
    seen = seen_on(client.get(at(*page)))
    names = [f"theme_{one.pk}" for one in (first, second)]
    rest = {f"theme_{third.pk}": "none", f"outcome_{outcome.pk}": "none"}

    response = post(
        client, *page, **dict.fromkeys(names, "primary"), **rest, reach="all", seen=seen
    )

    assert list(errors(response)) == [names[1]]
    printed = words(response)
    assert printed.count('value="primary" checked') == 2
    assert f'href="#id_{names[1]}"' in printed
    assert f'id="id_{names[1]}"' in printed


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ({"effective_from_day": "1"}, "effective_from"),
        (
            {
                **{"effective_from_day": "2", "effective_from_month": "4"},
                **{"effective_from_year": "2026", "effective_to_day": "1"},
                **{"effective_to_month": "4", "effective_to_year": "2026"},
            },
            "effective_to",
        ),
        ({"reach": "some"}, "reach"),
        ({"source": "x" * 10_001}, "source"),
    ],
)
def test_marks_that_cannot_stand_are_answered_by_the_field(client, charter, who, typed, name):
    theme = ThemeFactory(number=1)
    principle = principle_in(charter)
    page = ("edit_mapping", charter.pk, principle.pk, theme.framework_id)
    given = {f"theme_{theme.pk}": "related", "reach": "all", "seen": seen_on(client.get(at(*page)))}

    response = post(client, *page, **{**given, **typed})

    assert list(errors(response)) == [name]
    assert principle.mappings.count() == 0


def test_a_mark_that_does_not_exist_is_refused(client, charter, who):
    theme = ThemeFactory(number=1)
    principle = principle_in(charter)
    page = ("edit_mapping", charter.pk, principle.pk, theme.framework_id)

    response = post(client, *page, **{f"theme_{theme.pk}": "third", "reach": "all"})

    assert list(errors(response)) == [f"theme_{theme.pk}"]


def test_stale_marks_show_both_versions(client, charter, who):
    theme = ThemeFactory(number=1, title="Work")
    principle = principle_in(charter)
    page = ("edit_mapping", charter.pk, principle.pk, theme.framework_id)
    seen = seen_on(client.get(at(*page)))
    MappingFactory(principle=principle, theme=theme, is_primary=False)

    given = {f"theme_{theme.pk}": "none", "reach": "all", "seen": seen}
    response = post(client, *page, **given)

    assert response.context["form"].saved == (("1 Work", "Related"),)
    assert "What is saved now" in words(response)


def test_the_words_of_an_outcome_that_were_not_checked_say_so(client, charter, who):
    (first, *_), _ = three_themes()
    principle = principle_in(charter)

    printed = words(client.get(at("edit_mapping", charter.pk, principle.pk, first.framework_id)))

    assert "As others report it" in printed


def test_without_a_framework_there_is_nothing_to_serve(client, charter, who):
    printed = words(client.get(at("serves", charter.pk, principle_in(charter).pk)))

    assert "No framework is loaded" in printed


# --- Weighting rules -------------------------------------------------------------------


def test_a_rule_is_added_changed_and_removed(client, charter, who):
    added = post(client, "add_rule", charter.pk, **RULE_TYPED, when_over="£100,000")
    seen = seen_on(client.get(at("edit_rule", charter.pk, "rule")))
    given = {**RULE_TYPED, "minimum_percent": "15%", "seen": seen}
    post(client, "edit_rule", charter.pk, "rule", **given)
    charter.refresh_from_db()
    changed = charter.rules
    post(client, "remove_rule", charter.pk, "rule")

    charter.refresh_from_db()
    assert added.url == f"{at('edit', charter.pk)}#rules"
    assert changed == [
        {"id": "rule", "clause": QUOTED, "minimum_percent": "15", "basis": "overall"}
    ]
    assert charter.rules == []


@pytest.mark.parametrize(
    ("typed", "errors_by_field"),
    [
        (
            {"minimum_percent": ""},
            {"minimum_percent": ["Enter the least that social value must count"]},
        ),
        (
            {"minimum_percent": "101"},
            {"minimum_percent": ["The least that social value must count must be 100% or less"]},
        ),
        (
            {"minimum_percent": "-1"},
            {"minimum_percent": ["The least that social value must count must be 0% or more"]},
        ),
        (
            {"minimum_percent": "ten"},
            {
                "minimum_percent": [
                    "The least that social value must count must be a number, for example 12.5"
                ]
            },
        ),
        ({"basis": ""}, {"basis": ["Choose what this is a share of"]}),
        (
            {"when_over": "lots"},
            {"when_over": ["Value over must be a number, for example 1,250,000 or 1250.50"]},
        ),
        (
            {"when_months_over": "0"},
            {"when_months_over": ["Length over must be 1 or more"]},
        ),
        (
            {"when_months_up_to": "a year"},
            {"when_months_up_to": ["Length up to and including must be a number, for example 14"]},
        ),
        (
            {"when_kinds": "advice"},
            {"when_kinds": ["Kinds of contract: choose one of the answers listed"]},
        ),
        (
            {"when_from_day": "31", "when_from_month": "2", "when_from_year": "2026"},
            {"when_from": ["First day it holds must be a real date, for example 27 3 2027"]},
        ),
        (
            {"when_over": "100000", "when_up_to": "100000"},
            {"when_up_to": ["“Value up to and including” leaves no sum that a contract could"]},
        ),
        (
            {"when_over": "1", "when_at_least": "1"},
            {"when_at_least": ["“Value of at least” stands beside “value over”; keep one of them"]},
        ),
        ({"document": ""}, {"document": ["Enter the document"]}),
        ({"paragraph": " "}, {"paragraph": ["Enter the paragraph"]}),
        ({"text": ""}, {"text": ["Enter the words themselves"]}),
        (
            {"text": "x" * 10_001},
            {"text": ["The words themselves must be 10,000 characters or fewer"]},
        ),
    ],
)
def test_a_rule_that_cannot_stand_is_answered_by_the_field(
    client, charter, who, typed, errors_by_field
):
    given = {**RULE_TYPED, "note": "Kept as typed", **typed}

    response = post(client, "add_rule", charter.pk, **given)

    assert list(errors(response)) == list(errors_by_field)
    printed = words(response)
    assert [one for lines in errors_by_field.values() for one in lines if one not in printed] == []
    assert "Kept as typed" in printed


def test_a_rule_that_contradicts_what_is_not_there_is_refused(client, charter, who):
    response = post(client, "add_rule", charter.pk, **{**RULE_TYPED, "contradicts": "x"})

    assert list(errors(response)) == ["contradicts"]


def test_a_rule_offers_every_other_rule_as_its_contradiction(client, charter, who):
    for paragraph in ("1", "2"):
        actions.add_rule(charter=charter, **{**RULE, "paragraph": paragraph}, **who)

    form = client.get(at("edit_rule", charter.pk, "rule")).context["form"]

    assert form.fields["contradicts"].choices == [
        ("", "No other rule"),
        (
            "rule-2",
            "At least 10% of the whole score, paragraph 2 of Procurement policy 2026",
        ),
    ]


def test_a_stale_rule_shows_both_versions(client, charter, who):
    actions.add_rule(charter=charter, **RULE, **who)
    seen = seen_on(client.get(at("edit_rule", charter.pk, "rule")))
    typed = {**RULE_TYPED, "seen": seen}
    post(
        client,
        "edit_rule",
        charter.pk,
        "rule",
        **{**typed, "minimum_percent": "20", "basis": "quality_element", "when_over": "5"},
        **{"when_until_day": "1", "when_until_month": "4", "when_until_year": "2030"},
        when_kinds=["goods", "works"],
    )

    response = post(client, "edit_rule", charter.pk, "rule", **typed)

    assert response.context["form"].saved == (
        ("The least that social value must count", "20"),
        ("What this is a share of", "The quality element"),
        ("Value over", "5"),
        ("Kinds of contract", "Goods, Works"),
        ("Last day it holds", "1 April 2030"),
    )


# --- Clauses ---------------------------------------------------------------------------


def test_the_kind_of_a_clause_is_chosen_first(client, charter, who):
    chosen = client.get(at("choose_kind", charter.pk), {"kind": "review"})

    assert chosen.url == at("add_clause", charter.pk, "review")


@pytest.mark.parametrize("typed", ["", "rumour", "\x00"])
def test_a_kind_that_does_not_exist_is_refused(client, charter, who, typed):
    response = client.get(at("choose_kind", charter.pk), {"kind": typed})

    assert response.status_code == 200
    assert list(errors(response)) == ["kind"]


def test_a_clause_is_added_changed_and_removed(client, charter, who):
    added = post(client, "add_clause", charter.pk, "spend-aim", **SPEND_TYPED)
    seen = seen_on(client.get(at("edit_clause", charter.pk, "good-work")))
    given = {**SPEND_TYPED, "fact_percent": "30", "seen": seen}
    post(client, "edit_clause", charter.pk, "good-work", **given)
    charter.refresh_from_db()
    changed = charter.clauses
    post(client, "remove_clause", charter.pk, "good-work")

    charter.refresh_from_db()
    assert added.url == f"{at('edit', charter.pk)}#clause-good-work"
    assert [one["facts"] for one in changed] == [
        {"percent": "30", "of": "spending", "with": "small firms"}
    ]
    assert charter.clauses == []


def test_a_clause_is_put_into_another_kind(client, charter, who):
    actions.add_clause(charter=charter, **CLAUSE, **who)
    name = "good-work-for-all"
    chosen = client.get(at("choose_kind_of", charter.pk, name), {"kind": "review"})
    page = client.get(chosen.url)

    client.post(chosen.url, {**CLAUSE_TYPED, "fact_month": "4", "seen": seen_on(page)})

    charter.refresh_from_db()
    assert "Kind of clause: Review." in words(page)
    assert [(one["kind"], one["facts"]) for one in charter.clauses] == [("review", {"month": "4"})]


@pytest.mark.parametrize(
    ("kind", "name", "typed", "said"),
    [
        ("most-metrics", "most", "", "Enter a whole number from 1 to 9,999, such as 6"),
        ("most-metrics", "most", "six", "Enter a whole number from 1 to 9,999, such as 6"),
        ("most-metrics", "most", "0", "Enter a whole number from 1 to 9,999, such as 6"),
        ("most-metrics", "most", "10000", "Enter a whole number from 1 to 9,999, such as 6"),
        ("most-metrics", "most", "1.5", "Enter a whole number from 1 to 9,999, such as 6"),
        ("evidence", "depth", "", "Choose what bidders show"),
        ("evidence", "depth", "rumour", "What bidders show: choose one of the answers listed"),
        ("compulsory", "among", "", "Enter fields of action or principles"),
        ("compulsory", "among", "ES,,SE", "must be codes with commas between them, each once"),
        ("compulsory", "among", "ES1", "and no principle called ES1. Add one first."),
        ("split", "price", "80", "Price, quality and social value total 110%, not 100%."),
        ("spend-aim", "percent", "", "Enter a percentage from 0 to 100, such as 25"),
        ("spend-aim", "percent", "100.5", "Enter a percentage from 0 to 100, such as 25"),
        ("spend-aim", "percent", "1.234", "Enter a percentage from 0 to 100, such as 25"),
        ("spend-aim", "percent", "a quarter", "Enter a percentage from 0 to 100, such as 25"),
        ("spend-aim", "of", "", "Enter of what"),
        ("spend-aim", "with", "x" * 2_001, "Spent with whom must be 2,000 characters or fewer"),
        ("review", "month", "13", "Month of the year: choose one of the answers listed"),
        ("review", "month", "April", "Month of the year: choose one of the answers listed"),
        ("opt-out", "evidence", " ", "Enter what must be shown"),
    ],
)
def test_a_fact_that_cannot_be_read_is_answered_by_the_field(
    client, charter, who, kind, name, typed, said
):
    sound = {**SPEND_TYPED, **FACTS_TYPED, "note": "Kept as typed"}

    response = post(client, "add_clause", charter.pk, kind, **{**sound, f"fact_{name}": typed})

    assert list(errors(response)) == ["fact_social_value" if kind == "split" else f"fact_{name}"]
    printed = words(response)
    assert said in printed
    assert "Kept as typed" in printed
    charter.refresh_from_db()
    assert charter.clauses == []


@pytest.mark.parametrize("name", ["heading", "document", "paragraph", "text"])
def test_a_clause_is_never_without_its_words(client, charter, who, name):
    response = post(client, "add_clause", charter.pk, "outcome", **{**CLAUSE_TYPED, name: " "})

    assert list(errors(response)) == [name]


def test_facts_that_may_be_left_out_are_left_out(client, charter, who):
    post(client, "add_clause", charter.pk, "review", **CLAUSE_TYPED, fact_month="")

    charter.refresh_from_db()
    assert "facts" not in charter.clauses[0]


def test_a_stale_clause_shows_both_versions_and_only_what_differs(client, charter, who):
    post(client, "add_clause", charter.pk, "spend-aim", **SPEND_TYPED)
    typed = {
        **SPEND_TYPED,
        "seen": seen_on(client.get(at("edit_clause", charter.pk, "good-work"))),
    }
    post(client, "edit_clause", charter.pk, "good-work", **{**typed, "fact_of": "their spending"})

    response = post(client, "edit_clause", charter.pk, "good-work", **typed)

    assert response.context["form"].saved == (("Of what", "their spending"),)
