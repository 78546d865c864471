"""Servers that the caller named: asked for an answer before anything relies on them."""

import psycopg2
import redis

from scripts.launcher.postgres import OLDEST
from scripts.launcher.trouble import Trouble


def check_database(name: str, url: str) -> None:
    """Refuse a database that does not let us in, or is too old; never show its password."""
    try:
        connection = psycopg2.connect(url, connect_timeout=10)
    except psycopg2.Error as error:
        raise Trouble(f"The database in {name} does not let us in: {error}") from None
    version = connection.server_version // 10000
    connection.close()
    if version < OLDEST:
        raise Trouble(
            f"The database in {name} is PostgreSQL {version}; Tenth needs {OLDEST} or newer."
        )


def check_broker(url: str) -> None:
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=10) as client:
            client.ping()
    except (redis.RedisError, ValueError) as error:
        raise Trouble(f"The broker in REDIS_URL does not answer: {error}") from None
