"""A server the caller named is asked for an answer first, and refused in words."""

import pytest

from scripts.launcher import named_servers
from scripts.launcher.ports import free_port
from scripts.launcher.trouble import Trouble


def test_a_database_that_is_not_there_is_named_by_its_setting():
    url = f"postgres://ann:secret@127.0.0.1:{free_port()}/tenth"

    with pytest.raises(Trouble) as trouble:
        named_servers.check_database("DATABASE_OWNER_URL", url)

    words = str(trouble.value)
    assert words.startswith("The database in DATABASE_OWNER_URL does not let us in: ")
    assert "secret" not in words


def test_an_old_database_is_refused(monkeypatch):
    class Old:
        server_version = 140012

        def close(self):
            pass

    monkeypatch.setattr("psycopg2.connect", lambda *_, **__: Old())

    with pytest.raises(Trouble) as trouble:
        named_servers.check_database("DATABASE_URL", "postgres://x")

    assert str(trouble.value) == (
        "The database in DATABASE_URL is PostgreSQL 14; Tenth needs 15 or newer."
    )


@pytest.mark.parametrize("address", ["redis://127.0.0.1:{port}/0", "not an address"])
def test_a_broker_that_does_not_answer_is_refused(address):
    with pytest.raises(Trouble, match="^The broker in REDIS_URL does not answer: "):
        named_servers.check_broker(address.format(port=free_port()))
