"""The database's two roles: one owns the tables, the other runs the application."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import cursor as Cursor

from scripts.launcher.postgres import Cluster
from scripts.launcher.secrets_kept import kept_secret

DATABASE = "tenth"
OWNER = "tenth_owner"
APPLICATION = "tenth_app"


def provide(cluster: Cluster, folder: Path) -> tuple[str, str]:
    """Make sure that both roles and the database exist; the application's URL, the owner's."""
    passwords = {role: kept_secret(folder, role) for role in (OWNER, APPLICATION)}
    with _superuser(cluster) as cursor:
        for role, password in passwords.items():
            _provide_role(cursor, role, password, "LOGIN")
        _provide_database(cursor, DATABASE, OWNER)
    urls = {role: cluster.url(role, passwords[role], DATABASE) for role in passwords}
    return urls[APPLICATION], urls[OWNER]


def provide_for_tests(cluster: Cluster, folder: Path) -> str:
    """One role that may make test databases and the roles that tests act as; its URL."""
    password = kept_secret(folder, "tenth")
    with _superuser(cluster) as cursor:
        _provide_role(cursor, "tenth", password, "LOGIN CREATEDB CREATEROLE")
        # It may act as the roles it makes, which a newer PostgreSQL no longer assumes.
        if cursor.connection.server_version >= 160000:
            cursor.execute("ALTER ROLE tenth SET createrole_self_grant = 'set, inherit'")
        _provide_database(cursor, DATABASE, "tenth")
    return cluster.url("tenth", password, DATABASE)


@contextmanager
def _superuser(cluster: Cluster) -> Iterator[Cursor]:
    connection = psycopg2.connect(cluster.url("postgres", cluster.password, "postgres"))
    try:
        connection.autocommit = True  # a database is not made inside a transaction
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()


def _provide_role(cursor: Cursor, name: str, password: str, rights: str) -> None:
    cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [name])
    verb = sql.SQL("CREATE" if cursor.fetchone() is None else "ALTER")
    cursor.execute(
        sql.SQL("{verb} ROLE {name} {rights} PASSWORD {password}").format(
            verb=verb,
            name=sql.Identifier(name),
            rights=sql.SQL(rights),
            password=sql.Literal(password),
        )
    )


def _provide_database(cursor: Cursor, name: str, owner: str) -> None:
    cursor.execute("SELECT FROM pg_database WHERE datname = %s", [name])
    if cursor.fetchone() is None:
        cursor.execute(
            sql.SQL("CREATE DATABASE {name} OWNER {owner}").format(
                name=sql.Identifier(name), owner=sql.Identifier(owner)
            )
        )
