"""Frameworks are kept once; only their words are corrected; older releases' are completed."""

import shutil
from datetime import UTC, datetime

import pytest

from accounts.access import Conflict
from charter.actions import load_frameworks
from charter.framework_files import FRAMEWORKS
from charter.loading import Malformed
from charter.models import Element, Framework, Theme
from records.models import AuditEvent

AT = datetime(2026, 2, 2, 10, tzinfo=UTC)
CODES = ["ppn-002", "ppn-026", "ppn-06-20", "sdg"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    """A copy of the shipped files, to be spoiled."""
    return shutil.copytree(FRAMEWORKS, tmp_path / "frameworks")


def change(folder, code, old, new):
    path = folder / f"{code}.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def everything():
    """Whatever is kept, so that a second load can be seen to change nothing."""
    return [list(model.objects.order_by("pk").values()) for model in (Framework, Theme, Element)]


def told(kept):
    """The same without the keys that a fresh load gives anew."""
    own = ("id", "theme_id", "within_id")
    return [
        sorted(str({key: it for key, it in row.items() if key not in own}) for row in rows)
        for rows in kept
    ]


def test_every_edition_that_ships_is_kept():
    assert load_frameworks(by=None, at=AT) == 4

    assert list(Framework.objects.order_by("code").values_list("code", flat=True)) == CODES
    assert Theme.objects.count() == 5 + 5 + 2 + 17


def test_each_edition_kept_leaves_an_audit_event():
    load_frameworks(by=None, at=AT)

    events = AuditEvent.objects.order_by("position").values_list("verb", "target_id")
    assert list(events) == [("framework.kept", code) for code in CODES]


def test_criteria_and_metrics_stand_within_their_outcome():
    load_frameworks(by=None, at=AT)

    jobs = Element.objects.get(theme__framework="ppn-06-20", kind="outcome", code="2")
    assert (jobs.standing, jobs.within) == ("verbatim", None)
    assert [(one.kind, one.code) for one in jobs.parts.all()] == [
        *[("criterion", code) for code in ("2.1", "2.2", "2.3")],
        *[("metric", f"2-{number}") for number in range(1, 7)],
    ]


def test_a_second_load_changes_nothing():
    load_frameworks(by=None, at=AT)
    before = everything()

    assert load_frameworks(by=None, at=AT) == 0

    assert everything() == before
    assert AuditEvent.objects.count() == 4


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("sdg", '"No Poverty"', '"Some Poverty"'),
        ("sdg", '"#E5243B"', '"#E5243C"'),
        ("ppn-002", 'edition = "PPN 002"', 'edition = "PPN 002, revised"'),
        ("ppn-002", 'code = "1.2"', 'code = "1b"'),
        ("ppn-026", 'title = "Good Jobs"', 'title = "Better Jobs"'),
        ("ppn-06-20", '"Create new businesses, ', '"Create businesses, '),
    ],
)
def test_other_parts_or_verbatim_words_are_refused_and_nothing_is_changed(folder, code, old, new):
    load_frameworks(by=None, at=AT, folder=folder)
    before = everything()
    change(folder, code, old, new)

    with pytest.raises(Conflict) as caught:
        load_frameworks(by=None, at=AT, folder=folder)

    assert str(caught.value) == (
        f"The framework {code} is loaded already, and its file has other parts or other "
        "verbatim words. Charters are mapped to it: give the changed one a code of its own."
    )
    assert everything() == before


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        (
            "ppn-002",
            "required_from = 2025-10-01",
            "required_from = 2025-10-01\napplies_to = 2028-01-01",
        ),
        ("ppn-026", "20% from £5 million", "30% from £5 million"),
        (
            "ppn-002",
            '"Fair working conditions"\nstanding = "reported"',
            '"Fair terms"\nstanding = "verbatim"',
        ),
        ("ppn-06-20", 'standing = "recalled"', 'standing = "reported"\nsource = "sewf"'),
        ("sdg", "not affiliated with", "neither affiliated with"),
    ],
)
def test_what_is_told_of_an_edition_is_corrected(folder, code, old, new):
    load_frameworks(by=None, at=AT, folder=folder)
    keys = [list(model.objects.order_by("pk").values_list("pk")) for model in (Theme, Element)]
    change(folder, code, old, new)

    assert load_frameworks(by=None, at=AT, folder=folder) == 0

    corrected = everything()
    assert keys == [
        list(model.objects.order_by("pk").values_list("pk")) for model in (Theme, Element)
    ]
    event = AuditEvent.objects.order_by("position").last()
    assert (event.verb, event.target_id) == ("framework.corrected", code)
    Framework.objects.all().delete()
    load_frameworks(by=None, at=AT, folder=folder)
    assert told(everything()) == told(corrected)


def test_themes_may_stand_in_another_order(folder):
    load_frameworks(by=None, at=AT, folder=folder)
    text = (folder / "ppn-026.toml").read_text(encoding="utf-8")
    head, first, second = text.split("[[theme]]\n")
    (folder / "ppn-026.toml").write_text(
        f"{head}[[theme]]\n{second}\n[[theme]]\n{first}", encoding="utf-8"
    )

    assert load_frameworks(by=None, at=AT, folder=folder) == 0


def test_one_malformed_file_leaves_no_framework_behind(folder):
    change(folder, "sdg", 'title = "No Poverty"', 'titel = "No Poverty"')

    with pytest.raises(Malformed):
        load_frameworks(by=None, at=AT, folder=folder)

    assert Framework.objects.count() == 0


def as_an_older_release_kept_it():
    """The row and themes of a site that was set up before editions were known."""
    load_frameworks(by=None, at=AT)
    Element.objects.all().delete()
    Framework.objects.exclude(code__in=["ppn-06-20", "sdg"]).delete()
    Framework.objects.update(
        family="other",
        edition="",
        binds="",
        applies_from=None,
        required_from=None,
        applies_to=None,
        facts=[],
    )


def test_what_an_older_release_kept_is_completed():
    load_frameworks(by=None, at=AT)
    whole = [
        {key: value for key, value in row.items() if key not in ("id", "theme_id", "within_id")}
        for row in Element.objects.order_by(
            "theme__framework", "theme__number", "position"
        ).values()
    ]
    as_an_older_release_kept_it()

    assert load_frameworks(by=None, at=AT) == 2

    model = Framework.objects.get(code="ppn-06-20")
    assert (model.family, model.edition, len(model.facts)) == ("social-value-model", "PPN 06/20", 9)
    assert [
        {key: value for key, value in row.items() if key not in ("id", "theme_id", "within_id")}
        for row in Element.objects.order_by(
            "theme__framework", "theme__number", "position"
        ).values()
    ] == whole


def test_a_theme_that_an_older_release_kept_still_never_changes(folder):
    as_an_older_release_kept_it()
    change(folder, "sdg", '"No Poverty"', '"Some Poverty"')

    with pytest.raises(Conflict):
        load_frameworks(by=None, at=AT, folder=folder)

    assert Framework.objects.get(code="sdg").family == "other"
