"""What the check of a tender's wording finds: in metrics, in questions, in what is left out."""

from dataclasses import asdict
from datetime import date
from decimal import Decimal

import pytest

from charter.pack import read_charter
from charter.proportion import asked_of
from charter.scope import Contract
from metrics.lint import ERROR, WARNING
from metrics.loading import read_pack
from tenders.lint import Ask, Wording, faults_of_tender
from tenders.presenters.checks import named
from tenders.thresholds import threshold_for

PACK = {one.number: asdict(one) for one in read_pack("sslep-2021")[1]}
NELC = read_charter("nelc-2018")
AIMS = [one for one in NELC.clauses if one["kind"] == "spend-aim"]
SUMMER = date(2026, 6, 1)
ENCOURAGED = {
    "id": "wherever",
    "kind": "encouraged",
    "heading": "Wherever possible",
    "document": "Procurement policy",
    "paragraph": "2",
    "text": "Social value is asked for wherever possible.",
}
HELD = {"kind": "held-back", "words": "We are asking.", "source": ""}
SOUND = {
    **PACK[6],
    "number": 99,
    "short_title": "Trees planted",
    "wording": "Trees planted on the estates",
    "target_text": "10 trees for every £1,000 of the contract's value, and in part of that",
    "evidence_text": "Photographs",
    "measure": {"id": "m99", "target": {"kind": "period", "value": "10", "base": "months"}},
    "later_measures": (),
    "bases": (),
    "overlaps": (),
    "geography": "",
    "applies_to": {},
    "flags": (),
    "answered_by": "procurement",
}


def asks(*numbers, **fields):
    """Metrics of the SSLEP paper, asked in its own words."""
    return [
        Ask(PACK[one]["short_title"], PACK[one]["wording"], PACK[one], **fields) for one in numbers
    ]


def check(
    *asked,
    value="1000000",
    on=SUMMER,
    kind="services",
    weight="10",
    clauses=(),
    is_left_out=False,
    aims=(),
):
    wording = Wording(asked, Decimal(weight), is_left_out, aims)
    contract = Contract(Decimal(value), on, kind=kind)
    return faults_of_tender(wording, asked_of(contract, rules=(), clauses=clauses))


def codes(found, severity=None):
    return sorted({one.code for one in found if severity in (None, one.severity)})


def only(found, code):
    [one] = [one for one in found if one.code == code]
    return one


def test_a_tender_that_asks_for_nothing_doubtful_has_no_fault():
    assert check(Ask("Trees", SOUND["wording"], SOUND), Ask("Service", "How will you work?")) == []


def test_only_the_metrics_that_are_asked_are_looked_at():
    found = check(*asks(1, 5))

    assert {number for one in found for number in one.numbers} == {1, 5}


@pytest.mark.parametrize(
    ("numbers", "code"),
    [
        ((1,), "unit-mismatch"),
        ((2,), "legal-minimum"),
        ((1,), "personal-data"),
        ((1,), "local-preference"),
        ((18, 19), "evidence-swapped"),
        ((21, 22), "evidence-copied"),
        ((13, 15), "overlap"),
        ((12,), "measures-authority"),
        ((6,), "target-not-set"),
    ],
)
def test_a_doubt_about_a_metric_that_is_asked_is_a_warning(numbers, code):
    found = [one for one in check(*asks(*numbers)) if one.code == code]

    assert found
    assert {one.severity for one in found} == {WARNING}
    assert all(one.clauses[0]["text"] for one in found)


@pytest.mark.parametrize(("number", "code"), [(3, "text-cut-off"), (7, "evidence-missing")])
def test_a_metric_that_cannot_be_relied_on_is_an_error_to_be_removed(number, code):
    found = only(check(*asks(number)), code)

    assert found.severity == ERROR
    assert found.remedy.startswith("Remove it from this tender, or ask an administrator")


