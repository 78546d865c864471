"""What the forms of a metric share: what was read before, and the choice of a unit."""

from collections.abc import Iterable

from django import forms

from charter.forms.entries import EntryForm
from charter.refusals import Unfit
from design.fields import CleanTextField
from metrics.models import Metric
from metrics.refusals import Stale
from metrics.units import UNITS

ANOTHER = "another"
LONGEST_UNIT = 40


class SeenForm(EntryForm):
    """A page of a metric, which remembers what the metric said when it was drawn."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def refuse(self, refusal: Unfit) -> None:
        super().refuse(refusal)
        if isinstance(refusal, Stale):
            self.send_back("seen", refusal.now)


def units_of(metrics: Iterable[Metric]) -> list[str]:
    """The units everybody may choose, then those that metrics of this charter add."""
    added = {
        one["unit"]
        for metric in metrics
        for one in (*metric.quantities, *metric.bases, metric.applies_to, metric.track_record)
        if one
    }
    return [*UNITS, *sorted(added - set(UNITS))]


def unit_field(units: list[str], *, label: str = "Unit", required: bool = True):
    """A unit from the list, or the choice of another."""
    return forms.ChoiceField(
        label=label,
        required=required,
        choices=[("", "Choose a unit"), *[(one, one) for one in units], (ANOTHER, "Another unit")],
    )


def another_unit_field(label: str = "Another unit") -> CleanTextField:
    """A unit that is not in the list, typed."""
    return CleanTextField(
        label=label,
        required=False,
        max_length=LONGEST_UNIT,
        help_text="Only if you chose “Another unit” in the list.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )


def chosen_unit(form: forms.Form, chosen: str, typed: str) -> str:
    """The unit meant by a list and the field beside it; what is amiss stands by its field."""
    unit, other = form.cleaned_data.get(chosen, ""), form.cleaned_data.get(typed, "")
    if unit == ANOTHER and not other and typed not in form.errors:
        form.add_error(typed, "Enter the unit, for example bicycles")
    if unit != ANOTHER and other:
        form.add_error(typed, "Choose “Another unit” in the list, or leave this empty")
    if unit != ANOTHER:
        return unit
    known = [value for value, _ in form.fields[chosen].choices if value not in ("", ANOTHER)]
    return next((one for one in known if one.lower() == other.lower()), other)
