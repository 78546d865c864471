"""The few fixtures everyone needs."""

import contextlib
import os
import shutil

import pgtrigger
import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

from bids.keyring import key_file

# The same examples on every machine, however slow: a red run is about the code.
settings.register_profile(
    "suite", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("suite")

# Playwright's event loop runs in the thread that also talks to the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# What Django writes once for each model, alike in every test.
WRITTEN_ONCE = {"django_content_type", "auth_permission"}


def _empty_what_was_filled(self):
    """Clean up after a test with real commits: of some hundred tables it filled a few.

    TRUNCATE makes every table's files anew. As it would, this waits for whoever still writes,
    and it takes from the audit trail what nobody else may.
    """
    tables = set(connection.introspection.django_table_names(include_views=False)) - WRITTEN_ONCE
    quoted = {table: connection.ops.quote_name(table) for table in sorted(tables)}
    asked = (f"SELECT '{table}' WHERE EXISTS (SELECT FROM {quoted[table]})" for table in quoted)
    append_only = pgtrigger.ignore("records.AuditEvent:append_only")
    with transaction.atomic(), connection.cursor() as cursor, append_only:
        cursor.execute(f"LOCK TABLE {', '.join(quoted.values())} IN ACCESS EXCLUSIVE MODE")
        cursor.execute(" UNION ALL ".join(asked))
        for (table,) in cursor.fetchall():
            cursor.execute(f"DELETE FROM {quoted[table]}")


TransactionTestCase._fixture_teardown = _empty_what_was_filled


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """A worker killed on purpose leaves a session that PostgreSQL has not noticed yet, and
    the test database cannot go while somebody is in it."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )


@pytest.fixture(scope="session", autouse=True)
def _throw_away_keys():
    with contextlib.suppress(FileExistsError):
        key_file.make(django_settings.BID_KEYS_FILE)


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's Chromium; root in a container cannot use its sandbox."""
    return {
        **browser_type_launch_args,
        "executable_path": shutil.which("chromium"),
        "args": ["--no-sandbox", "--disable-gpu"],
    }
