"""Malformed charter files are refused with file, entry and reason."""

import shutil

import pytest

from charter.loading import Malformed
from charter.pack import DATA, PACKS, read_charter

CHARTER, RULES = "sslep-2021/charter.toml", "sslep-2021/rules.toml"
GOALS = "frameworks/sdg.toml"
TOO_MANY = f'{CHARTER}: "version" must be a whole number from 1 to 9999'


@pytest.fixture
def data(tmp_path):
    """A copy of the shipped files, to be spoiled."""
    return shutil.copytree(DATA, tmp_path / "data")


def spoil(data, name, old, new):
    path = next(data.rglob(name))
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def refusal(data):
    with pytest.raises(Malformed) as caught:
        read_charter("sslep-2021", data=data)
    return str(caught.value)


def test_an_unknown_charter_is_refused_with_those_there_are(data):
    with pytest.raises(Malformed) as caught:
        read_charter("../sslep-2021", data=data)

    assert str(caught.value) == 'there is no charter "../sslep-2021"; there are: sslep-2021'


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        (CHARTER, 'title = "SSLEP', 'titel = "SSLEP', f'{CHARTER}: "title" is missing'),
        (
            CHARTER,
            "version = 2",
            "version = 0",
            f'{CHARTER}: "version" must be a whole number from 1 to 9999',
        ),
        (
            CHARTER,
            "version = 2",
            "version = true",
            f'{CHARTER}: "version" must be a whole number from 1 to 9999',
        ),
        (CHARTER, "version = 2", 'version = "1"', f'{CHARTER}: "version" must be a whole number'),
        (
            CHARTER,
            'code = "sslep-2021"',
            'code = "other"',
            f'{CHARTER}: "code" must be the name of its folder, sslep-2021',
        ),
        (
            CHARTER,
            'short_title = "Local jobs"',
            'short_title = " "',
            f'{CHARTER}, quadrant ES, principle ES1: "short_title" is empty',
        ),
        (
            CHARTER,
            'opening = "Green energy"',
            'opening = "Blue energy"',
            f'{CHARTER}, quadrant GS, principle GS1: "text" does not begin with "opening"',
        ),
        (
            CHARTER,
            'code = "ES2"',
            'code = "ES1"',
            f"{CHARTER}: two principles are called ES1",
        ),
        (
            CHARTER,
            "mappings.sdg = { primary = 8, related = [10] }",
            "mappings.sdg = { primary = 18, related = [10] }",
            f"{CHARTER}, quadrant ES, principle ES1, mappings, sdg: "
            "Sustainable Development Goals has no goal 18",
        ),
        (
            CHARTER,
            "mappings.sdg = { primary = 8, related = [10] }",
            "mappings.sdg = { primary = 8, related = [8] }",
            f"{CHARTER}, quadrant ES, principle ES1, mappings, sdg: "
            "goal 8 is both primary and related",
        ),
        (
            CHARTER,
            "mappings.sdg = { primary = 8, related = [10] }",
            "mappings.sdg = { primary = 8, related = [10, 10] }",
            f"{CHARTER}, quadrant ES, principle ES1, mappings, sdg: "
            '"related" names the same thing twice',
        ),
        (
            CHARTER,
            'opening = "Protecting',
            'colour = "red"\nopening = "Protecting',
            f'{CHARTER}, quadrant ES, principle ES1: "colour" means nothing here',
        ),
        (
            RULES,
            'basis = "overall"',
            'basis = "all"',
            f'{RULES}, rule minimum-weighting: "basis" is "all"; '
            "it must be one of overall, quality_element",
        ),
        (
            RULES,
            'minimum_percent = "10"',
            'minimum_percent = "1e1"',
            f'{RULES}, rule minimum-weighting: "minimum_percent" must be a text of plain '
            'digits, such as "12.5"',
        ),
        (
            RULES,
            'id = "five-cases"',
            'id = "standard"',
            f"{RULES}: two clauses are called standard",
        ),
        (
            GOALS,
            'colour = "#E5243B"',
            'colour = "red"',
            f'{GOALS}, theme 1: "colour" must look like #1A2B3C',
        ),
        (
            CHARTER,
            'code = "ES2"',
            'code = "ES2 and more"',
            f'{CHARTER}, quadrant ES, principle ES2 and more: "code" has 12 characters; '
            "at most 10 fit",
        ),
        (
            CHARTER,
            'title = "SSLEP',
            'title = "\\u0000SSLEP',
            f'{CHARTER}: "title" holds a NUL character',
        ),
        (CHARTER, "version = 2", "version = 20000", TOO_MANY),
        (
            RULES,
            'basis = "overall"',
            'basis = "overall"\nfrom = 2026-04-01T00:00:00Z',
            f'{RULES}, rule minimum-weighting: "from" must be a date such as 2030-01-01, '
            "without a time",
        ),
        (GOALS, "number = 2", "number = 1", f"{GOALS}: two themes are called 1"),
    ],
)
def test_a_malformed_entry_is_refused_by_name(data, name, old, new, words):
    spoil(data, name, old, new)

    assert refusal(data) == words


def test_a_missing_file_is_refused(data):
    (data / PACKS / RULES).unlink()

    assert refusal(data) == f"{RULES}: there is no such file"


def test_a_file_that_is_not_toml_is_refused(data):
    (data / PACKS / RULES).write_text("[[rule", encoding="utf-8")

    assert refusal(data).startswith(f"{RULES}: not TOML: ")


def test_a_file_that_is_not_text_is_refused(data):
    (data / PACKS / RULES).write_bytes(b"\xff\xfe")

    assert refusal(data) == f"{RULES}: not UTF-8 text (invalid start byte)"


def test_a_rule_may_say_when_and_above_what_value_it_applies(data):
    spoil(
        data,
        RULES,
        'basis = "overall"',
        'basis = "overall"\napplies_over = "100000"\nfrom = 2026-04-01\nuntil = 2027-03-31',
    )

    rule = read_charter("sslep-2021", data=data).rules[0]

    assert {key: rule[key] for key in ("applies_over", "from", "until")} == {
        "applies_over": "100000",
        "from": "2026-04-01",
        "until": "2027-03-31",
    }
