"""Give the application's database role what it may do, and nothing more."""

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from psycopg2 import sql

KEPT_FOR_EVER = ["records_auditevent"]
STATEMENTS = [
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
]


class Command(BaseCommand):
    """Run after `migrate`, as the owner: the role may add to the audit trail, not change it."""

    help = "Grant the application's database role its rights. Run as the owner, after migrate."

    def add_arguments(self, parser):
        parser.add_argument("role", help="the role in the application's DATABASE_URL")

    def handle(self, *, role, **options):
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user = %s", [role])
            if cursor.fetchone()[0]:
                raise CommandError(
                    f"{role} is the owner itself. Set DATABASE_URL to the owner's address "
                    "and name another role."
                )
            for statement in STATEMENTS:
                cursor.execute(sql.SQL(statement).format(role=sql.Identifier(role)))
            for table in KEPT_FOR_EVER:
                cursor.execute(
                    sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role}").format(
                        table=sql.Identifier(table), role=sql.Identifier(role)
                    )
                )
        self.stdout.write(f"{role} may use the database; the audit trail it may only add to.")
