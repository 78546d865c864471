"""manage.py personas FILE: the demo sign-ins as JSON, for people and outside testers."""

import json
import os
import sys

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from accounts.roles import Role
from demo.cast import EVERYBODY, Person, password_of


class Command(BaseCommand):
    """Write one entry per sign-in: role, organisation, e-mail, password, TOTP secret."""

    help = "Write the demo sign-ins as JSON. FILE is - for standard output."

    def add_arguments(self, parser):
        parser.add_argument("file")

    def handle(self, *, file, **options):
        if not User.objects.filter(email=EVERYBODY[0].email).exists():
            raise CommandError("There is no demo yet. Run manage.py build_demo first.")
        text = json.dumps([describe(person) for person in EVERYBODY], indent=2) + "\n"
        if file == "-":
            sys.stdout.write(text)
            return
        # Passwords: for the owner's eyes only.
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(handle, "w") as out:
            out.write(text)


def describe(person: Person) -> dict:
    """One sign-in. Nobody in the demo has a second factor, so `totp_secret` is null."""
    is_company = person.roles == (Role.BIDDER,)
    home = person.organisation or None
    return {
        "role": person.persona,
        "name": person.name,
        "authority": None if is_company else home,
        "company": home if is_company else None,
        "email": person.email,
        "password": password_of(person),
        "totp_secret": None,
    }
