"""scripts/test runs everything, or only the tests it is asked for."""

from scripts.launcher import checks
from scripts.launcher.checks import Outcome

ENVIRONMENT = {"DATABASE_URL": "postgres://x"}


def names(arguments):
    return [stage.name for stage in checks.stages(ENVIRONMENT, arguments)]


def test_everything_is_checked_and_the_tests_come_last():
    assert names([]) == [
        "format",
        "lint",
        "templates",
        "types",
        "imports",
        "migrations",
        "deployment",
        "tests",
    ]


def test_arguments_reach_the_tests():
    stage = checks.stages(ENVIRONMENT, ["-k", "publish"])[-1]

    assert stage.command[-2:] == ["-k", "publish"]


def test_the_whole_is_divided_between_the_cores_and_a_choice_is_not():
    whole, chosen = (
        checks.stages(ENVIRONMENT, arguments)[-1] for arguments in ([], ["--only", "tests/bids"])
    )

    assert ["-n" in stage.command for stage in (whole, chosen)] == [True, False]


def test_only_runs_nothing_but_the_chosen_tests():
    (stage,) = checks.stages(ENVIRONMENT, ["--only", "tests/tenders", "-x"])

    assert stage.command[-3:] == ["pytest", "tests/tenders", "-x"]


def test_one_failure_fails_the_whole_and_every_result_is_shown(capsys):
    code = checks.report([Outcome("lint", 0, 0.25), Outcome("types", 2, 12.5)])

    assert code == 1
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "passed     0.2 s  lint",
        "FAILED    12.5 s  types",
    ]


def test_no_failure_is_success(capsys):
    assert checks.report([Outcome("lint", 0, 0.25)]) == 0
