"""What is wrong with a file is told from its top to its end, sheet by sheet."""

from metrics.sheets.problems import MOST_SHOWN, Problem, Problems


def found(sheet, *rows):
    problems = Problems(sheet=sheet)
    for row in rows:
        problems.add(row, "Amount", "type a number.")
    return problems


def test_the_sheets_of_a_file_follow_each_other():
    problems = Problems()
    for one in (found("Price", 9, 2), found("Answers", 5, 3)):
        problems.add_all(one)

    assert [(one.sheet, one.row) for one in problems.in_order] == [
        ("Price", 2),
        ("Price", 9),
        ("Answers", 3),
        ("Answers", 5),
    ]
    assert problems.has_sheets


def test_however_many_there_are_the_first_are_kept_and_all_are_counted():
    problems = Problems()
    for one in (found("Price", *range(70)), found("Answers", *range(70))):
        problems.add_all(one)

    assert (problems.count, len(problems.kept), problems.unshown) == (140, MOST_SHOWN, 40)


def test_a_problem_names_its_sheet_where_there_are_several():
    assert str(Problem(3, "Amount", "type a number.", "Price")) == (
        "Sheet “Price”, row 3, column “Amount”: type a number."
    )
    assert str(Problem(3, "", "type a number.")) == "Row 3: type a number."
