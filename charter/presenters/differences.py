"""What differs between two sets of named parts: field by field, in plain words.

Each part of a version is an item with a key that both versions know it by. Fields are compared
by what they hold and shown in words.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from fractions import Fraction

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
NOTHING = "Nothing"
WORD = re.compile(r"\S+\s*|\s+")
# Longer texts stand beside each other unmarked: to look for their likeness takes too long.
MOST_MARKED = 2000


@dataclass(frozen=True)
class Held:
    """What a field holds: for comparing, for reading, and for telling two alike apart."""

    value: object
    words: str
    exactly: str = ""


@dataclass(frozen=True)
class Item:
    """One part of a version; `group` is that within which it has its place in an order."""

    name: str
    fields: Mapping[str, Held]
    group: str = ""
    group_name: str = ""


@dataclass(frozen=True)
class Piece:
    """Some words of a text, and whether they are only there."""

    words: str
    is_own: bool


@dataclass(frozen=True)
class Difference:
    """One field before and after."""

    label: str
    before: str
    after: str

    @property
    def marked(self) -> tuple[list[Piece], list[Piece]]:
        """Both texts in pieces, with those marked that the other text does not have."""
        return marked(self.before, self.after)


@dataclass(frozen=True)
class Change:
    """One part that was added, removed or changed; when changed, in which fields."""

    kind: str
    name: str
    differences: tuple[Difference, ...]
    # What both versions know the part by; None where it is an order that has changed.
    key: object = None


@dataclass(frozen=True)
class Section:
    """The changes to parts of one kind."""

    title: str
    changes: tuple[Change, ...]


Items = Mapping[object, Item]


def compare(before: Items, after: Items, *, order_of: str = "") -> tuple[Change, ...]:
    """Every change from one set of items to the other; `order_of` names what has an order."""
    changes = [_gone(key, item) for key, item in before.items() if key not in after]
    for key, item in after.items():
        if key not in before:
            changes.append(_come(key, item))
        elif differences := _differences(before[key].fields, item.fields):
            changes.append(Change(CHANGED, item.name, differences, key))
    if order_of:
        changes += _moved(before, after, order_of)
    return tuple(changes)


def text(value: str) -> Held:
    """A field whose words are what it holds."""
    return Held(value, value)


def marked(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Two texts word by word; where little is left of the first, nothing is marked."""
    was, now = WORD.findall(before), WORD.findall(after)
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    if len(was) + len(now) > MOST_MARKED or matcher.quick_ratio() < Fraction(1, 2):
        return [Piece(before, False)], [Piece(after, False)]
    first, second = [], []
    for kind, start, end, begin, stop in matcher.get_opcodes():
        is_own = kind != "equal"
        first.append(Piece("".join(was[start:end]), is_own))
        second.append(Piece("".join(now[begin:stop]), is_own))
    return [one for one in first if one.words], [one for one in second if one.words]


def _gone(key: object, item: Item) -> Change:
    told = [Difference(label, held.words, "") for label, held in item.fields.items() if held.words]
    return Change(REMOVED, item.name, tuple(told), key)


def _come(key: object, item: Item) -> Change:
    told = [Difference(label, "", held.words) for label, held in item.fields.items() if held.words]
    return Change(ADDED, item.name, tuple(told), key)


def _differences(before: Mapping[str, Held], after: Mapping[str, Held]) -> tuple[Difference, ...]:
    labels = dict.fromkeys([*before, *after])
    absent = Held(None, "")
    pairs = [(label, before.get(label, absent), after.get(label, absent)) for label in labels]
    return tuple([_difference(*pair) for pair in pairs if pair[1].value != pair[2].value])


def _difference(label: str, before: Held, after: Held) -> Difference:
    if before.words == after.words:
        before, after = [
            Held(held.value, f"{held.words} ({held.exactly})") for held in (before, after)
        ]
    return Difference(label, before.words or NOTHING, after.words or NOTHING)


def _moved(before: Items, after: Items, order_of: str) -> list[Change]:
    """A line for each group whose parts, as far as both versions have them, changed places."""
    stayed = [key for key in before if key in after and before[key].group == after[key].group]
    changes = []
    for group in dict.fromkeys(after[key].group for key in stayed):
        was = [key for key in stayed if after[key].group == group]
        now = [key for key in after if key in was]
        if was != now:
            told = Difference("Order", _listed(before, was), _listed(after, now))
            within = f" under {after[now[0]].group_name}" if group else ""
            changes.append(Change(CHANGED, f"Order of the {order_of}{within}", (told,)))
    return changes


def _listed(items: Items, keys: Iterable[object]) -> str:
    return "\n".join(items[key].name for key in keys)
