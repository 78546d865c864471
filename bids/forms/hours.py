"""The hours of several answers in one table, and their total."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django import forms

from bids.hours import CannotShare, Row, share_out
from bids.hours_asked import HoursRow
from design.fields import QuantityField
from metrics.grammar import plain
from metrics.units import with_unit
from tenders.models import Criterion


class HoursForm(forms.Form):
    """A total that may be shared out, and the hours of each answer; any may be left for later."""

    mark_optional = False

    total = QuantityField(
        label="Hours in total",
        help_text="Leave this empty to fill in the rows yourself.",
        suffix="hours",
        required=False,
    )

    def __init__(self, *args, rows: Sequence[HoursRow], **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            self.fields[row.field] = QuantityField(
                label=row.asked.label,
                suffix="hours",
                required=False,
                initial=row.kept.quantities.get(row.asked.id),
            )
            self.fields[row.seen_field] = forms.IntegerField(
                widget=forms.HiddenInput, required=False, min_value=0, initial=row.kept.edits
            )
        self.shares: list[Fraction] | None = None
        self._seen = {row.seen_field: self[row.seen_field].value() for row in rows}

    @property
    def given(self) -> list[Decimal | None]:
        """The hours well typed in each row; None for one left empty."""
        return [self.cleaned_data.get(row.field) for row in self.rows]

    @property
    def seen(self) -> dict[Criterion, int | None]:
        """How many changes of each answer were there when the page was made."""
        return {row.criterion: self.cleaned_data.get(row.seen_field) for row in self.rows}

    @property
    def hours(self) -> dict[Criterion, Decimal | None]:
        """What is to be saved."""
        return dict(zip([row.criterion for row in self.rows], self.given, strict=True))

    @property
    def texts(self) -> dict[UUID, dict[str, str]]:
        """The hours of each row as text, by criterion and quantity: as typed, or as kept."""
        if not self.is_bound:
            return {row.criterion.pk: dict(row.kept.quantities) for row in self.rows}
        return {
            row.criterion.pk: {} if hours is None else {row.asked.id: f"{hours:f}"}
            for row, hours in zip(self.rows, self.given, strict=True)
        }

    @property
    def seen_boxes(self) -> list[tuple[str, object]]:
        """The hidden fields that say what its writer has seen."""
        return [(row.seen_field, self._seen.get(row.seen_field)) for row in self.rows]

    def have_seen(self, rows: Sequence[HoursRow]) -> None:
        """What a colleague saved has been shown: the next save may replace it."""
        self.rows = rows
        self._seen = {row.seen_field: row.kept.edits for row in rows}

    def clean(self):
        """Share out what is left of a total; the rows must come to it."""
        total = self.cleaned_data.get("total")
        if total is None or any(self.has_error(row.field) for row in self.rows):
            return super().clean()
        rows = [
            Row(row.target, None if hours is None else Fraction(hours))
            for row, hours in zip(self.rows, self.given, strict=True)
        ]
        try:
            self.shares = share_out(Fraction(total), rows)
        except CannotShare as refusal:
            self.add_error("total", self._sum_said(str(refusal)))
        return super().clean()

    @property
    def proposes(self) -> bool:
        """Whether hours were shared out, which its writer has to look at before they are saved."""
        return self.shares is not None and None in self.given

    def with_shares(self) -> "HoursForm":
        """The same form with the empty rows filled in."""
        typed = self.data.copy()
        for row, hours in zip(self.rows, self.shares or [], strict=True):
            typed[row.field] = plain(hours)
        whole = HoursForm(typed, rows=self.rows)
        whole.full_clean()
        return whole

    def _sum_said(self, why: str) -> str:
        come_to = sum((Fraction(hours) for hours in self.given if hours is not None), Fraction(0))
        said = with_unit(come_to, "hours")
        return f"The rows come to {said}, {why}. Change a row, or the total"