@pytest.mark.parametrize(
    ("number", "code"),
    [(18, "evidence-swapped"), (19, "evidence-swapped"), (21, "evidence-copied")],
)
def test_evidence_noted_as_another_metrics_is_told_where_that_one_is_not_asked(number, code):
    noted = next(one for one in PACK[number]["flags"] if one["kind"] == code)

    found = only(check(*asks(number)), code)

    assert (found.severity, found.words) == (WARNING, noted["words"])
    assert found.clauses[0]["text"] == PACK[number]["evidence_text"]


def test_and_told_once_where_both_are_asked():
    found = [one for one in check(*asks(18, 19)) if one.code == "evidence-swapped"]

    assert sorted(one.numbers for one in found) == [(18,), (19,)]


def test_a_metric_held_back_since_it_was_chosen_is_said_once_with_the_reason():
    metric = {**PACK[3], "flags": [*PACK[3]["flags"], HELD]}

    errors = [one for one in check(Ask("Pay", "?", metric)) if one.severity == ERROR]

    assert [one.code for one in errors] == ["held-back"]
    assert errors[0].words == "It is held back since it was chosen: We are asking."


def test_a_metric_that_only_the_authority_answers_is_not_put_to_bidders():
    found = only(check(*asks(16)), "measures-authority")

    assert PACK[16]["answered_by"] == "policy"
    assert (found.severity, found.numbers) == (ERROR, (16,))


def test_a_metric_scored_by_a_target_that_is_not_set_is_an_error():
    found = only(check(*asks(6, needs_target=True, has_target=False)), "target-needed")

    assert found.severity == ERROR
    assert found.clauses[0]["text"] == "??% of energy usage in ? units"


@pytest.mark.parametrize("needs_target", [True, False])
def test_and_not_where_it_is_marked_or_set(needs_target):
    fields = {"needs_target": needs_target, "has_target": needs_target}

    assert "target-needed" not in codes(check(*asks(6, **fields)))


# The law's threshold ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "kind", "on", "words"),
    [
        ("207719.99", "services", SUMMER, "is below £207,720"),
        ("207720", "services", SUMMER, "reaches £207,720"),
        ("207720", "goods", date(2027, 12, 31), "reaches £207,720"),
        ("5192999.99", "works", date(2026, 1, 1), "is below £5,193,000"),
        ("5193000", "works", SUMMER, "reaches £5,193,000"),
        ("214904", "services", date(2025, 12, 31), "reaches £214,904"),
        ("214903.99", "services", date(2024, 1, 1), "is below £214,904"),
        ("5372609", "works", date(2025, 6, 1), "reaches £5,372,609"),
    ],
)
def test_a_preference_for_one_place_says_on_which_side_of_the_threshold(value, kind, on, words):
    found = only(check(*asks(1), value=value, kind=kind, on=on), "local-preference")

    assert (
        f"The value entered for this contract, without VAT, {words}, the threshold" in found.words
    )
    assert "which counts VAT in." in found.words
    assert ("Add VAT before you rely on that." in found.words) is ("below" in words)
    assert found.remedy == "Take legal advice before it is scored."


@pytest.mark.parametrize(("kind", "is_told"), [("services", True), ("goods", False)])
def test_that_light_touch_services_have_another_threshold_is_said_of_services(kind, is_told):
    words = threshold_for(kind, SUMMER).words

    assert ("light-touch services have another" in words) is is_told


@pytest.mark.parametrize(
    ("kind", "on"),
    [("", SUMMER), ("services", date(2023, 12, 31)), ("services", date(2028, 1, 1))],
)
def test_where_the_threshold_is_not_known_nothing_is_said_of_it(kind, on):
    found = only(check(*asks(1), kind=kind, on=on), "local-preference")

    assert "threshold" not in found.words


def test_another_value_on_the_same_side_leaves_a_reason_standing():
    prints = {
        only(check(*asks(1), value=value), "local-preference").fingerprint
        for value in ("300000", "900000")
    }
    below = only(check(*asks(1), value="100000"), "local-preference").fingerprint

    assert len(prints) == 1
    assert below not in prints


def test_a_threshold_says_whose_it_is_and_from_which_law():
    words = threshold_for("works", SUMMER).words

    assert words == "for works of councils and other local bodies in 2026 and 2027, SI 2025/1200"


