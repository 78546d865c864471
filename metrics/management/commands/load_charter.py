"""manage.py load_charter sslep-2021 --authority "Name"."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.access import Conflict
from accounts.actions import found_authority
from charter.loading import Malformed
from charter.models import Maturity
from charter.states import CharterStatus
from metrics.actions import load_charter
from metrics.models import FlagKind
from metrics.reliance import reliance_of


class Command(BaseCommand):
    """Load a charter and its metrics for an authority; safe to run twice."""

    help = "Load a charter and its metrics for an authority, which is set up if it is new."

    def add_arguments(self, parser):
        parser.add_argument("code", help="the charter's folder, such as sslep-2021")
        parser.add_argument("--authority", required=True, help="the authority's name")

    @transaction.atomic
    def handle(self, *args, **options):
        now = timezone.now()
        name = options["authority"].strip()
        if not name:
            raise CommandError('Name the authority, for example --authority "Example Council".')
        authority = found_authority(name=name, by=None, at=now)
        try:
            charter, is_new = load_charter(
                code=options["code"], authority=authority, by=None, at=now
            )
        except (Malformed, Conflict) as refusal:
            raise CommandError(str(refusal)) from None
        if options["verbosity"] > 0:
            self.stdout.write(self.outcome(charter, authority, is_new))

    def outcome(self, charter, authority, is_new):
        """What the run came to."""
        if not is_new:
            return f"{charter} is loaded already for {authority}: nothing changed."
        return f"{charter} is {self.standing(charter, authority)}. {self.counted(charter)}"

    def standing(self, charter, authority):
        """Whether it is in force, and if it is not, why."""
        if charter.status == CharterStatus.PUBLISHED:
            return f"in force for {authority}"
        why = "a version written here is"
        if charter.maturity == Maturity.DRAFT:
            why = "its papers leave much open"
        elif any(not one.numbers for one in reliance_of(charter).errors):
            why = "a check finds errors in it that are to be mended first"
        return f"loaded for {authority} as a draft, not in force: {why}"

    def counted(self, charter):
        """How many metrics came with it."""
        metrics, unset = charter.metrics.count(), charter.metrics.with_target_not_set().count()
        if not metrics:
            return "It has no metrics."
        held = charter.metrics.filter(flags__kind=FlagKind.HELD_BACK).count()
        told = f"{metrics} metrics, {unset} of them with no target set."
        return f"{told} Held back because of errors: {held}." if held else told
