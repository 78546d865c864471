"""What a policy asks of any contract: the page for everyone, exact at every limit."""

import shutil
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.roles import Role
from charter import pack
from charter.clauses import DEPTHS, RECORDS, STATEMENT
from charter.models.charters import CharterQuerySet
from metrics.actions import load_charter
from tests.factories.accounts import (
    AuthorityFactory,
    SupplierFactory,
    UserFactory,
    bidder_of,
    person_in,
)
from tests.factories.charter import CharterFactory, ten_percent_overall
from tests.packs import anyford
from tests.pages import Page

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 2, 10, tzinfo=UTC)
RISES = date(2027, 4, 1)
QUOTED = {"document": "The policy", "paragraph": "1", "text": "As it stands."}
BOTH = (
    "At least 10% of the quality element At least 10% of the whole score These contradict each "
    "other: each tender records which it follows"
)
SILENT = {
    "Metrics that must be asked": "None",
    "Metrics at most": "No limit",
    "Length of an answer at most": "No limit",
    "Evidence": "The policy does not say how deep it goes",
}
WISHED = {
    "Is social value required?": "Wherever possible; nothing is required",
    "Minimum weighting, and of what": "None",
    **SILENT,
    "Accountable": "The policy names nobody",
    "Opt-out approved by": "Not needed: nothing is required",
}
LEADERSHIP = {
    "Is social value required?": "Required",
    "Minimum weighting, and of what": BOTH,
    **SILENT,
    "Accountable": "Leadership Team",
    "Opt-out approved by": "Leadership Team, being accountable: the policy names nobody for it",
}
CABINET = {
    **LEADERSHIP,
    "Accountable": "Cabinet",
    "Opt-out approved by": "Cabinet, being accountable: the policy names nobody for it",
}


def address(charter):
    return reverse("charter:asks", args=[charter.pk])


def asked(client, charter, value="", **more):
    """The page as a browser would ask for it."""
    query = {"value": value, "on_day": "1", "on_month": "6", "on_year": "2026", **more}
    return Page(client.get(address(charter), query))


def answered(client, charter, value, **more):
    """Each question with what is printed beside it, nothing unfolded."""
    return asked(client, charter, value, **more).lists[0]


def because(page, heading):
    """What stands behind the "Why?" of a clause."""
    folded = page.html.split(f'visually-hidden"> {heading}</span>')[1].split("</details>")[0]
    return " ".join(folded.split())


def loaded(code, **given):
    charter, _ = load_charter(code=code, authority=AuthorityFactory(), by=None, at=AT, **given)
    return charter


@pytest.fixture
def nelc():
    return loaded("nelc-2018")


@pytest.fixture
def any_ford(tmp_path):
    return loaded("anyford", data=anyford(tmp_path, rises=RISES))


def with_clause(kind, facts=None, **when):
    clause = {"id": kind, "kind": kind, "heading": f"On {kind}", **QUOTED}
    clause |= ({"facts": facts} if facts else {}) | ({"when": when} if when else {})
    return CharterFactory(clauses=[clause])


# --- Exact at every limit --------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("0.01", WISHED),
        ("100000.00", WISHED),
        ("100,000", WISHED),
        ("£100,000.00", WISHED),
        ("100000.01", LEADERSHIP),
        ("350000.00", LEADERSHIP),
        ("350000.01", CABINET),
        ("999999999999", CABINET),
    ],
)
def test_the_answer_turns_at_the_penny(client, nelc, value, expected):
    assert answered(client, nelc, value) == expected


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("100000.01", "because the value, £100,000.01, is over £100,000."),
        ("350000.00", "because the value, £350,000, is over £100,000."),
    ],
)
def test_the_reason_is_told_to_the_penny(client, nelc, value, reason):
    told = because(asked(client, nelc, value), "Required over £100,000")

    assert reason in told
    assert "As a minimum, all procurements over £100,000 will be required to" in told
    assert "Delivery and Reporting, 1, first sentence" in told
    assert "The policy does not say whether the sum includes VAT." in told


