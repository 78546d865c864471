"""What officers fill in to set the least a bid must reach."""

from dataclasses import dataclass
from decimal import Decimal

from django import forms

from design import fields, widgets
from tenders.cases import number
from tenders.forms.entries import DraftForm
from tenders.minimums import least_mark, percent_of_mark
from tenders.models import Criterion, Group, Method, Tender

WEIGHTED, BOTH = "weighted", "both"
CHOICES = [(WEIGHTED, "Weighted"), (BOTH, "Weighted, with a minimum to pass")]
WHOLE = Decimal(100)


@dataclass(frozen=True)
class Asked:
    """One question, or one group, that may have a minimum."""

    name: str
    title: str
    # Empty for a group.
    method: str = ""

    @property
    def kind_field(self) -> str:
        return f"kind_{self.name}"

    @property
    def least_field(self) -> str:
        return f"least_{self.name}"

    @property
    def is_marked(self) -> bool:
        return self.method == Method.MARKS

    @property
    def is_all_or_nothing(self) -> bool:
        return self.method == Method.MEETS_TARGET


def asked_in(tender: Tender) -> list[Asked]:
    """Every question that may have a minimum, then every group in which something is asked."""
    criteria: list[Criterion] = list(tender.criteria.all())
    groups = [group for group in Group if any(one.group == group for one in criteria)]
    return [
        *(Asked(one.code, one.title, one.method) for one in criteria),
        *(Asked(group.value, f"{group.label} as a whole") for group in groups),
    ]


class GatesForm(DraftForm):
    """For each question and group: weighted, or weighted with a minimum to pass."""

    mark_optional = False

    def __init__(self, *args, tender: Tender, **kwargs):
        super().__init__(*args, **kwargs)
        self.tender, self.asked = tender, asked_in(tender)
        self.stands_for = {one.name: one.least_field for one in self.asked}
        for one in self.asked:
            reveals = {} if one.is_all_or_nothing else {BOTH: one.least_field}
            hints = {BOTH: "The whole target must be met."} if one.is_all_or_nothing else {}
            self.fields[one.kind_field] = forms.ChoiceField(
                label=one.title,
                choices=CHOICES,
                widget=widgets.Radios(reveals=reveals, hints=hints),
            )
            if not one.is_all_or_nothing:
                self.fields[one.least_field] = self._least(one)

    def _least(self, one: Asked) -> forms.Field:
        if one.is_marked:
            highest = number(self.tender.max_mark)
            return fields.QuantityField(
                label="Least mark",
                required=False,
                suffix=f"of {highest}",
                widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
            )
        label = "Least share of the target" if one.method else "Least share of its points"
        return fields.PercentageField(label=label, required=False)

    @classmethod
    def of(cls, record: Tender, tender: Tender) -> dict:
        percents = {gate.name: gate.minimum_percent for gate in record.gates.all()}
        shown: dict = {"seen": tender.edits}
        for one in asked_in(tender):
            percent = percents.get(one.name)
            shown[one.kind_field] = WEIGHTED if percent is None else BOTH
            if percent is not None and one.is_marked:
                percent = least_mark(percent, tender.max_mark, tender.mark_step)
            shown[one.least_field] = percent
        return shown

    @property
    def rows(self) -> list:
        """The choice of each question and group, for the page."""
        return [self[one.kind_field] for one in self.asked]

    def clean(self) -> dict:
        entered = super().clean() or {}
        for one in self.asked:
            if entered.get(one.kind_field) == BOTH and one.least_field in self.fields:
                self._check(one, entered.get(one.least_field))
        return entered

    def _check(self, one: Asked, least: Decimal | None) -> None:
        if one.least_field in self.errors:
            return
        if not one.is_marked:
            if not least:
                self.add_error(one.least_field, "Enter a percentage above 0, for example 50")
            return
        highest, step = self.tender.max_mark, self.tender.mark_step
        if not least or least > highest or least % step:
            self.add_error(
                one.least_field,
                f"Enter a mark of the scale, from {number(step)} to {number(highest)} in steps "
                f"of {number(step)}",
            )

    def details(self) -> dict:
        entered = self.cleaned_data
        chosen = [one for one in self.asked if entered[one.kind_field] == BOTH]
        return {
            "seen": entered["seen"],
            "minimums": {one.name: self._percent(one) for one in chosen},
        }

    def _percent(self, one: Asked) -> Decimal:
        if one.is_all_or_nothing:
            return WHOLE
        least = self.cleaned_data[one.least_field]
        return percent_of_mark(least, self.tender.max_mark) if one.is_marked else least
