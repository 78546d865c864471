"""Malformed charter files are refused with file, entry and reason."""

import re
import shutil
from datetime import date

import pytest

from charter.clauses import DEPTHS, KINDS
from charter.loading import Malformed
from charter.models import Maturity
from charter.pack import DATA, PACKS, pack_codes, read_charter

CHARTER, RULES = "sslep-2021/charter.toml", "sslep-2021/rules.toml"
NELC, NELC_RULES = "nelc-2018/charter.toml", "nelc-2018/rules.toml"
LEICESTER = "leicester-2018/charter.toml"
GOALS = "frameworks/sdg.toml"
NOT_LISTED = (
    f'{CHARTER}, quadrant ES, principle ES1, mappings: "ppn-06-20" is not among '
    'the "frameworks" of the pack'
)
TOO_MANY = f'{CHARTER}: "version" must be a whole number from 1 to 9999'


@pytest.fixture
def data(tmp_path):
    """A copy of the shipped files, to be spoiled."""
    return shutil.copytree(DATA, tmp_path / "data")


def spoil(data, name, old, new):
    path = next(path for path in data.rglob("*.toml") if path.match(name))
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def refusal(data, code="sslep-2021"):
    with pytest.raises(Malformed) as caught:
        read_charter(code, data=data)
    return str(caught.value)


def test_an_unknown_charter_is_refused_with_those_there_are(data):
    with pytest.raises(Malformed) as caught:
        read_charter("../sslep-2021", data=data)

    assert str(caught.value) == (
        'there is no charter "../sslep-2021"; '
        "there are: leicester-2018, nelc-2018, sslep-2021, west-of-england-2024"
    )


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
            CHARTER,
            'code = "ES"',
            'code = "E/S"',
            f'{CHARTER}, quadrant E/S: "code" must be letters, digits, hyphens and underscores',
        ),
        (
            RULES,
            'id = "minimum-weighting"',
            'id = "minimum/weighting"',
            f'{RULES}, rule minimum/weighting: "id" must be letters, digits, hyphens and '
            "underscores",
        ),
        (
            RULES,
            'id = "driver-core"',
            'id = "driver core"',
            f'{RULES}, clause driver core: "id" must be letters, digits, hyphens and underscores',
        ),
        (
            RULES,
            'minimum_percent = "10"',
            'minimum_percent = "100.5"',
            f'{RULES}, rule minimum-weighting: "minimum_percent" must be from 0 to 100',
        ),
        (
            RULES,
            'basis = "overall"',
            'basis = "overall"\nwhen = { from = 2026-04-02, until = 2026-04-01 }',
            f'{RULES}, rule minimum-weighting, when: "until" is before the first day; '
            "choose a later one",
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
            'basis = "overall"\nwhen = { from = 2026-04-01T00:00:00Z }',
            f'{RULES}, rule minimum-weighting, when: "from" must be a date such as 2030-01-01, '
            "without a time",
        ),
        (GOALS, "number = 2", "number = 1", f"{GOALS}: two themes are called 1"),
        (
            CHARTER,
            'maturity = "whole"',
            'maturity = "ripe"',
            f'{CHARTER}: "maturity" is "ripe"; it must be one of whole, principles-only, draft',
        ),
        (
            CHARTER,
            'maturity = "whole"',
            'maturity = "principles-only"',
            f'{CHARTER}: "maturity" is "principles-only", but there is a metrics.toml',
        ),
        (CHARTER, "published = ", "printed = ", f'{CHARTER}: "published" is missing'),
        (
            CHARTER,
            'maturity = "whole"',
            'maturity = "whole"\neffective_from = "2021"',
            f'{CHARTER}: "effective_from" must be a date such as 2030-01-01',
        ),
        (
            CHARTER,
            'frameworks = ["ppn-06-20", "sdg"]',
            'frameworks = ["ppn-06-20", "../sdg"]',
            f'{CHARTER}: "frameworks" names "../sdg"; there are: ppn-002, ppn-026, ppn-06-20, sdg',
        ),
        (
            CHARTER,
            'title = "SSLEP',
            'title = "\\nSSLEP',
            f'{CHARTER}: "title" must be one line',
        ),
        (RULES, 'id = "minimum-weighting"\n', "", f'{RULES}, rule number 1: "id" is missing'),
        (RULES, 'id = "driver-place"\n', "", f'{RULES}, clause number 2: "id" is missing'),
        (
            CHARTER,
            'frameworks = ["ppn-06-20", "sdg"]',
            'frameworks = ["sdg"]',
            NOT_LISTED,
        ),
        (
            CHARTER,
            'frameworks = ["ppn-06-20", "sdg"]',
            "frameworks = []",
            NOT_LISTED,
        ),
        (
            RULES,
            'kind = "use"',
            'kind = "custom"',
            f'{RULES}, clause strategy: "kind" is "custom"; it must be one of {", ".join(KINDS)}',
        ),
        (RULES, 'kind = "use"\n', "", f'{RULES}, clause strategy: "kind" is missing'),
        (
            RULES,
            'paragraph = "6 a"\n',
            "",
            f'{RULES}, clause strategy: "paragraph" is missing',
        ),
        (
            RULES,
            'paragraph = "6 a"\n',
            'paragraph = ""\n',
            f'{RULES}, clause strategy: "paragraph" is empty',
        ),
        (
            RULES,
            'paragraph = "6 a"\n',
            'paragraph = "6 a"\npage = 2\n',
            f'{RULES}, clause strategy: "page" means nothing here',
        ),
        (
            RULES,
            'paragraph = "6 a"\n',
            'paragraph = "6 a"\nfacts = { who = "LEP" }\n',
            f'{RULES}, clause strategy, facts: "who" means nothing here',
        ),
        (
            RULES,
            'basis = "overall"',
            'basis = "overall"\ncontradicts = "another"',
            f'{RULES}: rule minimum-weighting: "contradicts" names "another", '
            "which is no other rule",
        ),
        (
            RULES,
            'basis = "overall"',
            'basis = "overall"\ncontradicts = "minimum-weighting"',
            f'{RULES}: rule minimum-weighting: "contradicts" names "minimum-weighting", '
            "which is no other rule",
        ),
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


