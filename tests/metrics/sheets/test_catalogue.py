"""Rows become metrics; whatever is wrong is told with its row and column, all at once."""

from time import monotonic

import pytest

from metrics.parts import ANY
from metrics.sheets.catalogue import Known, read_metrics
from metrics.sheets.problems import Problem, Problems, Unsound
from metrics.sheets.rows import read_table
from tests.factories.sheets import comma_file, metric_cells, metric_rows, saved, workbook_of

KNOWN = Known(principles={"P1": "P1", "P2": "P2"}, held={})
PEOPLE = "People employed on the contract; people; bidder"


def read(*rows, known=KNOWN, without=()):
    table = read_table(
        comma_file(metric_rows(*rows, without=without)), sheet="Metrics", most_rows=1000
    )
    return read_metrics(table, known)


def problems(*rows, known=KNOWN, without=()):
    with pytest.raises(Unsound) as refusal:
        read(*rows, known=known, without=without)
    return [str(one) for one in refusal.value.problems.in_order]


def problem(known=KNOWN, **cells):
    (only,) = problems(metric_cells(**cells), known=known)
    return only


def held_by(*contents):
    """What a draft holds that took these in."""
    held = {one["number"]: {**one, "flags": []} for one in contents}
    return Known(principles=KNOWN.principles, held=held)


def test_a_row_is_a_metric():
    assert read(metric_cells()) == [
        {
            "number": 1,
            "principle": "P1",
            "short_title": "School visits",
            "wording": "Number of hours given to schools",
            "answered_by": "procurement",
            "target_text": "At least 36 hours",
            "evidence_text": "Testimonials from schools",
            "source": "",
            "geography": "",
            "geography_definition": "",
            "applies_to": {},
            "track_record": {},
            "overlaps": [],
            "measure": {"id": "m1", "target": {"kind": "absolute", "value": "36"}},
            "later_measures": [],
            "quantities": [{"id": "m1", "label": "Hours planned", "unit": "hours"}],
            "bases": [],
            "unit": "hours",
        }
    ]


def test_a_share_names_its_base_in_one_cell():
    (metric,) = read(
        metric_cells(
            part1__unit="People",
            part1__kind="a share of something",
            part1__amount="90%",
            part1__base=PEOPLE,
        )
    )

    base = {
        "id": "people_employed_on_the_contract",
        "label": "People employed on the contract",
        "unit": "people",
        "stated_by": "bidder",
    }
    assert metric["bases"] == [base]
    assert metric["measure"]["target"] == {"kind": "share", "percent": "90", "base": base["id"]}


def test_a_ratio_says_per_how_many_with_which_blocks_and_for_each_year():
    (metric,) = read(
        metric_cells(
            part1__unit="weeks",
            part1__kind="so many for every so many",
            part1__amount="6",
            part1__base=PEOPLE,
            part1__per="1,000",
            part1__rounding="full blocks only",
            part1__years="Length of the contract in years",
        )
    )

    assert metric["measure"]["target"] == {
        "kind": "ratio",
        "value": "6",
        "base": "people_employed_on_the_contract",
        "per": "1000",
        "blocks": "floor",
        "years": "years",
    }
    assert {one["id"] for one in metric["bases"]} == {"people_employed_on_the_contract", "years"}


def test_several_parts_are_joined_and_rise_on_a_day():
    (metric,) = read(
        metric_cells(
            join="any of them",
            part1__later="01/01/2030: 48; 2028-01-01: 40",
            part2__label="Spent on schools",
            part2__unit="£",
            part2__kind="a share of something",
            part2__amount="1",
            part2__base="contract_value",
            part2__direction="less is better",
        )
    )

    first, second = metric["measure"]["any_of"]
    assert (first["id"], second["id"], second["direction"]) == ("m1", "m1_2", "lower")
    assert [
        (step["from"], step["measure"]["any_of"][0]["target"]["value"])
        for step in metric["later_measures"]
    ] == [("2028-01-01", "40"), ("2030-01-01", "48")]


def test_who_it_is_about_and_what_was_done_before_stand_beside_the_target():
    (metric,) = read(
        metric_cells(
            applies__words="Companies with 50 or more employees",
            applies__who="those counted",
            applies__at_least="50",
            applies__unit="employees",
            track__label="Hours in the previous 12 months",
            track__unit="hours",
            track__months="12",
        )
    )

    assert metric["applies_to"] == {
        "words": "Companies with 50 or more employees",
        "who": "counted",
        "at_least": "50",
        "unit": "employees",
    }
    assert metric["track_record"] == {
        "label": "Hours in the previous 12 months",
        "unit": "hours",
        "months": 12,
    }


