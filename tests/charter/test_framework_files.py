"""The frameworks as they ship, and malformed ones refused with file, entry and reason."""

import shutil
from collections import Counter
from datetime import date

import pytest

from charter.framework_files import FRAMEWORKS, read_framework, read_frameworks
from charter.loading import Malformed
from design.contrast import READABLE, contrast, readable_on

MODEL, LATER, GOALS = "ppn-06-20", "ppn-002", "sdg"


@pytest.fixture
def folder(tmp_path):
    """A copy of the shipped files, to be spoiled."""
    return shutil.copytree(FRAMEWORKS, tmp_path / "frameworks")


def parts(framework, kind):
    return [one for theme in framework.themes for one in theme.elements if one.kind == kind]


def test_four_editions_ship():
    shipped = {one.code: (one.family, one.edition) for one in read_frameworks()}

    assert shipped == {
        "ppn-002": ("social-value-model", "PPN 002"),
        "ppn-026": ("social-value-model", "PPN 026"),
        "ppn-06-20": ("social-value-model", "PPN 06/20"),
        "sdg": ("sustainable-development-goals", ""),
    }


@pytest.mark.parametrize(
    ("code", "themes", "outcomes", "criteria", "metrics"),
    [
        ("ppn-06-20", 5, 8, 25, 32),
        ("ppn-002", 5, 8, 17, 25),
        ("ppn-026", 2, 0, 6, 0),
        ("sdg", 17, 0, 0, 0),
    ],
)
def test_every_tier_is_whole(code, themes, outcomes, criteria, metrics):
    framework = read_framework(code)

    counted = Counter(one.kind for theme in framework.themes for one in theme.elements)
    assert len(framework.themes) == themes
    assert counted == Counter(outcome=outcomes, criterion=criteria, metric=metrics)


@pytest.mark.parametrize(
    ("code", "days"),
    [
        ("ppn-06-20", (date(2021, 1, 1), date(2021, 1, 1), date(2025, 10, 1))),
        ("ppn-002", (date(2025, 2, 24), date(2025, 10, 1), None)),
        ("ppn-026", (date(2027, 1, 1), date(2027, 1, 1), None)),
        ("sdg", (None, None, None)),
    ],
)
def test_each_edition_has_its_days(code, days):
    one = read_framework(code)

    assert (one.applies_from, one.required_from, one.applies_to) == days


def test_ppn_002_is_not_said_to_have_ended():
    one = read_framework("ppn-002")

    assert "PPN 002 was not withdrawn" in one.note
    assert any(
        fact["words"].startswith("PPN 026 neither names nor withdraws it.") for fact in one.facts
    )


def test_only_what_was_checked_is_called_verbatim():
    checked = [
        (framework.code, one.text)
        for framework in read_frameworks()
        for theme in framework.themes
        for one in theme.elements
        if one.standing == "verbatim"
    ]

    assert checked == [
        (MODEL, "Create new businesses, new jobs and new skills"),
        (
            MODEL,
            "Create opportunities for entrepreneurship and help new organisations to grow, "
            "supporting economic growth and business creation",
        ),
    ]


def test_the_criteria_of_the_later_editions_are_as_others_report_them():
    for code in ("ppn-002", "ppn-026"):
        assert {one.standing for one in parts(read_framework(code), "criterion")} == {"reported"}


def test_only_words_that_were_not_checked_go_without_a_source():
    sourceless = {
        one.standing
        for framework in read_frameworks()
        for theme in framework.themes
        for one in theme.elements
        if not one.source
    }

    assert sourceless == {"recalled"}


def test_no_edition_binds_councils_or_local_enterprise_partnerships():
    for code in ("ppn-06-20", "ppn-002", "ppn-026"):
        words = read_framework(code).binds
        assert "ouncils" in words
        assert "local enterprise partnerships" in words
        assert "not bound" in words


def test_the_goals_say_that_the_united_nations_has_no_part_in_this():
    assert read_framework(GOALS).note == (
        "Tenth is not affiliated with or endorsed by the United Nations."
    )