def test_what_does_not_count_says_why(client, nelc):
    at, over = asked(client, nelc, "100000").text, asked(client, nelc, "350000.01").text

    assert "Social value: Required: it must be part of the scoring" in at
    assert "The value, £100,000, is not over £100,000." in at
    assert "The value, £350,000.01, is over £100,000." in over
    assert "Who is accountable: Leadership Team" in over
    assert "“Cabinet” speaks of it instead." in over


def test_what_else_the_policy_says_is_told_apart(client, nelc):
    page = asked(client, nelc, "100000.01")
    besides = page.html.split("What else it says of such a contract</h4>")[1].split("<h4")[0]

    assert besides.count("<details") == 8
    assert "Expectation: Health and safety" in besides
    assert "Publication: As part of formal awarding of contracts" in besides


def test_the_table_has_a_column_for_each_band_and_names_its_day(client, nelc):
    caption, rows = asked(client, nelc, "1", on_day="31", on_month="3", on_year="2027").tables[0]

    assert caption == "By value, where the procurement begins on 31 March 2027"
    assert rows[0] == [
        "Question",
        "Up to and including £100,000",
        "Over £100,000, up to and including £350,000",
        "Over £350,000",
    ]
    assert [row[0] for row in rows[1:]] == list(WISHED)
    assert rows[1][1:] == [
        "Wherever possible; nothing is required The clause: Delivery and Reporting, 1, second "
        "sentence",
        "Required The clause: Delivery and Reporting, 1, first sentence",
        "Required The clause: Delivery and Reporting, 1, first sentence",
    ]
    assert [row[-1] for row in rows[-2:]] == [
        "Cabinet The clause: Governance",
        "Cabinet, being accountable: the policy names nobody for it The clause: Governance",
    ]


def test_a_phone_reads_the_same_band_after_band(client, nelc):
    page = asked(client, nelc)
    _, rows = page.tables[0]
    bands = page.lists

    assert len(bands) == 3
    for at, band in enumerate(bands, 1):
        assert band == {row[0]: row[at] for row in rows[1:]}


def test_contradicting_rules_stand_side_by_side(client, nelc):
    page = asked(client, nelc, "100000.01")
    pair = page.html.split('class="charter-weightings"')[1]

    assert page.html.count('class="charter-weightings"') == 1
    assert "Each tender records which it follows, and why" in page.text
    assert (
        "Where the quality element is 60% of the score, the first comes to 6% of the whole score "
        "and the second to 10%."
    ) in page.text
    assert "At least 10% of the quality element, for contracts over £100,000" in pair
    assert "At least 10% of the whole score, for contracts over £100,000" in pair
    assert "ensure a minimum 10% of the quality element" in pair
    assert "a minimum 10% of the overall evaluation score" in pair


def test_contradictions_stand_below_the_table_where_they_do_not_reach_the_contract(client, nelc):
    page = asked(client, nelc, "100000")

    assert page.html.index('id="bands"') < page.html.index('id="contradictions"')
    assert "contradict" not in " ".join(page.lists[0].values())


def test_a_policy_without_contradictions_shows_none(client):
    assert "contradict" not in asked(client, CharterFactory(), "1").html


# --- Every kind of clause --------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (
            "25000.00",
            {
                "Is social value required?": "Wherever possible; nothing is required",
                "Minimum weighting, and of what": "None",
                "Metrics that must be asked": "None",
                "Length of an answer at most": "Answers of at most 200 words",
                "Evidence": dict(DEPTHS)[STATEMENT],
            },
        ),
        (
            "25000.01",
            {
                "Is social value required?": "Required",
                "Minimum weighting, and of what": "At least 10% of the whole score Price 70%, "
                "quality 15%, social value 15%",
                "Metrics that must be asked": "None",
                "Length of an answer at most": "Answers of at most 200 words",
                "Evidence": dict(DEPTHS)[STATEMENT],
            },
        ),
        (
            "75000.01",
            {
                "Is social value required?": "Required",
                "Minimum weighting, and of what": "At least 10% of the whole score Price 70%, "
                "quality 15%, social value 15%",
                "Metrics that must be asked": "At least 1 metric of EM must be asked; "
                "The Head of Procurement may waive it in writing",
                "Length of an answer at most": "No limit",
                "Evidence": dict(DEPTHS)[RECORDS],
            },
        ),
    ],
)
def test_a_policy_nobody_had_in_mind_is_told_too(client, any_ford, value, expected):
    told = answered(client, any_ford, value)

    assert {label: told[label] for label in expected} == expected
    assert told["Metrics at most"] == "At most 6 metrics"
    assert told["Opt-out approved by"] == (
        "Not needed: nothing is required" if value == "25000.00" else "The policy has no opt-out"
    )


