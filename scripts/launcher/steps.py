"""Several management commands, one after the other, in one process of Django."""

import json
import sys

import django
from django.core.management import CommandError, call_command


def main(steps: list[list[str]]) -> None:
    django.setup()
    for name, *arguments in steps:
        try:
            call_command(name, *arguments)
        except CommandError as refusal:
            sys.exit(f"{name}: {refusal}")


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
