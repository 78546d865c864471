"""A pack's versions and an authority's own, loaded over one another."""

import shutil
from datetime import UTC, date, datetime

import pytest

from accounts.access import Conflict
from charter import pack
from charter.models import Charter
from metrics.actions import load_charter
from metrics.models import Metric
from tests.factories.accounts import AuthorityFactory
from tests.factories.charter import CharterFactory

AT = datetime(2026, 2, 2, 10, tzinfo=UTC)
LATER = datetime(2026, 3, 3, 10, tzinfo=UTC)
CODE = "sslep-2021"
SHIPPED = f"{CODE}/charter.toml"
NOW_ONE_MORE = ("version = 2", "version = 3")

pytestmark = pytest.mark.django_db


@pytest.fixture
def data(tmp_path):
    """A copy of the shipped files, to be changed."""
    return shutil.copytree(pack.DATA, tmp_path / "data")


@pytest.fixture
def authority():
    return AuthorityFactory()


def change(data, name, old, new):
    path = data / pack.PACKS / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def load(authority, data, *, code=CODE, at=AT):
    return load_charter(code=code, authority=authority, by=None, at=at, data=data)


def standing(authority):
    versions = Charter.objects.filter(authority=authority).order_by("version")
    return list(versions.values_list("version", "pack_version", "status"))


def test_the_first_load_is_the_authoritys_version_1(authority, data):
    charter, is_new = load(authority, data)

    assert is_new
    assert standing(authority) == [(1, 2, "published")]
    assert (charter.pack, charter.maturity, charter.effective_from) == (CODE, "whole", None)
    assert (charter.begun_by, charter.begun_at, charter.copied_from) == (None, AT, None)


def test_what_the_paper_prints_of_its_date_is_kept(authority, data):
    charter, _ = load(authority, data)

    assert charter.adoption.splitlines() == [
        "The charter is headed “DRAFT 07.10.20”. The board paper that extends it gives its date "
        "as “Date TBC”.",
        "The draft was received by the Board on 15 October 2020. Neither paper records when the "
        "charter was adopted.",
    ]


def test_a_date_that_the_source_gives_is_kept(authority, data):
    change(data, SHIPPED, "version = 2", "version = 2\neffective_from = 2021-04-01")

    charter, _ = load(authority, data)

    charter.refresh_from_db()
    assert charter.effective_from == date(2021, 4, 1)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (SHIPPED, "satisfying work and", "work and"),
        (f"{CODE}/rules.toml", 'percent = "10"', 'percent = "5"'),
        (f"{CODE}/metrics.toml", 'percent = "90"', 'percent = "80"'),
        (SHIPPED, "version = 2", "version = 2\neffective_from = 2021-04-01"),
    ],
)
def test_a_changed_file_of_a_loaded_version_is_refused(authority, data, name, old, new):
    load(authority, data)
    change(data, name, old, new)

    with pytest.raises(Conflict) as caught:
        load(authority, data)

    assert str(caught.value) == (
        f"SSLEP Social Value Charter, version 1 is published for {authority} and its files have "
        "changed since. What is loaded never changes: raise the version number in "
        "sslep-2021/charter.toml to load the change."
    )
    assert (Charter.objects.count(), Metric.objects.count()) == (1, 25)


def test_a_later_pack_becomes_the_authoritys_next_version(authority, data):
    old, _ = load(authority, data)
    change(data, SHIPPED, *NOW_ONE_MORE)

    new, is_new = load(authority, data, at=LATER)

    assert is_new
    assert standing(authority) == [(1, 2, "superseded"), (2, 3, "published")]
    assert (old.metrics.count(), new.metrics.count()) == (25, 25)


def test_the_same_pack_after_a_later_one_changes_nothing(authority, data):
    load(authority, data)
    change(data, SHIPPED, *NOW_ONE_MORE)
    load(authority, data)

    _, is_new = load(authority, data, at=LATER)

    assert not is_new
    assert standing(authority) == [(1, 2, "superseded"), (2, 3, "published")]


def test_an_earlier_pack_does_not_return(authority, data):
    change(data, SHIPPED, *NOW_ONE_MORE)
    load(authority, data)
    change(data, SHIPPED, *reversed(NOW_ONE_MORE))

    with pytest.raises(Conflict) as caught:
        load(authority, data)

    assert str(caught.value) == (
        "SSLEP Social Value Charter, version 1 came from version 3 of the pack sslep-2021. "
        "Give the files a version above 3."
    )
    assert standing(authority) == [(1, 3, "published")]


def own_work(authority, loaded, **fields):
    """A version that the authority copied from what was loaded, to edit it."""
    return CharterFactory(
        authority=authority,
        code=CODE,
        title=loaded.title,
        pack=CODE,
        pack_version=loaded.pack_version,
        copied_from=loaded,
        **fields,
    )


def test_a_later_pack_does_not_push_the_authoritys_own_words_aside(authority, data):
    loaded, _ = load(authority, data)
    Charter.objects.filter(pk=loaded.pk).update(status="superseded")
    own_work(authority, loaded, version=2)
    change(data, SHIPPED, *NOW_ONE_MORE)

    charter, is_new = load(authority, data, at=LATER)

    assert is_new
    assert standing(authority) == [(1, 2, "superseded"), (2, 2, "published"), (3, 3, "draft")]
    assert charter.metrics.count() == 25


def test_the_same_pack_is_known_again_beneath_the_authoritys_own_words(authority, data):
    loaded, _ = load(authority, data)
    Charter.objects.filter(pk=loaded.pk).update(status="superseded")
    own_work(authority, loaded, version=2)

    again, is_new = load(authority, data, at=LATER)

    assert (again, is_new) == (loaded, False)


def test_a_draft_that_somebody_is_writing_is_left_alone(authority, data):
    loaded, _ = load(authority, data)
    draft = own_work(authority, loaded, version=2, draft=True)
    change(data, SHIPPED, *NOW_ONE_MORE)

    with pytest.raises(Conflict) as caught:
        load(authority, data, at=LATER)

    assert str(caught.value) == (
        f"{draft} is still a draft of {authority}. Publish or discard it, then try again."
    )
    assert standing(authority) == [(1, 2, "published"), (2, 2, "draft")]


def test_a_charter_loaded_before_packs_were_counted_is_followed_by_the_pack(authority, data):
    CharterFactory(authority=authority, code=CODE, version=1)

    load(authority, data)

    assert standing(authority) == [(1, None, "superseded"), (2, 2, "published")]
