"""One soak within Django: python -m scripts.soaks.within '{"soak": "deadline", …}'."""

import json
import sys
from argparse import Namespace
from importlib import import_module

import django


def main(asked: dict) -> int:
    django.setup()
    return int(import_module(f"scripts.soaks.{asked['soak']}").run(Namespace(**asked)))


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))
