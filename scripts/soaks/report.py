"""A soak's report for the terminal: what was counted, and which claims failed."""

from collections.abc import Mapping


def table(title: str, rows: Mapping[str, object]) -> str:
    width = max(len(name) for name in rows)
    return "\n".join(
        ["", title, *(f"  {name.ljust(width)}  {said}" for name, said in rows.items())]
    )


def verdict(broken: Mapping[str, int]) -> str:
    failed = [name for name, times in broken.items() if times]
    return f"FAILED: {'; '.join(failed)}" if failed else "Every claim held."
