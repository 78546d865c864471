"""manage.py check_bid_keys: do these keys open the bids of this database?"""

from collections import Counter

from django.core.management.base import BaseCommand, CommandError

from bids.keyring import KeyringTrouble, Purpose, keyring
from bids.keys import opened_by
from bids.models import Bid


class Command(BaseCommand):
    """The drill of a restored backup: says how many, and never which."""

    help = "Say how many bids of the database these keys open; fails unless it is all of them."

    def handle(self, *args, **options):
        count, opened = 0, Counter()
        try:
            keyring().check()
            for bid in Bid.objects.iterator():
                count += 1
                opened.update(opened_by(keyring(), bid))
        except KeyringTrouble as trouble:
            raise CommandError(str(trouble)) from None
        self.stdout.write(
            f"Of {count} bids, these keys open {opened[Purpose.FIRM]} for the firm and "
            f"{opened[Purpose.OPENING]} for the opening of the tender."
        )
        if any(opened[purpose] < count for purpose in Purpose):
            raise CommandError(
                "Some bids cannot be read with these keys. If the database comes from a backup, "
                "restore the copy of the keys that is as new as it or newer."
            )
