"""House rules are tests, not memory."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

OUR_APPS = [app for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]
OUR_MODELS = [model for app in OUR_APPS for model in app.get_models()]
OUR_FILES = sorted(
    path
    for app in OUR_APPS
    for path in Path(app.path).rglob("*.py")
    if "migrations" not in path.parts
)
MODULES_THAT_HOLD_RULES = {
    "actions",
    "permissions",
    "states",
    "scoring",
    "weights",
    "attainment",
    "progress",
    "cases",
    "figures",
}


def name_of(path: Path) -> str:
    return str(path.relative_to(settings.BASE_DIR))


def is_a_list(path: Path) -> bool:
    """Whether a module only names others, as its own name already says."""
    return path.stem in {"__init__", "apps", "urls"} or path.parent.name == "urls"


def functions_in(path: Path):
    tree = ast.parse(path.read_text())
    return [node for node in tree.body if isinstance(node, ast.FunctionDef)]


VIEWS = [path for path in OUR_FILES if path.stem == "views" or "views" in path.parent.name]
ACTIONS = [path for path in OUR_FILES if path.stem == "actions" or path.parent.name == "actions"]


def test_the_apps_are_the_stages_of_a_procurement():
    assert [app.label for app in OUR_APPS] == [
        "records",
        "design",
        "accounts",
        "charter",
        "metrics",
        "tenders",
        "bids",
        "evaluations",
        "delivery",
        "reporting",
        "demo",
    ]


@pytest.mark.parametrize("path", VIEWS, ids=name_of)
def test_views_reach_records_only_through_visible_to(path):
    assert re.findall(r"\w+\.objects\b(?!\s*\.visible_to\()", path.read_text()) == []


@pytest.mark.parametrize("path", VIEWS, ids=name_of)
def test_views_stay_under_thirty_lines(path):
    long = [f.name for f in functions_in(path) if f.end_lineno - f.lineno >= 30]

    assert long == []


@pytest.mark.parametrize("path", OUR_FILES, ids=name_of)
def test_files_stay_readable(path):
    assert len(path.read_text().splitlines()) <= 330


@pytest.mark.parametrize("path", ACTIONS, ids=name_of)
def test_every_action_says_what_it_does(path):
    silent = [
        f.name
        for f in functions_in(path)
        if not f.name.startswith("_") and not ast.get_docstring(f)
    ]

    assert silent == []


@pytest.mark.parametrize("path", [p for p in OUR_FILES if not is_a_list(p)], ids=name_of)
def test_every_module_says_what_it_holds(path):
    assert ast.get_docstring(ast.parse(path.read_text()))


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model.__name__)
def test_every_model_says_what_it_is(model):
    assert not model.__doc__.startswith(f"{model.__name__}(")


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model.__name__)
def test_money_and_marks_are_never_floats(model):
    assert [f for f in model._meta.fields if isinstance(f, models.FloatField)] == []


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model.__name__)
def test_moments_days_and_persons_are_named_as_such(model):
    moments = [f.name for f in model._meta.fields if type(f) is models.DateTimeField]
    days = [f.name for f in model._meta.fields if type(f) is models.DateField]

    assert [
        n for n in moments if not n.endswith(("_at", "at", "since", "_until", "last_login"))
    ] == []
    assert [n for n in days if not n.endswith(("_on", "_from", "_to"))] == []


def test_there_are_no_signals():
    listening = [
        name_of(path) for path in OUR_FILES if re.search(r"@receiver|\.connect\(", path.read_text())
    ]

    assert listening == []


def test_no_text_of_a_person_is_trusted_as_markup():
    trusted = re.compile(r"mark_safe|\|safe\b|autoescape off")
    templates = (settings.BASE_DIR / "templates").rglob("*.html")
    found = [name_of(path) for path in [*OUR_FILES, *templates] if trusted.search(path.read_text())]

    assert found == []


def test_nothing_that_decides_sees_a_browser():
    """Actions and rules know no request."""
    seen = [
        name_of(path)
        for path in OUR_FILES
        if path.stem in MODULES_THAT_HOLD_RULES and "HttpRequest" in path.read_text()
    ]

    assert seen == []


def test_settings_stay_on_one_page():
    lines = (settings.BASE_DIR / "config" / "settings.py").read_text().splitlines()

    assert len(lines) <= 250
