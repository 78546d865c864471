"""The few fixtures everyone needs."""

import os
import shutil

import pgtrigger
import pytest
from django.db import connection
from django.test import TransactionTestCase

# Playwright's event loop runs in the thread that also talks to the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

_flush = TransactionTestCase._fixture_teardown


def _flush_past_the_audit_lock(self):
    """Clean up after a test with real commits: the audit trail refuses TRUNCATE."""
    with pgtrigger.ignore("records.AuditEvent:no_truncate"):
        _flush(self)


TransactionTestCase._fixture_teardown = _flush_past_the_audit_lock


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """A worker killed on purpose leaves a session that PostgreSQL has not noticed yet, and
    the test database cannot go while somebody is in it."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


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
