"""A site that held charters before packs had names."""

from importlib import import_module

import pytest
from django.apps import apps

from tests.factories.accounts import LONG_AGO
from tests.factories.charter import CharterFactory

pytestmark = pytest.mark.django_db
MIGRATION = import_module("charter.migrations.0004_name_the_pack")


def upgraded(charter):
    MIGRATION.name_the_pack(apps, None)
    charter.refresh_from_db()
    return charter.pack, charter.pack_version


def test_a_charter_that_a_command_had_loaded_is_named_after_its_files():
    assert upgraded(CharterFactory(code="sslep-2021", version=1)) == ("sslep-2021", 1)


def test_a_charter_begun_in_the_browser_comes_from_no_pack():
    assert upgraded(CharterFactory(code="own-hill", begun_at=LONG_AGO)) == ("", None)


def test_what_is_named_already_keeps_its_name():
    charter = CharterFactory(code="sslep-2021", version=3, pack="sslep-2021", pack_version=2)

    assert upgraded(charter) == ("sslep-2021", 2)