def test_every_goal_has_a_colour_of_its_own():
    colours = [theme.colour for theme in read_framework(GOALS).themes]

    assert len(set(colours)) == 17


@pytest.mark.parametrize("theme", read_framework(GOALS).themes, ids=str)
def test_a_goals_colour_carries_readable_text(theme):
    assert contrast(theme.colour, readable_on(theme.colour)) >= READABLE


def spoil(folder, code, old, new):
    path = folder / f"{code}.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("code", "old", "new", "words"),
    [
        (MODEL, 'code = "ppn-06-20"', 'code = "x"', ': "code" must be the name of its file, '),
        (MODEL, 'family = "social-value-model"\n', "", ': "family" is missing'),
        (MODEL, '"social-value-model"', '"Social Value"', ': "family" must be small letters'),
        (MODEL, "applies_from = 2021-01-01", "applies_from = 2021-01-01T00:00:00Z", "without a"),
        (MODEL, "applies_from = 2021-01-01\n", "", ': another date is given, but "applies_from"'),
        (MODEL, "applies_to = 2025-10-01", "applies_to = 2020-10-01", ": its dates must be in"),
        (MODEL, "applies_to = 2025-10-01", "applies_to = 2021-01-01", ": its dates must be in"),
        (
            MODEL,
            'source = "trowers"',
            'source = "hearsay"',
            ', fact “First published on 24 September 2020. Th”: "source" is "hearsay", '
            "which is not among the sources",
        ),
        (MODEL, 'trowers = "', 'unused = "x"\ntrowers = "', ', sources: "unused" means nothing'),
        (
            MODEL,
            'standing = "verbatim"\nsource = "package"',
            'standing = "verbatim"',
            ', theme 2, outcome 2: "source" is missing',
        ),
        (
            MODEL,
            'standing = "verbatim"',
            'standing = "certain"',
            ', theme 2, outcome 2: "standing" is "certain"; it must be one of verbatim, '
            "reported, recalled",
        ),
        (
            MODEL,
            'kind = "criterion"',
            'kind = "crit"',
            ', theme 1, crit 1.1: "kind" is "crit"; it must be one of outcome, criterion, metric',
        ),
        (
            MODEL,
            'code = "1.2"\nwithin = "1"',
            'code = "1.2"\nwithin = "9"',
            ", theme 1: criterion 1.2 is within 9, which is no outcome",
        ),
        (
            MODEL,
            'kind = "outcome"\ncode = "1"',
            'kind = "outcome"\nwithin = "1"\ncode = "1"',
            ", theme 1, outcome 1: an outcome is not within another part",
        ),
        (
            MODEL,
            'code = "1.2"',
            'code = "1.1"',
            ", theme 1: two parts of the kind criterion are called 1.1",
        ),
        (
            MODEL,
            'code = "1.1"',
            f'code = "{"1" * 21}"',
            f', theme 1, criterion {"1" * 21}: "code" has 21 characters; at most 20 fit',
        ),
        (LATER, 'edition = "PPN 002"', 'editon = "PPN 002"', ': "editon" means nothing here'),
        (LATER, "number = 2", "number = 1", ": two themes are called 1"),
        (GOALS, 'colour = "#E5243B"', 'colour = "red"', ', theme 1: "colour" must look like'),
    ],
)
def test_a_malformed_entry_is_refused_by_name(folder, code, old, new, words):
    spoil(folder, code, old, new)

    with pytest.raises(Malformed) as caught:
        read_framework(code, folder=folder)
    said = str(caught.value)
    assert said.startswith(f"frameworks/{code}.toml")
    assert words in said


def test_a_framework_without_a_theme_is_refused(folder):
    (folder / "empty.toml").write_text(
        'code = "empty"\nfamily = "f"\ntitle = "T"\nmember = "theme"\nsource = "S"\n',
        encoding="utf-8",
    )

    with pytest.raises(Malformed) as caught:
        read_framework("empty", folder=folder)

    assert str(caught.value) == "frameworks/empty.toml: it has no theme"
