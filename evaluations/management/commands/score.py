"""Score cases from files or standard input; needs no database, broker or environment."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from evaluations.documents import read_document
from evaluations.scoring import Refused, score


class Command(BaseCommand):
    """Prints one result per case, each on a line of its own."""

    help = (
        "Score each CASE.json and print its result as JSON, one result per line. "
        "With --jsonl, score one case per line of standard input. "
        "The format is in docs/scoring.md."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        """Files, or standard input."""
        source = parser.add_mutually_exclusive_group(required=True)
        source.add_argument("files", nargs="*", default=[], metavar="CASE.json")
        source.add_argument(
            "--jsonl", action="store_true", help="read one case per line of standard input"
        )

    def handle(self, *args, files, jsonl, **options):
        """Answer every case; fail at the end if some file could not be opened."""
        if jsonl:
            self.answer(sys.stdin.buffer)
            return
        missing = []
        for name in files:
            try:
                data = Path(name).read_bytes()
            except (OSError, ValueError) as error:
                missing.append(f"{name}: {error}")
            else:
                self.answer([data])
        if missing:
            raise CommandError("Some files could not be read.\n" + "\n".join(missing))

    def answer(self, documents: Iterable[bytes]):
        """Print what became of each document, as soon as it is known."""
        for data in documents:
            try:
                result = score(read_document(data))
            except Refused as refusal:
                result = {"refused": str(refusal)}
            self.stdout.write(json.dumps(result))
            self.stdout.flush()
