"""manage.py rotate_bid_keys: a new version of each wrapping key."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from bids.keyring import KeyringTrouble, Purpose, key_file

ROTATED = """Version {version} of the keys in {path} seals every bid begun from now on.
Bids begun before stay under the version they were sealed under, which is kept.
Copy the file again now: the copy you have does not open what is sealed from now on."""


class Command(BaseCommand):
    """What was sealed under the older versions still opens."""

    help = "Add a new version to the keys that bids are sealed under; the old ones are kept."

    def handle(self, *args, **options):
        if settings.BID_KEYS_SERVICE:
            raise CommandError(
                f"The keys of this site are in the service at {settings.BID_KEYS_SERVICE}. Rotate "
                f"{settings.BID_KEYS_FIRM} and {settings.BID_KEYS_OPENING} there; it keeps the "
                "old versions."
            )
        path = Path(settings.BID_KEYS_FILE)
        try:
            keys = key_file.rotate(path)
        except KeyringTrouble as trouble:
            raise CommandError(str(trouble)) from None
        except OSError as error:
            raise CommandError(f"Cannot change {path}: {error.strerror}.") from error
        self.stdout.write(ROTATED.format(version=keys[Purpose.FIRM].current, path=path))
