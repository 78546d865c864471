"""What an answer is judged by, part for part: rows that grow as they are asked for."""

from collections.abc import Mapping

from design import fields
from tenders.forms.entries import EntryForm
from tenders.limits import MOST_SUB_CRITERIA
from tenders.models import Tender

SPARE = 2
MORE = "more"


class JudgedByParts(EntryForm):
    """A form that ends with the sub-criteria of an answer; an empty row is none."""

    stands_for = {"sub_criteria": "sub_title_1"}

    def __init__(self, *args, tender: Tender, **kwargs):
        super().__init__(*args, **kwargs)
        self.tender = tender
        self.rows = self._how_many()
        for place, kept in enumerate(self._kept(), start=1):
            self.initial.setdefault(f"sub_title_{place}", kept["title"])
            self.initial.setdefault(f"sub_asks_{place}", kept["asks"])
        for place in range(1, self.rows + 1):
            self.fields[f"sub_title_{place}"] = fields.CleanTextField(
                label=f"Name of sub-criterion {place}", required=False, max_length=200
            )
            self.fields[f"sub_asks_{place}"] = fields.LongTextField(
                label=f"What sub-criterion {place} asks for",
                required=False,
                max_length=2000,
                rows=2,
            )

    def _kept(self) -> list[Mapping]:
        return self.initial.get("sub_criteria") or []

    def _how_many(self) -> int:
        """As many rows as were sent or are asked for; else some more than are kept."""
        if self.is_bound:
            rows = _rows_in(self.data)
        else:
            rows = self.initial.get("rows") or len(self._kept()) + SPARE
        return min(rows, MOST_SUB_CRITERIA)

    @staticmethod
    def with_more(posted: Mapping) -> dict:
        """Everything typed so far, and room for more sub-criteria; nothing is saved."""
        return {**{name: posted.get(name) for name in posted}, "rows": _rows_in(posted) + SPARE}

    @property
    def sub_boxes(self) -> list[tuple]:
        """The two fields of each row."""
        places = range(1, self.rows + 1)
        return [(self[f"sub_title_{place}"], self[f"sub_asks_{place}"]) for place in places]

    @property
    def main_boxes(self) -> list:
        """The fields before the rows."""
        return [box for box in self.visible_fields() if not box.name.startswith("sub_")]

    @property
    def is_judged_by_parts(self) -> bool:
        """Whether a row holds something or is amiss, so that all of them are shown."""
        boxes = [box for row in self.sub_boxes for box in row]
        return "rows" in self.initial or any(box.value() or box.errors for box in boxes)

    @property
    def may_grow(self) -> bool:
        return self.rows < MOST_SUB_CRITERIA

    def clean(self):
        entered = super().clean()
        for place in range(1, self.rows + 1):
            title, asks = f"sub_title_{place}", f"sub_asks_{place}"
            if {title, asks} & set(self.errors):
                continue
            if entered.get(asks) and not entered.get(title):
                self.add_error(title, f"Name sub-criterion {place}, or empty its other field")
            elif entered.get(title) and not entered.get(asks):
                self.add_error(asks, f"Say what sub-criterion {place} asks for, or empty its name")
        return entered

    def details(self) -> dict:
        entered = super().details()
        places = range(1, self.rows + 1)
        typed = [(entered[f"sub_title_{at}"], entered[f"sub_asks_{at}"]) for at in places]
        return {
            **{name: value for name, value in entered.items() if not name.startswith("sub_")},
            "sub_criteria": [{"title": title, "asks": asks} for title, asks in typed if title],
        }


def _rows_in(data: Mapping) -> int:
    """How many rows were sent, counted from the first on."""
    return next(
        (at - 1 for at in range(1, MOST_SUB_CRITERIA + 1) if f"sub_title_{at}" not in data),
        MOST_SUB_CRITERIA,
    )
