"""The bids of a scoring case: read, and checked against what was published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from metrics.grammar import (
    Refused,
    naming,
    plain,
    quote,
    read_list,
    read_named,
    read_named_numbers,
    read_number,
    read_object,
)
from tenders.criteria import Criterion
from tenders.published import Published


@dataclass(frozen=True)
class Bid:
    """What one bidder offers and what the panel made of it."""

    id: str
    price: Fraction | None
    marks: Mapping[str, Fraction]
    quantities: Mapping[str, Fraction]
    # The case's bases, the name "price" and the bidder's own, in that order of authority.
    bases: Mapping[str, Fraction] = field(repr=False)


def read_bids(value: object, published: Published) -> list[Bid]:
    """Every bid, or `Refused` with the first reason."""
    reader = _Reader(published)
    bids = []
    for name, fields in read_named(read_list(value), "bid"):
        with naming(f"bid {quote(name)}"):
            bids.append(reader.read(name, fields))
    if not bids:
        raise Refused("there are no bids")
    _check_prices(bids)
    return bids


def _check_prices(bids: Sequence[Bid]) -> None:
    unpriced = [bid.id for bid in bids if bid.price is None]
    if unpriced and len(unpriced) < len(bids):
        raise Refused(f"bid {quote(unpriced[0])} has no price, and others have one")


class _Reader:
    """Reads one bid after another against the same published case."""

    def __init__(self, published: Published) -> None:
        self.published = published
        self.needs_price = published.needs_price
        self.marked = published.marked
        self.measured = published.measured
        self.bases_used = published.bases_used

    def read(self, name: str, fields: Mapping[str, object]) -> Bid:
        read_object(fields, needs=("id",), may=("price", "marks", "quantities", "bases"))
        price = self._price(fields)
        return Bid(
            id=name,
            price=price,
            marks=self._marks(fields.get("marks", {})),
            quantities=self._quantities(fields.get("quantities", {})),
            bases=self._bases(fields.get("bases", {}), price),
        )

    def _price(self, fields: Mapping[str, object]) -> Fraction | None:
        if "price" not in fields:
            if self.needs_price:
                raise Refused("its price is missing")
            return None
        with naming("price"):
            price = read_number(fields["price"])
            if price <= 0:
                raise Refused("a price must be above 0")
        return price

    def _marks(self, value: object) -> dict[str, Fraction]:
        with naming("marks"):
            marks = read_named_numbers(value, self.marked)
            for name in marks:
                if name not in self.marked:
                    raise Refused(f"there is no criterion {quote(name)} that takes a mark")
            for name, criterion in self.marked.items():
                if name not in marks:
                    raise Refused(f"the mark for criterion {quote(name)} is missing")
                _check_mark(marks[name], criterion)
        return marks

    def _quantities(self, value: object) -> dict[str, Fraction]:
        with naming("quantities"):
            quantities = read_named_numbers(value, self.measured)
            for name in quantities:
                if name not in self.measured:
                    raise Refused(f"nothing in the case asks for {quote(name)}")
            for name, users in self.measured.items():
                if name in quantities and quantities[name] >= 0:
                    continue
                wrong = "may not be below 0" if name in quantities else "is missing"
                asks = f"criterion {quote(users[0])} asks for {quote(name)}"
                raise Refused(f"{asks}, which {wrong} (0 is an answer)")
        return quantities

    def _bases(self, value: object, price: Fraction | None) -> dict[str, Fraction]:
        fixed = self.published.bases
        with naming("bases"):
            own = read_named_numbers(value, self.bases_used)
            for name in own:
                if name in fixed or name == "price":
                    raise Refused(f"{quote(name)} is fixed and not the bidder's to state")
            bases = {**own, **fixed}
            if price is not None:
                bases["price"] = price
            for name, criterion in self.bases_used.items():
                if name in bases and bases[name] > 0:
                    continue
                wrong = "must be above 0" if name in bases else "is missing"
                needs = f"criterion {quote(criterion)} needs {quote(name)}"
                raise Refused(f"{needs}, which {wrong}")
        return bases


def _check_mark(mark: Fraction, criterion: Criterion) -> None:
    if 0 <= mark <= criterion.max_mark and (mark / criterion.step).denominator == 1:
        return
    raise Refused(
        f"the mark {plain(mark)} is not on the scale from 0 to {plain(criterion.max_mark)} "
        f"in steps of {plain(criterion.step)} for criterion {quote(criterion.id)}"
    )