def test_a_file_whose_lists_have_no_end_is_refused(data):
    (data / PACKS / RULES).write_text("rule = " + "[" * 9999 + "]" * 9999, encoding="utf-8")

    assert refusal(data) == f"{RULES}: lists or tables stand too deep within each other"


def test_a_file_may_begin_with_the_mark_that_some_editors_write(data):
    path = data / PACKS / CHARTER
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

    assert read_charter("sslep-2021", data=data) == read_charter("sslep-2021")


def test_a_file_that_is_not_text_is_refused(data):
    (data / PACKS / RULES).write_bytes(b"\xff\xfe")

    assert refusal(data) == f"{RULES}: not UTF-8 text (invalid start byte)"


IN_ALL_WAYS = (
    'basis = "overall"\nwhen = { over = "100000", up_to = "350000.50", months_over = "12", '
    'months_up_to = "36", kinds = ["services", "works"], from = 2026-04-01, until = 2027-03-31 }'
)


def test_a_rule_may_say_for_which_contracts_it_is(data):
    spoil(data, RULES, 'basis = "overall"', IN_ALL_WAYS)

    assert read_charter("sslep-2021", data=data).rules[0]["when"] == {
        "over": "100000",
        "up_to": "350000.50",
        "months_over": "12",
        "months_up_to": "36",
        "kinds": ["services", "works"],
        "from": "2026-04-01",
        "until": "2027-03-31",
    }


