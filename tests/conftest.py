"""The few fixtures everyone needs."""

import os
import shutil

import pgtrigger
import pytest
from django.test import TransactionTestCase

# Playwright's event loop runs in the thread that also talks to the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

_flush = TransactionTestCase._fixture_teardown


def _flush_past_the_audit_lock(self):
    """Clean up after a test with real commits: the audit trail refuses TRUNCATE."""
    with pgtrigger.ignore("records.AuditEvent:no_truncate"):
        _flush(self)


TransactionTestCase._fixture_teardown = _flush_past_the_audit_lock


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
