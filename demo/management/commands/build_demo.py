"""manage.py build_demo: three procurements to look at, once."""

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation
from demo.cast import AUTHORITY
from demo.story import tell


class Command(BaseCommand):
    """Build the demo unless it is there already; all of it or nothing."""

    help = "Build the demo procurements. Does nothing where they exist."

    def handle(self, **options):
        if Organisation.objects.filter(name=AUTHORITY).exists():
            self.stdout.write("The demo is there already.")
            return
        with transaction.atomic():
            tell(timezone.localdate())
        self.stdout.write("The demo is built: three procurements, one of them finished.")
