"""scripts/new-decision: the next numbered page in docs/decisions/."""

import re
import sys
from datetime import UTC, date, datetime
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "decisions"
PAGE = """# {number:04}. {title}

Date: {today}

## Context

What made us choose, and what we could have chosen instead.

## Decision

What we do.

## Consequences

What becomes easier, what becomes harder, what would make us think again.
"""


def new_decision(title: str, *, folder: Path = FOLDER, today: date) -> Path:
    """Write the page under the first number that no page has had; its path."""
    slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    if not slug:
        raise ValueError("A decision needs a title, such as: Keep one engine")
    folder.mkdir(parents=True, exist_ok=True)
    number = 1 + max((_number(page) for page in folder.glob("*.md")), default=0)
    page = folder / f"{number:04}-{slug}.md"
    page.write_text(PAGE.format(number=number, title=title.strip(), today=today))
    return page


def _number(page: Path) -> int:
    found = re.match(r"\d+", page.name)
    return int(found.group()) if found else 0


if __name__ == "__main__":
    try:
        print(new_decision(" ".join(sys.argv[1:]), today=datetime.now(UTC).date()))
    except ValueError as refusal:
        sys.exit(str(refusal))
