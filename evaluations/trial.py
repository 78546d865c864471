"""Invented bids for a tender and where they come from: a table, or rules of our own. Pure.

They are scored by evaluations.scoring as real ones are, and nothing of them is kept.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from io import StringIO

from metrics.attainment import Single, leaves, required
from metrics.grammar import plain
from tenders.criteria import Criterion
from tenders.published import Published

MOST_BIDS, FEWEST_BIDS = 6, 2
NAMES = tuple(f"Bid {letter}" for letter in "ABCDEF")
NAME, PRICE = "name", "price"
HUNDRED = Fraction(100)
# Made up, so that a cheap bid, a good one and a generous one meet. Of each: where its price
# stands between the cheapest and the dearest, the marks it earns and the part of each target
# it promises, all in per cent, and its people.
INVENTED = (
    (Fraction(20), Fraction(60), Fraction(40), Fraction(12)),
    (Fraction(45), Fraction(80), Fraction(60), Fraction(30)),
    (Fraction(70), Fraction(80), HUNDRED, Fraction(60)),
    (Fraction(55), HUNDRED, Fraction(70), Fraction(150)),
)
# Where no scale of prices is published: from a tenth below the contract value to a tenth above.
CHEAPEST, DEAREST = Fraction(9, 10), Fraction(11, 10)
UNEVEN = Fraction(20)


@dataclass(frozen=True)
class Question:
    """One thing a bid states: its price, a mark it is given, a quantity, a base of its own."""

    key: str
    label: str
    kind: str  # price, mark, quantity or base
    unit: str = ""


def standin(
    published: Published,
    *,
    name: str,
    price: Fraction | None,
    marks: Mapping[str, Fraction],
    reached: Mapping[str, Fraction],
    bases: Mapping[str, Fraction],
    in_whole: bool = False,
) -> dict:
    """A bid that earns these percentages of the marks and reaches these of the targets."""
    known = {**bases, **published.bases, **({"price": price} if price else {})}
    quantities: dict[str, Fraction] = {}
    for one in published.criteria:
        for leaf in leaves(one.measure) if one.measure is not None else ():
            quantities |= _quantities(leaf, known, reached, in_whole)
    own = [key for key in published.bases_used if key not in published.bases and key != PRICE]
    return {
        "id": name,
        **({"price": _written(price)} if price is not None else {}),
        "marks": {
            key: _written(_on_scale(one, marks[key])) for key, one in published.marked.items()
        },
        "quantities": {key: _written(amount) for key, amount in quantities.items()},
        "bases": {key: _written(bases[key]) for key in own},
    }


def _quantities(
    leaf: Single, bases: Mapping[str, Fraction], reached: Mapping[str, Fraction], in_whole: bool
) -> dict[str, Fraction]:
    """What reaches this part of the target; of a sum, all of it by what counts for most."""
    first = max(leaf.parts, key=lambda part: part.unit_value)
    amounts = {part.id: Fraction(0) for part in leaf.parts}
    if leaf.target is None or not first.unit_value:
        return amounts
    part = reached.get(first.id, HUNDRED) / HUNDRED
    needed = required(leaf.target, bases)
    if leaf.lower_is_better:
        return amounts | {first.id: needed / part if part else needed * 2}
    amount = needed * part / first.unit_value
    return amounts | {first.id: Fraction(-(-amount // 1)) if in_whole else amount}


def _on_scale(one: Criterion, percent: Fraction) -> Fraction:
    """The highest mark of the scale that is no more than this percentage of full marks."""
    return one.max_mark * percent / HUNDRED // one.step * one.step


def _written(amount: Fraction) -> str:
    """As a case writes a number: rounded up at the ninth place, so that a target is reached."""
    return plain(Fraction(-(-amount * 10**9 // 1), 10**9))


def invented(
    published: Published, base_units: Mapping[str, str], contract_value: Fraction
) -> list[dict]:
    """Four varied bids, the same each time they are asked for."""
    return [_invent(published, base_units, contract_value, place) for place in range(len(INVENTED))]


def _invent(
    published: Published, base_units: Mapping[str, str], contract_value: Fraction, place: int
) -> dict:
    at, quality, social, people = INVENTED[place]
    price = _price(published, contract_value, at)
    marks = {
        key: _uneven(social if one.group == "social_value" else quality, place + turn)
        for turn, (key, one) in enumerate(published.marked.items())
    }
    reached = {key: _uneven(social, place + turn) for turn, key in enumerate(published.measured)}
    bases = {
        name: price if base_units.get(name) == "£" else people for name in published.bases_used
    }
    return standin(
        published,
        name=NAMES[place],
        price=price if published.needs_price else None,
        marks=marks,
        reached=reached,
        bases=bases,
        in_whole=True,
    )


def _uneven(percent: Fraction, turn: int) -> Fraction:
    """A little more on one question, a little less on the next."""
    moved = percent + (UNEVEN if turn % 3 == 0 else -UNEVEN if turn % 3 == 1 else 0)
    return max(Fraction(0), min(HUNDRED, moved))


def _price(published: Published, contract_value: Fraction, at: Fraction) -> Fraction:
    """A price so far between the cheapest and the dearest, to the thousand where it is large."""
    scale = next((one for one in published.criteria if one.method == "fixed_scale"), None)
    low = scale.full_at if scale else CHEAPEST * contract_value
    high = scale.zero_at if scale else DEAREST * contract_value
    price = low + (high - low) * at / HUNDRED
    unit = Fraction(1000) if price >= 100_000 else Fraction(1, 100)
    return max(price // unit * unit, Fraction(1, 100))


def answers_of(bid: Mapping) -> dict[str, str]:
    """What a bid of a case states, by the keys of its questions."""
    stated = {NAME: bid["id"], **({PRICE: bid["price"]} if "price" in bid else {})}
    for kind in ("mark", "quantity", "base"):
        held = bid[{"mark": "marks", "quantity": "quantities", "base": "bases"}[kind]]
        stated |= {key_of(kind, name): number for name, number in held.items()}
    return stated


def key_of(kind: str, name: str) -> str:
    """How a question is named in a form and in a pasted table."""
    return f"{kind} {name}"


def bid_from(name: str, answers: Mapping[str, str]) -> dict:
    """A bid of a case out of answers by the keys of their questions."""
    bid: dict = {"id": name, "marks": {}, "quantities": {}, "bases": {}}
    held = {"mark": bid["marks"], "quantity": bid["quantities"], "base": bid["bases"]}
    for key, number in answers.items():
        if key == PRICE:
            bid[PRICE] = number
        else:
            kind, _, of = key.partition(" ")
            held[kind][of] = number
    return bid


def at_weight(case: Mapping, published: Published, social_value: Fraction) -> dict:
    """The case at another social value weight, price and quality keeping their proportion."""
    rest = published.weights["price"] + published.weights["quality"]
    left = HUNDRED - social_value
    price = Fraction(published.weights["price"] * left / rest * 10**9 // 1, 10**9)
    weights = {"price": price, "quality": left - price, "social_value": social_value}
    written = {name: plain(weight) for name, weight in weights.items()}
    return {**case, "weights": {"basis": "overall", **written}}


def read_table(text: str, questions: Sequence[Question]) -> tuple[list[dict[str, str]], list[str]]:
    """Bids from a pasted table, one a row, and what of it could not be read."""
    first = text.strip().splitlines()[:1]
    if not first:
        return [], ["Paste a table: one line of headings, then one line for each bid."]
    delimiter = "\t" if "\t" in first[0] else ","
    try:
        rows = list(csv.reader(StringIO(text.strip(), newline=""), delimiter=delimiter))
    except csv.Error:
        return [], ["This is not a table of commas or tabs. Copy it from a spreadsheet again."]
    keys, problems = _headings(rows[0], questions)
    found = [
        {key: _bare(cell) for key, cell in zip(keys, row, strict=False) if key}
        for row in rows[1:]
        if any(cell.strip() for cell in row)
    ]
    if not found:
        problems.append("There is no bid below the headings. Add one line for each bid.")
    if len(found) > MOST_BIDS:
        problems.append(f"There are {len(found)} bids. Try at most {MOST_BIDS} at a time.")
    return found[:MOST_BIDS], problems


def _headings(row: Sequence[str], questions: Sequence[Question]) -> tuple[list[str], list[str]]:
    known = {"bid": NAME, "name": NAME}
    for one in questions:
        known |= {one.label.casefold(): one.key, one.key.casefold(): one.key}
    cells = [cell.strip() for cell in row]
    keys = [known.get(cell.casefold(), "") for cell in cells]
    unknown = [cell[:40] for cell, key in zip(cells, keys, strict=True) if cell and not key]
    wanted = ", ".join(["Bid", *(one.label for one in questions)])
    said = "; ".join(f"“{cell}”" for cell in unknown[:5])
    words = f"No question of this tender is called {said}. Its headings are: {wanted}."
    return keys, [words] if unknown else []


def _bare(cell: str) -> str:
    return cell.strip().removeprefix("£").removesuffix("%").strip()