def test_an_empty_table_of_conditions_is_none(data):
    spoil(data, RULES, 'basis = "overall"', 'basis = "overall"\nwhen = {}')

    assert "when" not in read_charter("sslep-2021", data=data).rules[0]


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ('over = "£5"', '"over" must be a sum in plain digits, such as "100000"'),
        ("over = 5", '"over" must be a text'),
        ('over = "5", at_least = "5"', '"at_least" stands beside “value over”; keep one of them'),
        (
            'up_to = "5", under = "5"',
            '"under" stands beside “value up to and including”; keep one of them',
        ),
        ('over = "5", up_to = "5"', '"up_to" leaves no sum that a contract could have; raise it'),
        ('months_over = "two"', '"months_over" must be a number of months, such as "24"'),
        (
            'months_over = "24", months_up_to = "24"',
            '"months_up_to" leaves no length that a contract could have; raise it',
        ),
        ("kinds = []", '"kinds" is empty'),
        ('kinds = ["advice"]', '"kinds" must list some of goods, services, works, each once'),
        ('kinds = ["works", "works"]', '"kinds" names the same thing twice'),
        ('from = "2026-04-01"', '"from" must be a date such as 2030-01-01'),
        (
            "from = 2026-04-02, until = 2026-04-01",
            '"until" is before the first day; choose a later one',
        ),
        ('sum = "5"', '"sum" means nothing here'),
    ],
)
def test_a_wrong_condition_is_refused_by_name(data, when, words):
    spoil(data, RULES, 'basis = "overall"', f'basis = "overall"\nwhen = {{ {when} }}')
    spoil(data, NELC_RULES, 'when = { up_to = "100000" }', f"when = {{ {when} }}")

    assert refusal(data).endswith(f", when: {words}")
    assert refusal(data, "nelc-2018") == f"{NELC_RULES}, clause encouraged, when: {words}"


def test_what_is_said_of_no_single_contract_is_not_for_some_of_them(data):
    month = 'facts = { month = "4" }'
    spoil(data, NELC_RULES, month, f'{month}\nwhen = {{ over = "5" }}')

    assert refusal(data, "nelc-2018") == (f'{NELC_RULES}, clause review: "when" means nothing here')


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            'facts = { who = "Cabinet" }',
            "facts = { who = 7 }",
            'clause accountable-cabinet, facts: "who" must be a text',
        ),
        (
            'facts = { who = "Cabinet" }\n',
            "",
            'clause accountable-cabinet, facts: "who" is missing',
        ),
        (
            'facts = { who = "Cabinet" }',
            'facts = { who = "Cabinet", over = "350000" }',
            'clause accountable-cabinet, facts: "over" means nothing here',
        ),
        (
            'facts = { percent = "25"',
            'facts = { percent = "125"',
            'clause objective-4, facts: "percent" must be a percentage from 0 to 100, such as "25"',
        ),
        (
            'facts = { month = "4" }',
            'facts = { month = "April" }',
            'clause review, facts: "month" must be a month from "1" to "12"',
        ),
    ],
)
def test_a_wrong_fact_is_refused_by_name(data, old, new, words):
    spoil(data, NELC_RULES, old, new)

    assert refusal(data, "nelc-2018") == f"{NELC_RULES}, {words}"


def with_kind(data, kind, facts):
    """NELC's clause on who is encouraged, said to be of another kind."""
    spoil(data, NELC_RULES, 'kind = "encouraged"', f'kind = "{kind}"\nfacts = {{ {facts} }}')


@pytest.mark.parametrize(
    ("kind", "facts", "kept"),
    [
        ("most-metrics", 'most = "6"', {"most": "6"}),
        ("answer-length", 'words = "500"', {"words": "500"}),
        *[("evidence", f'depth = "{depth}"', {"depth": depth}) for depth, _ in DEPTHS],
        (
            "compulsory",
            'at_least = "1", among = "SC, SE2"',
            {"among": "SC, SE2", "at_least": "1"},
        ),
        (
            "compulsory",
            'at_least = "2", among = "SE", waiver = "the director"',
            {"among": "SE", "at_least": "2", "waiver": "the director"},
        ),
        (
            "split",
            'price = "70", quality = "14.5", social_value = "15.50"',
            {"price": "70", "quality": "14.5", "social_value": "15.50"},
        ),
    ],
)
def test_what_a_contract_is_held_to_is_read(data, kind, facts, kept):
    with_kind(data, kind, facts)

    (clause,) = [
        one for one in read_charter("nelc-2018", data=data).clauses if one["id"] == "encouraged"
    ]

    assert (clause["kind"], clause["facts"]) == (kind, kept)
    assert clause["when"] == {"up_to": "100000"}


CODES_WANTED = '"among" must be codes with commas between them, each once, such as "ES1, ES2"'
NUMBER_WANTED = 'must be a whole number above 0, such as "6"'


