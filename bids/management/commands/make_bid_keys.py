"""manage.py make_bid_keys: the file of wrapping keys, made once."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from bids.keyring import KeyringTrouble, key_file, keyring
from bids.models import Bid

MADE = """The keys of this site's bids are in {path}.
Whoever loses this file loses every bid sealed from now on: nobody can make it again.
Copy it now to a place apart from the database's backups; docs/operating.md says how."""

LOST = """{count} sealed in this database under keys that are not at {path}.
New keys would not open them. Restore the file from where you keep its copy, then run
`python manage.py check_bid_keys`. If every copy is lost, --although-bids-are-sealed makes new
keys; what was sealed before stays unreadable for ever, and its firms must be told."""


class Command(BaseCommand):
    """Never over keys that exist, and not over the loss of those that are needed."""

    help = "Make the file of keys that bids are sealed under, once."

    def add_arguments(self, parser):
        parser.add_argument(
            "--unless-made",
            action="store_true",
            help="do nothing if there are keys, but refuse those that cannot be used",
        )
        parser.add_argument(
            "--although-bids-are-sealed",
            action="store_true",
            help="make new keys although the old ones are lost, and their bids with them",
        )

    def handle(self, *args, **options):
        path = Path(settings.BID_KEYS_FILE)
        try:
            if settings.BID_KEYS_SERVICE or path.exists():
                self.keep(path, options["unless_made"])
            else:
                self.make(path, options["although_bids_are_sealed"])
        except KeyringTrouble as trouble:
            raise CommandError(str(trouble)) from None

    def keep(self, path, is_wanted):
        """There are keys: fine if that is known, and refused if others were asked for."""
        if is_wanted:
            keyring().check()
        elif settings.BID_KEYS_SERVICE:
            raise CommandError(
                f"The keys of this site are in the service at {settings.BID_KEYS_SERVICE}. Make "
                "them there, as docs/operating.md says."
            )
        else:
            raise CommandError(
                f"There are keys at {path} already; others would not open the bids sealed under "
                "them. `python manage.py rotate_bid_keys` adds a new version beside them."
            )

    def make(self, path, is_loss_known):
        count = sealed_bids()
        if count and not is_loss_known:
            bids = "1 bid is" if count == 1 else f"{count} bids are"
            raise CommandError(LOST.format(count=bids, path=path))
        try:
            key_file.make(path)
        except OSError as error:
            raise CommandError(
                f"Cannot make {path}: {error.strerror}. Give {path.parent} to the user that "
                "Tenth runs as."
            ) from error
        self.stdout.write(MADE.format(path=path))


def sealed_bids() -> int:
    """How many bids are sealed; none in a database from before bids were."""
    with connection.cursor() as cursor:
        if Bid._meta.db_table not in connection.introspection.table_names(cursor):
            return 0
        columns = connection.introspection.get_table_description(cursor, Bid._meta.db_table)
    if "key_for_firm" not in {it.name for it in columns}:
        return 0
    return Bid.objects.filter(key_for_firm__gt=b"").count()
