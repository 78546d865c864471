"""The one clock that decides: the database's."""

from datetime import datetime

from django.db import connection


def database_time() -> datetime:
    """What the database's clock says at this moment, in UTC.

    Not `now()`, which is the start of the transaction and may lie before a lock was had.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]