@pytest.mark.parametrize(
    ("kind", "facts", "words"),
    [
        ("most-metrics", 'most = "0"', f'"most" {NUMBER_WANTED}'),
        ("most-metrics", 'most = "6.5"', f'"most" {NUMBER_WANTED}'),
        ("most-metrics", 'most = "10000"', f'"most" {NUMBER_WANTED}'),
        ("most-metrics", "most = 6", '"most" must be a text'),
        ("most-metrics", "", '"most" is missing'),
        ("answer-length", 'words = "many"', f'"words" {NUMBER_WANTED}'),
        ("evidence", 'depth = "deep"', '"depth" must be one of statement, records, verified'),
        ("compulsory", 'at_least = "1"', '"among" is missing'),
        ("compulsory", 'at_least = "one", among = "SC"', f'"at_least" {NUMBER_WANTED}'),
        ("compulsory", 'at_least = "1", among = "SC,,SE"', CODES_WANTED),
        ("compulsory", 'at_least = "1", among = "SC, SC"', CODES_WANTED),
        ("compulsory", 'at_least = "1", among = "Stronger people"', CODES_WANTED),
        ("split", 'price = "70", quality = "15"', '"social_value" is missing'),
        (
            "accountability",
            f'who = "{"A" * 2001}"',
            '"who" has 2,001 characters; at most 2,000 fit',
        ),
        (
            "split",
            'price = "70", quality = "15", social_value = "14.99"',
            "price, quality and social value total 99.99%, not 100%",
        ),
        (
            "split",
            'price = "-1", quality = "86", social_value = "15"',
            '"price" must be a percentage from 0 to 100, such as "25"',
        ),
    ],
)
def test_what_a_contract_cannot_be_held_to_is_refused(data, kind, facts, words):
    with_kind(data, kind, facts)

    assert refusal(data, "nelc-2018") == f"{NELC_RULES}, clause encouraged, facts: {words}"


def test_a_clause_names_only_what_its_own_charter_has(data):
    with_kind(data, "compulsory", 'at_least = "1", among = "SC, ES1, XX"')

    assert refusal(data, "nelc-2018").startswith(
        f"{NELC_RULES}, clause encouraged, facts: there is no field of action or principle "
        "ES1, XX; there are: SC, SE, SC1, SC2, "
    )


def test_a_rule_that_is_contradicted_contradicts_too(data):
    spoil(data, NELC_RULES, 'contradicts = "quality-element"\n', "")

    assert refusal(data, "nelc-2018") == (
        f'{NELC_RULES}: rule quality-element: "contradicts" names overall, which must name it too'
    )


def test_a_weighting_rule_without_its_clause_is_refused(data):
    spoil(data, NELC_RULES, "[rule.clause]", "[rule.source]")

    assert refusal(data, "nelc-2018") == f'{NELC_RULES}, rule quality-element: "clause" is missing'


def test_a_pack_has_a_name_that_fits_an_address(data):
    (data / PACKS / "leicester-2018").rename(data / PACKS / "Our policy")
    spoil(data, "Our policy/charter.toml", '"leicester-2018"', '"Our policy"')

    assert refusal(data, "Our policy") == (
        'Our policy/charter.toml: "code" must be at most 60 small letters, digits and hyphens'
    )


def test_only_a_draft_may_leave_its_quadrants_out(data):
    spoil(data, LEICESTER, 'maturity = "draft"', 'maturity = "principles-only"')

    assert refusal(data, "leicester-2018") == (
        f'{LEICESTER}: it has no quadrant; only a "draft" may leave them out'
    )


def test_a_whole_pack_has_metrics(data):
    (data / PACKS / "sslep-2021/metrics.toml").unlink()

    assert refusal(data) == f'{CHARTER}: "maturity" is "whole", but there is no metrics.toml'


def test_where_nothing_is_mapped_no_source_of_a_mapping_is_named(data):
    spoil(data, NELC, 'maturity = "principles-only"', 'maturity = "draft"\nmappings_source = "10"')

    assert refusal(data, "nelc-2018") == f'{NELC}: "mappings_source" means nothing here'


def test_a_principle_may_serve_one_framework_alone_or_none(data):
    spoil(data, CHARTER, "mappings.ppn-06-20 = { primary = 1, related = [2] }\n", "")
    spoil(data, CHARTER, "mappings.sdg = { primary = 8, related = [10] }\n", "")
    spoil(data, CHARTER, "mappings.ppn-06-20 = { primary = 1, related = [2] }\n", "")

    (quadrant, *_) = read_charter("sslep-2021", data=data).quadrants

    assert [{it.framework for it in one.mappings} for one in quadrant.principles] == [
        set(),
        {"sdg"},
        {"ppn-06-20", "sdg"},
    ]