def test_the_day_decides_and_a_contradiction_arises_with_it(client, any_ford):
    before = answered(client, any_ford, "30000", on_day="31", on_month="3", on_year="2027")
    after = asked(client, any_ford, "30000", on_day="1", on_month="4", on_year="2027")
    weighting = "Minimum weighting, and of what"

    assert before[weighting].startswith("At least 10% of the whole score Price 70%")
    assert after.lists[0][weighting].startswith("At least 20% of the whole score Price 70%")
    assert "contradict" not in before[weighting]
    assert after.lists[0][weighting].endswith("each tender records which it follows")
    assert "The procurement begins on 1 April 2027, after 31 March 2027." in after.text


def test_an_approver_who_is_named_for_it_goes_before_whoever_is_accountable(client):
    charter = with_clause("opt-out", {"evidence": "that it was tried", "approval": "The Mayor"})

    assert answered(client, charter, "1")["Opt-out approved by"] == "The Mayor"


def test_where_nobody_is_named_the_page_says_so(client):
    charter = with_clause("opt-out", {"evidence": "that it was tried"})

    assert answered(client, charter, "1")["Opt-out approved by"] == "The policy names nobody"


def test_what_hangs_on_the_kind_is_told_as_such_until_it_is_known(client):
    charter = with_clause("most-metrics", {"most": "4"}, kinds=["services", "works"])
    unsaid = asked(client, charter, "1")

    assert unsaid.lists[0]["Metrics at most"] == (
        "For services or works: at most 4 metrics Otherwise: no limit"
    )
    assert "What cannot be told yet" in unsaid.text
    assert "Whether it is for services or works is not known." in unsaid.text
    assert answered(client, charter, "1", kind="works")["Metrics at most"] == "At most 4 metrics"
    assert answered(client, charter, "1", kind="goods")["Metrics at most"] == "No limit"


def test_what_hangs_on_the_length_is_told_to_the_month(client):
    charter = with_clause("required", months_over="24")
    charter.rules = [{**ten_percent_overall(), "minimum_percent": "0"}]
    charter.save()
    question = "Is social value required?"

    assert answered(client, charter, "1")[question] == (
        "For contracts longer than 24 months: required Otherwise: not asked for"
    )
    assert answered(client, charter, "1", months="24")[question] == "Not asked for"
    assert answered(client, charter, "1", months="25")[question] == "Required"


def test_the_table_follows_length_and_kind_where_they_are_given(client):
    charter = with_clause("most-metrics", {"most": "4"}, kinds=["works"])
    caption, rows = asked(client, charter, "1", months="1", kind="works").tables[0]

    assert caption == "By value, where the procurement begins on 1 June 2026, 1 month, for works"
    assert ["Metrics at most", "At most 4 metrics The clause: 1"] in rows


def test_a_charter_without_a_weighting_rule_is_held_to_that_of_tenth(client):
    page = asked(client, CharterFactory(rules=[]), "1")

    assert page.lists[0]["Minimum weighting, and of what"] == "At least 10% of the whole score"
    assert "Tenth, rule where a charter has none" in page.text
    assert not [href for href, _ in page.links if "#rule-default-10" in href]


# --- From the pack to the page, with no code --------------------------------------------


def changed_pack(folder, *changes):
    """North East Lincolnshire's files with other words in them."""
    shutil.copytree(pack.DATA / "packs" / "nelc-2018", folder / "packs" / "nelc-2018")
    (folder / "frameworks").mkdir()
    rules = folder / "packs" / "nelc-2018" / "rules.toml"
    text = rules.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    rules.write_text(text, encoding="utf-8")
    return folder