# Questions in the officers' own words -------------------------------------------------------


@pytest.mark.parametrize(
    "question",
    [
        "Give the names and home addresses of your employees.",
        "Please list the dates of birth for all apprentices.",
        "State the ethnicity of each member of your staff.",
        "For each apprentice, give age and postcode.",
        "Send the CVs of the people who will do the work.",
        "Provide the National Insurance number of every worker.",
        "What are the disabilities of your trainees?",
    ],
)
def test_a_question_about_single_people_is_a_warning(question):
    found = only(check(Ask("Your people", question)), "personal-data")

    assert (found.severity, found.subject) == (WARNING, "The question “Your people”")
    assert found.clauses[0] == {
        "document": "This tender",
        "paragraph": "Your people",
        "text": question,
    }


@pytest.mark.parametrize(
    "question",
    [
        "How will you run the service?",
        "How many apprentices will you take on?",
        "How will you support disabled people into work?",
        "What do you pay your staff, in bands?",
        "Name the standards that you follow.",
        "How will residents of all ages be heard?",
        "How will you keep every home safe, and who answers at night?",
    ],
)
def test_a_question_that_asks_for_plans_or_counts_is_none(question):
    assert check(Ask("Service", question)) == []


def test_a_question_put_to_a_metric_is_read_too():
    found = only(check(Ask("Trees", "Give the names of your staff.", SOUND)), "personal-data")

    assert (found.subject, found.numbers) == ("Metric 99 Trees planted", (99,))


# What policy aims at ------------------------------------------------------------------------


def test_an_aim_for_a_years_spending_asked_of_one_contract_is_a_warning_with_its_clause():
    ask = Ask(
        "Smaller firms",
        "Will you spend at least 25% with micro, small and medium size businesses, social "
        "enterprises and voluntary organisations?",
    )

    found = only(check(ask, aims=AIMS), "spend-aim")

    assert found.severity == WARNING
    assert found.clauses[1]["text"] == AIMS[0]["text"]
    assert "the Council’s total procurement budget" in found.words


@pytest.mark.parametrize(
    "question",
    [
        "How will you work with small businesses and social enterprises?",
        "Will you spend 30% with micro, small and medium size businesses and social enterprises?",
        "Will 25% of your vehicles be electric?",
    ],
)
def test_and_not_what_a_contract_can_do(question):
    assert check(Ask("Firms", question), aims=AIMS) == []


def test_social_value_left_out_though_policy_asks_for_it_wherever_possible():
    found = only(check(weight="0", clauses=[ENCOURAGED]), "left-out")

    assert (found.severity, found.subject) == (WARNING, "Social value")
    assert [one["text"] for one in found.clauses] == [ENCOURAGED["text"]]


@pytest.mark.parametrize(
    "fields",
    [
        {"weight": "1", "clauses": [ENCOURAGED]},
        {"weight": "0", "clauses": []},
        {"weight": "0", "clauses": [ENCOURAGED], "is_left_out": True},
        {"weight": "0", "clauses": [{**ENCOURAGED, "kind": "required"}]},
        {"weight": "0", "clauses": [{**ENCOURAGED, "when": {"over": "2000000"}}]},
    ],
    ids=["weighed", "not asked", "opted out", "required", "for larger ones"],
)
def test_and_not_where_it_is_weighed_not_asked_or_let_off(fields):
    assert check(**fields) == []


def test_errors_come_first():
    severities = [one.severity for one in check(*asks(1, 3, 5, 7, 16))]

    assert severities == sorted(severities, key=[ERROR, WARNING].index)


def test_every_kind_of_fault_has_a_name():
    found = check(
        *asks(*PACK, needs_target=True, has_target=False),
        Ask("Pay", "?", {**PACK[3], "flags": [HELD]}),
        weight="0",
        clauses=[ENCOURAGED],
    )

    assert {"held-back", "target-needed", "left-out"} <= set(codes(found))
    assert all(named(one) for one in codes(found))