def test_rows_that_describe_one_base_share_it():
    share = {
        "part1__unit": "people",
        "part1__kind": "a share of something",
        "part1__base": PEOPLE,
    }
    other = {**share, "part1__base": "people employed  on the contract; people; bidder"}

    one, two = read(metric_cells(**share), metric_cells(number="2", **other))

    assert one["bases"] == two["bases"]


def test_a_metrics_own_base_comes_before_one_that_is_described_alike():
    share = {"part1__unit": "people", "part1__kind": "a share of something", "part1__base": PEOPLE}
    one, two = read(metric_cells(**share), metric_cells(**share, number="2"))
    own = {**two["bases"][0], "id": "staff"}
    measure = {"id": "m2", "target": {**two["measure"]["target"], "base": "staff"}}
    known = held_by(one, {**two, "bases": [own], "measure": measure})

    (after,) = read(metric_cells(**share, number="2", part1__amount="40"), known=known)

    assert (after["bases"], after["measure"]["target"]["base"]) == ([own], "staff")


def test_a_base_in_another_unit_is_another_base():
    share = {"part1__unit": "people", "part1__kind": "a share of something"}
    one, two = read(
        metric_cells(**share, part1__base="Staff; people; bidder"),
        metric_cells(**share, part1__base="Staff; FTE; bidder", number="2"),
    )

    assert [one["bases"][0]["id"], two["bases"][0]["id"]] == ["staff", "staff_2"]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (
            {"part1__unit": "hrs"},
            "Row 2, column “Part 1: unit”: “hrs” is not a unit we know. Did you mean “hours”? "
            "Use one of £, %, people",
        ),
        (
            {"principle": "P3"},
            "Row 2, column “Principle”: “P3” is not a principle we know. Did you mean “P2”? "
            "Use one of P1, P2.",
        ),
        ({"number": "1.5"}, "Row 2, column “Number”: 1.5 is not a whole number from 1 to 9,999."),
        ({"number": "-1"}, "Row 2, column “Number”: -1 is below 0. Type 0 or more."),
        ({"number": "one"}, "Row 2, column “Number”: “one” is not a number."),
        ({"number": ""}, "Row 2, column “Number”: this is empty. Fill it in."),
        ({"wording": ""}, "Row 2, column “Wording”: this is empty. Fill it in."),
        ({"short_title": "x" * 101}, "Row 2, column “Short title”: this has 101 characters."),
        ({"wording": "=1+1"}, "Row 2, column “Wording”: it begins with “=”, so a spreadsheet"),
        (
            {"answered_by": "suppliers"},
            "Row 2, column “Who answers”: “suppliers” is not an answer we know. "
            "Did you mean “bidders”? Use one of authority, bidders, both.",
        ),
        ({"part1__amount": "90%"}, "Row 2, column “Part 1: amount”: “90%” is not a number."),
        ({"part1__amount": ""}, "Row 2, column “Part 1: amount”: this is empty, and the kind"),
        ({"part1__amount": "1" * 16}, "Row 2, column “Part 1: amount”: at most 15 digits fit"),
        ({"part1__base": PEOPLE}, "Row 2, column “Part 1: base”: this means nothing beside"),
        (
            {"part1__kind": "a share of something", "part1__base": "Trees"},
            "Row 2, column “Part 1: base”: “Trees” is no base of this catalogue.",
        ),
        (
            {"part1__kind": "a share of something", "part1__base": "Trees; of wood; bidder"},
            "Row 2, column “Part 1: base”: “of wood” is not a unit we know.",
        ),
        (
            {
                "part1__kind": "so many for every so many",
                "part1__base": PEOPLE,
                "part1__per": "0",
            },
            "Row 2, column “Part 1: for every”: this must be above 0.",
        ),
        ({"part1__later": "soon: 40"}, "Row 2, column “Part 1: later steps”: “soon: 40” is not"),
        ({"part1__later": "2030-01-01: many"}, "Row 2, column “Part 1: later steps”: “many” is"),
        ({"part1__kind": "some"}, "Row 2, column “Part 1: kind of target”: “some” is not a kind"),
        ({"part1__later": "2030-02-30: 4"}, "Row 2, column “Part 1: later steps”: “2030-02-30"),
        (
            {"part1__later": "2030-01-01: 4; 2030-01-01: 5"},
            "Row 2, column “Part 1: later steps”: the day 2030-01-01 is there twice.",
        ),
        ({"part3__label": "Days"}, "Row 2: fill in part 1 first, then part 2, then part 3."),
        ({"join": "any of them"}, "Row 2, column “How the parts join”: there is one part"),
        (
            {
                "part2__label": "Days",
                "part2__unit": "days",
                "part2__kind": "a fixed number",
                "part2__amount": "1",
            },
            "Row 2, column “How the parts join”: say how the parts join.",
        ),
        ({"join": "kept as it is"}, "Row 2, column “How the parts join”: “kept as it is” is only"),
        ({"target_text": "?? hours"}, "Row 2, column “Target as printed”: ?? is printed here."),
        (
            {"part1__kind": "not set yet", "part1__amount": ""},
            "Row 2, column “Target as printed”: a part of the target is “not set yet”. Print ??",
        ),
        (
            {"geography_definition": "Where it is"},
            "Row 2, column “Where it counts”: this is empty, and the next column says",
        ),
        ({"track__label": "Hours", "track__unit": "hours"}, "Row 2, column “Track record: months”"),
        ({"overlaps": "1"}, "Row 2, column “Overlaps”: write the numbers of other metrics"),
        ({"overlaps": "7"}, "Row 2, column “Overlaps”: there is no metric 7."),
        ({"overlaps": "1819.5"}, "Row 2, column “Overlaps”: write the numbers of other metrics"),
        (
            {
                "part1__kind": "a share of something",
                "part1__base": "Cost of the staffing; £; authority",
            },
            "Row 2, column “Who answers”: “Cost of the staffing” is given by the authority",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_row_and_column(cells, words):
    assert problem(**cells).startswith(words)


def test_everything_that_is_wrong_is_told_at_once_from_the_top():
    found = problems(
        metric_cells(principle="", part1__unit="hrs", wording="=1"),
        metric_cells(number="2"),
        metric_cells(number="3", answered_by="nobody"),
    )

    assert [one.split(":")[0] for one in found] == [
        "Row 2, column “Wording”",
        "Row 2, column “Principle”",
        "Row 2, column “Part 1",
        "Row 4, column “Who answers”",
    ]


def test_many_problems_are_counted_and_the_first_are_listed():
    rows = [metric_cells(number=str(n), principle="P9") for n in range(1, 151)]

    with pytest.raises(Unsound) as refusal:
        read(*rows)

    found = refusal.value.problems
    assert (found.count, len(found.kept), found.unshown) == (150, 100, 50)


@pytest.mark.parametrize("is_known", [True, False])
def test_a_thousand_bases_of_their_own_are_read_within_seconds(is_known):
    share = {"part1__unit": "people", "part1__kind": "a share of something"}
    ending = "; people; bidder" if is_known else ""
    rows = [
        metric_cells(number=str(n), **share, part1__base=f"Staff of {n} kinds{ending}")
        for n in range(1, 1001)
    ]
    began = monotonic()

    if is_known:
        assert len({row["bases"][0]["id"] for row in read(*rows)}) == 1000
    else:
        assert len(problems(*rows)) == 100

    assert monotonic() - began < 10


def test_a_number_used_twice_is_refused_with_both_rows():
    assert problems(metric_cells(), metric_cells()) == [
        "Row 3, column “Number”: 1 is the number of row 2 too."
    ]


def test_both_rows_name_an_overlap():
    assert problems(metric_cells(overlaps="2"), metric_cells(number="2")) == [
        "Row 2, column “Overlaps”: this names 2, and the row of 2 does not name 1. "
        "Name each in the row of the other, or in neither."
    ]
    one, two = read(metric_cells(overlaps="2"), metric_cells(number="2", overlaps="1"))
    assert (one["overlaps"], two["overlaps"]) == ([2], [1])


def test_an_overlap_may_be_with_a_metric_that_the_sheet_leaves_out():
    (other,) = read(metric_cells(number="2"))

    (metric,) = read(metric_cells(overlaps="2"), known=held_by(other))

    assert metric["overlaps"] == [2]


def test_a_needed_column_that_is_missing_is_named():
    assert problems(metric_cells(), without=["wording", "principle"]) == [
        "Row 1, column “Principle”: this column is missing. Begin from a file that you download "
        "here, which has every column.",
        "Row 1, column “Wording”: this column is missing. Begin from a file that you download "
        "here, which has every column.",
    ]


def test_a_column_we_do_not_know_is_named_and_the_nearest_is_offered():
    rows = metric_rows(metric_cells())
    rows[0].append("Part 1: units")
    table = read_table(comma_file(rows), sheet="Metrics", most_rows=10)

    with pytest.raises(Unsound) as refusal:
        read_metrics(table, KNOWN)

    assert str(refusal.value) == (
        "Row 1, column “Part 1: units”: this is not a column we know. Did you mean "
        "“Part 1: unit”? Rename it or delete it."
    )


def test_a_column_that_is_there_twice_is_refused():
    rows = [[*row, row[0]] for row in metric_rows(metric_cells())]
    table = read_table(comma_file(rows), sheet="Metrics", most_rows=10)

    with pytest.raises(Unsound, match="this column is there twice"):
        read_metrics(table, KNOWN)


def test_a_heading_that_would_be_run_is_refused():
    rows = metric_rows(metric_cells())
    rows[0].append("=1+1")
    table = read_table(comma_file(rows), sheet="Metrics", most_rows=10)

    with pytest.raises(Unsound, match="Row 1, column “number 50”: it begins with “=”"):
        read_metrics(table, KNOWN)


def test_an_empty_column_is_passed_over():
    rows = [["", *row] for row in metric_rows(metric_cells())]
    table = read_table(comma_file(rows), sheet="Metrics", most_rows=10)

    assert read_metrics(table, KNOWN) == read(metric_cells())


def test_headings_are_known_whatever_their_capitals_and_their_order():
    rows = [list(reversed(row)) for row in metric_rows(metric_cells())]
    rows[0] = [f" {heading.upper()} " for heading in rows[0]]
    table = read_table(comma_file(rows), sheet="Metrics", most_rows=10)

    assert read_metrics(table, KNOWN) == read(metric_cells())


def test_a_cell_under_no_heading_is_refused():
    rows = metric_rows(metric_cells())
    rows[1].append("and more")
    table = read_table(comma_file(rows), sheet="Metrics", most_rows=10)

    with pytest.raises(Unsound, match="stands under no heading"):
        read_metrics(table, KNOWN)


def test_merged_headings_are_refused():
    book = workbook_of(metric_rows(metric_cells()))
    book.active.merge_cells("A1:B1")
    table = read_table(saved(book), sheet="Metrics", most_rows=10)

    with pytest.raises(Unsound, match="the cells of the headings A1:B1 are merged into one"):
        read_metrics(table, KNOWN)


def test_a_sheet_without_rows_is_refused():
    assert problems() == ["Row 2: there is no metric under the headings. Write one in each row."]


def test_a_column_left_out_keeps_what_the_metric_says():
    (before,) = read(metric_cells(geography="LEP postcodes", source="Board paper"))

    (after,) = read(
        metric_cells(wording="Hours given"),
        known=held_by(before),
        without=["geography", "source"],
    )

    assert after == {**before, "wording": "Hours given"}


def test_a_row_that_says_nothing_new_is_what_the_metric_is():
    (before,) = read(metric_cells())
    odd = {**before, "measure": {"id": "m1", "target": {"kind": "absolute", "value": "36.0"}}}

    assert read(metric_cells(part1__direction="more is better"), known=held_by(odd)) == [odd]


def test_the_ids_of_quantities_stay_and_a_new_one_is_free():
    (before,) = read(metric_cells())
    renumbered = {**before, "number": 7}

    changed, new = read(
        metric_cells(number="7", part1__amount="40"),
        metric_cells(number="1"),
        known=held_by(renumbered),
    )

    assert (changed["quantities"][0]["id"], new["quantities"][0]["id"]) == ("m1", "m1_2")


def test_a_target_that_no_row_can_hold_stays_as_it_is():
    (plain,) = read(metric_cells())
    nested = {"any_of": [{"all_of": [plain["measure"]]}]}
    before = {**plain, "measure": nested}
    blank = {key: "" for key in metric_cells() if key.startswith("part1")}
    row = {**metric_cells(wording="Hours given"), **blank, "join": "kept as it is"}

    assert read(row, known=held_by(before)) == [{**before, "wording": "Hours given"}]
    assert problems({**row, "part1.label": "Hours"}, known=held_by(before))[0].startswith(
        "Row 2, column “How the parts join”: “kept as it is” leaves the parts empty."
    )


def test_a_target_that_the_source_leaves_out_is_set_by_a_recorded_route_only():
    unset = metric_cells(
        target_text="?? hours", part1__kind="not set yet", part1__amount="", number="3"
    )
    (before,) = read(unset)
    known = Known(KNOWN.principles, held_by(before).held, must_resolve=frozenset({3}))

    words = problem(number="3", known=known)

    assert words.startswith("Row 2, column “Target as printed”: the source leaves this target out")
    assert read({**unset, "wording": "Hours given"}, known=known)[0]["wording"] == "Hours given"


def test_a_target_that_is_left_open_needs_no_question_marks():
    row = metric_cells(
        target_text="Evaluators mark it", part1__kind="not set yet", part1__amount=""
    )
    (plain,) = read(metric_cells())
    known = Known(KNOWN.principles, held_by(plain).held, left_open=frozenset({1}))

    assert read(row, known=known)[0]["measure"]["target"]["kind"] == "undetermined"


def test_how_parts_join_is_kept():
    parts = {
        "part2__label": "Days",
        "part2__unit": "days",
        "part2__kind": "a fixed number",
        "part2__amount": "1",
        "join": ANY,
    }

    assert "any_of" in read(metric_cells(**parts))[0]["measure"]


def test_a_problem_of_a_whole_row_names_no_column():
    assert str(Problem(4, "", "it is wrong.")) == "Row 4: it is wrong."
    assert Problems().refuse_any() is None