def test_the_packs_that_ship_say_how_much_they_decide():
    decided = {code: read_charter(code).maturity for code in pack_codes()}

    assert decided == {
        "leicester-2018": Maturity.DRAFT,
        "nelc-2018": Maturity.PRINCIPLES_ONLY,
        "sslep-2021": Maturity.WHOLE,
        "west-of-england-2024": Maturity.DRAFT,
    }


@pytest.mark.parametrize("code", pack_codes())
def test_no_pack_carries_a_persons_name_or_address(code):
    texts = {path.name: path.read_text("utf-8") for path in (DATA / PACKS / code).iterdir()}
    told = re.compile(r"@|\bauthor:|report author|lead director|contact details|members:", re.I)

    assert {name: told.findall(text) for name, text in texts.items() if told.search(text)} == {}


@pytest.mark.parametrize("code", pack_codes())
def test_every_clause_names_its_document_and_paragraph(code):
    charter = read_charter(code)

    quoted = [*charter.clauses, *[rule["clause"] for rule in charter.rules]]

    assert all(one["document"] and one["paragraph"] and one["text"] for one in quoted)


OUTCOMES = (
    '"ppn-06-20" = { primary = 1, related = [2], primary_outcome = "1", '
    'related_outcomes = ["2", "3"], from = 2026-04-01, until = 2026-12-31, source = "Board" }'
)
MAPPED = "mappings.ppn-06-20 = { primary = 1, related = [2] }"
LOCAL_JOBS = f"{CHARTER}, quadrant ES, principle ES1, mappings, ppn-06-20"


def test_a_principle_may_serve_outcomes_between_two_days(data):
    spoil(data, CHARTER, MAPPED, f"mappings.{OUTCOMES}")

    mapped = read_charter("sslep-2021", data=data).quadrants[0].principles[0].mappings

    days = (date(2026, 4, 1), date(2026, 12, 31))
    assert [
        (it.number, it.outcome, it.is_primary) for it in mapped if it.framework == "ppn-06-20"
    ] == [(1, "", True), (2, "", False), (1, "1", True), (2, "2", False), (2, "3", False)]
    assert {
        (it.effective_from, it.effective_to, it.source) for it in mapped if it.framework != "sdg"
    } == {(*days, "Board")}
    assert {
        (it.outcome, it.effective_from, it.effective_to, it.source)
        for it in mapped
        if it.framework == "sdg"
    } == {("", None, None, "")}


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('primary_outcome = "1"', 'primary_outcome = "9"', "Social Value Model has no outcome 9"),
        (
            'related_outcomes = ["2", "3"]',
            'related_outcomes = ["1"]',
            "outcome 1 is both primary and related",
        ),
        (
            'related_outcomes = ["2", "3"]',
            'related_outcomes = ["2", "2"]',
            '"related_outcomes" names the same thing twice',
        ),
        ("until = 2026-12-31", "until = 2026-03-31", '"until" is before "from"'),
        ("from = 2026-04-01", 'from = "soon"', '"from" must be a date such as 2030-01-01'),
        ('source = "Board"', 'source = ""', '"source" is empty'),
        ('source = "Board"', 'sauce = "Board"', '"sauce" means nothing here'),
    ],
)
def test_a_malformed_mapping_is_refused_by_name(data, old, new, reason):
    spoil(data, CHARTER, MAPPED, f"mappings.{OUTCOMES}".replace(old, new))

    assert refusal(data) == f"{LOCAL_JOBS}: {reason}"


def test_an_outcome_whose_code_two_themes_share_cannot_be_told_apart(data):
    spoil(
        data,
        "frameworks/ppn-06-20.toml",
        'kind = "outcome"\ncode = "4"',
        'kind = "outcome"\ncode = "1"',
    )
    model = data / "frameworks" / "ppn-06-20.toml"
    model.write_text(model.read_text("utf-8").replace('within = "4"', 'within = "1"'), "utf-8")
    spoil(data, CHARTER, MAPPED, f"mappings.{OUTCOMES}")

    assert refusal(data) == f"{LOCAL_JOBS}: two themes of Social Value Model have an outcome 1"