def test_a_rule_changed_in_a_pack_changes_answer_reason_and_page(client, nelc, tmp_path):
    other = loaded(
        "nelc-2018",
        data=changed_pack(
            tmp_path,
            ('when = { over = "100000" }', 'when = { over = "80000" }'),
            (
                'minimum_percent = "10"\nbasis = "overall"',
                'minimum_percent = "15"\nbasis = "overall"',
            ),
            ('who = "Leadership Team"', 'who = "Chief Executive"'),
        ),
    )
    before, after = asked(client, nelc, "80000.01"), asked(client, other, "80000.01")

    assert before.lists[0]["Is social value required?"] == "Wherever possible; nothing is required"
    assert after.lists[0]["Is social value required?"] == "Required"
    assert "At least 15% of the whole score" in after.lists[0]["Minimum weighting, and of what"]
    assert after.lists[0]["Accountable"] == "Chief Executive"
    assert "because the value, £80,000.01, is over £80,000." in because(
        after, "Required over £100,000"
    )
    assert "Over £80,000, up to and including £100,000" in after.tables[0][1][0]
    assert "£80,000" not in before.tables[0][1][0]


# --- What is asked, and what cannot be read ----------------------------------------------


def test_nothing_is_answered_before_anything_is_asked(client, nelc):
    page = Page(client.get(address(nelc)))

    assert "answer" not in page.ids
    assert "There is a problem" not in page.text
    assert len(page.tables[0][1][0]) == 4


def test_today_stands_in_for_a_day_that_the_address_does_not_give(client, nelc):
    page = Page(client.get(address(nelc), {"value": "100000.01"}))

    assert page.lists[0]["Accountable"] == "Leadership Team"


BAD = [
    ({"value": ""}, "Enter the contract value"),
    ({"value": "lots"}, "Contract value must be a number"),
    ({"value": "0"}, "Contract value must be £0.01 or more"),
    ({"value": "-5"}, "Contract value must be £0.01 or more"),
    ({"value": "100000.001"}, "Contract value must be in pounds and whole pence"),
    ({"value": "1000000000000"}, "Contract value must be £999,999,999,999 or less"),
    ({"months": "0"}, "Length of the contract must be 1 or more"),
    ({"months": "2.5"}, "Length of the contract must be a whole number"),
    ({"months": "1000"}, "Length of the contract must be 999 or less"),
    ({"on_day": "31", "on_month": "2"}, "Day the procurement begins must be a real date"),
    ({"on_day": "", "on_month": "", "on_year": ""}, "Enter the day the procurement begins"),
    ({"kind": "theft"}, "What is bought"),
]


@pytest.mark.parametrize(("entered", "words"), BAD, ids=[words for _, words in BAD])
def test_bad_input_is_answered_beside_its_field_and_kept(client, nelc, entered, words):
    page = asked(client, nelc, **{"value": "350000.01", **entered})

    assert "answer" not in page.ids
    assert "There is a problem" in page.text
    assert words in page.html.split('class="asks-form"')[1].split("</form>")[0]
    for typed in entered.values():
        assert not typed or f'value="{typed}"' in page.html or typed == "theft"
    assert len(page.tables[0][1][0]) == 4


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "\x00",
        "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
        "１００",
        "9" * 5000,
        "1e999999",
        "NaN",
        "' OR 1=1 --",
    ],
)
@pytest.mark.parametrize("field", ["value", "months", "kind", "on_day", "on_month", "on_year"])
def test_hostile_strings_do_nothing(client, nelc, field, hostile):
    page = asked(client, nelc, **{"value": "100000.01", field: hostile})

    assert "answer" not in page.ids
    assert "<script>alert" not in page.html


# --- Whom it is for ------------------------------------------------------------------------


def everyone(charter):
    return {
        "a visitor": None,
        "a bidder": bidder_of(SupplierFactory()),
        "another authority": person_in(AuthorityFactory(), Role.ADMINISTRATOR),
        **{
            role.value: person_in(charter.authority, role)
            for role in (Role.OFFICER, Role.EVALUATOR, Role.BOARD, Role.ADMINISTRATOR)
        },
        "whoever runs the site": UserFactory(is_superuser=True),
    }


