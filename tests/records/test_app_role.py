"""The application's own database role may add to the audit trail and nothing else."""

import os

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from records import audit
from tests.factories.accounts import LONG_AGO, AuthorityFactory

# Roles belong to the server, which the processes of a divided run share.
ROLE = f"tenth_app_under_test_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"


@pytest.fixture
def as_the_application(transactional_db):
    """A connection of the second role, to the test database."""
    audit.record(verb="a.b", by=None, target=AuthorityFactory(), at=LONG_AGO)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE} LOGIN PASSWORD 'for-a-test'")
    call_command("grant_app_role", ROLE, verbosity=0)
    settings = connection.settings_dict
    link = psycopg2.connect(
        dbname=settings["NAME"],
        user=ROLE,
        password="for-a-test",
        host=settings["HOST"],
        port=settings["PORT"],
    )
    link.autocommit = True
    yield link
    link.close()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP OWNED BY {ROLE}")
        cursor.execute(f"DROP ROLE {ROLE}")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE records_auditevent SET verb = 'x'",
        "DELETE FROM records_auditevent",
        "TRUNCATE records_auditevent",
        "ALTER TABLE records_auditevent DISABLE TRIGGER ALL",
        "DROP TABLE records_auditevent",
        "SET session_replication_role = replica",
    ],
)
def test_the_role_cannot_change_the_trail(as_the_application, statement):
    with (
        pytest.raises(psycopg2.errors.InsufficientPrivilege),
        as_the_application.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_role_can_add_to_the_trail_and_use_other_tables(as_the_application):
    with as_the_application.cursor() as cursor:
        cursor.execute(
            "INSERT INTO records_auditevent SELECT gen_random_uuid(), stream, position + 1,"
            " verb, actor_id, actor_label, target_label, target_id, details, at,"
            " previous_hash, hash FROM records_auditevent"
        )
        cursor.execute("UPDATE accounts_organisation SET name = 'Renamed'")
        cursor.execute("SELECT count(*) FROM records_auditevent")

        assert cursor.fetchone() == (2,)


@pytest.mark.django_db
def test_the_owner_is_not_granted_to_itself():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        owner = cursor.fetchone()[0]

    with pytest.raises(CommandError):
        call_command("grant_app_role", owner)
