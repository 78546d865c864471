"""manage.py found_authority "Name" --administrator EMAIL --full-name "Name"."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from accounts.actions import BidsForACompany, found_authority, invite_colleague
from accounts.roles import Role


class Command(BaseCommand):
    """Set up an authority and its first administrator; safe to run twice."""

    help = "Set up an authority, and invite the administrator who does everything else."

    def add_arguments(self, parser):
        parser.add_argument("name", help="the authority's name")
        parser.add_argument("--administrator", required=True, help="their e-mail address")
        parser.add_argument("--full-name", required=True, help="the administrator's name")

    def handle(self, *args, **options):
        name, full_name = options["name"].strip(), options["full_name"].strip()
        email = options["administrator"].strip()
        if not name or not full_name:
            raise CommandError("Name the authority and its administrator.")
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email} is not an e-mail address.") from None
        self.found(name, full_name, email)
        self.stdout.write(
            f"{name} is set up, with {full_name} as an administrator. Who is new to Tenth gets a "
            f"link to choose a password, sent to {email}."
        )

    @transaction.atomic
    def found(self, name, full_name, email):
        """Both or neither."""
        now = timezone.now()
        authority = found_authority(name=name, by=None, at=now)
        try:
            invite_colleague(
                full_name=full_name,
                email=email,
                role=Role.ADMINISTRATOR,
                authority=authority,
                by=None,
                at=now,
            )
        except BidsForACompany as refusal:
            raise CommandError(str(refusal)) from None