def seen_by(client, charter):
    """Who is shown the page, by what they are told."""
    found = {}
    for name, person in everyone(charter).items():
        client.logout()
        if person:
            client.force_login(person)
        found[name] = client.get(address(charter), {"value": "1"}).status_code
    return found


@pytest.mark.parametrize("fields", [{}, {"superseded": True}])
def test_everyone_reads_what_is_or_was_in_force(client, fields):
    assert set(seen_by(client, CharterFactory(**fields)).values()) == {200}


OUTSIDE = {"a visitor", "a bidder", "another authority", "whoever runs the site"}


def test_a_draft_is_for_the_people_of_its_authority(client):
    found = seen_by(client, CharterFactory(draft=True))

    assert {name for name, status in found.items() if status == 404} == OUTSIDE
    assert {name for name, status in found.items() if status == 200} == set(found) - OUTSIDE


def test_the_twin_finds_a_draft_shown_to_strangers(client, monkeypatch):
    monkeypatch.setattr(CharterQuerySet, "visible_to", lambda self, user: self.all())

    assert set(seen_by(client, CharterFactory(draft=True)).values()) == {200}


def test_it_is_only_looked_at(client, nelc):
    assert client.post(address(nelc), {"value": "1"}).status_code == 405


# --- Its links ------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["nelc-2018", "sslep-2021", "leicester-2018"])
def test_every_clause_leads_to_its_place_on_the_policys_page(client, code):
    charter = loaded(code)
    if charter.status == "draft":
        charter.status, charter.published_at = "published", AT
        charter.save()
    policy = reverse("charter:detail", args=[charter.pk])
    places = set(Page(client.get(policy)).ids)
    pages = [asked(client, charter, value) for value in ("100000", "100000.01", "350000.01")]
    led_to = {href for page in pages for href, _ in page.links if href.startswith(f"{policy}#")}

    assert {href.partition("#")[2] for href in led_to} <= places
    assert led_to


def test_the_twin_finds_a_clause_without_a_place(client, nelc):
    policy = reverse("charter:detail", args=[nelc.pk])
    places = set(Page(client.get(policy)).ids)

    assert {"rule-overall", "rule-quality-element", "clause-required", "clause-opt-out"} <= places
    assert "rule-default-10" not in places


def test_no_place_is_named_twice(client, nelc):
    for page in (asked(client, nelc, "100000.01"), Page(client.get(address(nelc)))):
        assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize("name", ["charter:detail", "charter:mapping", "charter:asks"])
def test_the_page_is_a_tab_of_its_charter(client, nelc, name):
    page = Page(client.get(reverse(name, args=[nelc.pk])))

    assert (address(nelc), "What it asks of a contract") in page.links


@pytest.mark.parametrize("count", [1, 3])
def test_it_asks_as_often_for_any_number_of_rules(client, django_assert_num_queries, count):
    rules = [{**ten_percent_overall(), "id": f"r{at}"} for at in range(count)]
    clauses = [
        {
            "id": f"c{at}",
            "kind": "accountability",
            "heading": "Who",
            **QUOTED,
            "facts": {"who": f"Body {at}"},
            "when": {"over": str(Decimal(at) * 1000)},
        }
        for at in range(count)
    ]
    charter = CharterFactory(rules=rules, clauses=clauses)

    with django_assert_num_queries(2):
        page = asked(client, charter, "2000.01")

    assert page.lists[0]["Accountable"] == f"Body {count - 1}"


# --- Before a policy is adopted --------------------------------------------------------------


def test_a_pack_shows_the_same_table_before_it_is_adopted(client, nelc):
    ours = Page(client.get(address(nelc)))
    pack_page = Page(client.get(reverse("metrics:pack", args=["nelc-2018"])))
    caption, rows = next(one for one in pack_page.tables if one[0].startswith("By value"))

    assert caption == ours.tables[0][0]
    assert rows == [[cell.replace("The clause: ", "") for cell in row] for row in ours.tables[0][1]]
