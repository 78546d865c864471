"""manage.py load_frameworks."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.access import Conflict
from charter.actions import load_frameworks
from charter.loading import Malformed


class Command(BaseCommand):
    """Keep every framework that ships with this release; safe to run twice."""

    help = "Keep every edition of the national and world frameworks that ships with this release."

    def handle(self, *args, **options):
        try:
            count = load_frameworks(by=None, at=timezone.now())
        except (Malformed, Conflict) as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{count} new editions kept. Those kept before are as their files say.")
