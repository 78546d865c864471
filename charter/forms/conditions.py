"""Asks to which contracts a rule or a clause speaks; most speak to every one."""

from datetime import date
from decimal import Decimal

from django import forms

from charter.forms.entries import EntryForm
from charter.scope import KINDS_OF_CONTRACT, LABELS, MOST_MONTHS
from design import fields, widgets
from design.numbers import plain_digits

BEGINS = "The day on which the procurement begins counts."


def _sum(key: str, hint: str) -> forms.Field:
    return fields.MoneyField(label=LABELS[key], required=False, help_text=hint)


def _months(key: str) -> forms.Field:
    limits = {"min_value": 1, "max_value": MOST_MONTHS, "suffix": "months"}
    return fields.WholeNumberField(label=LABELS[key], required=False, **limits)


def _day(key: str, hint: str) -> forms.Field:
    return fields.DateField(label=LABELS[key], required=False, help_text=hint)


class ScopedForm(EntryForm):
    """A form whose last part says for which contracts: nothing, for every one."""

    when_over = _sum("over", "A contract of exactly this sum is not over it.")
    when_at_least = _sum("at_least", "A contract of exactly this sum is among them.")
    when_up_to = _sum("up_to", "A contract of exactly this sum is among them.")
    when_under = _sum("under", "A contract of exactly this sum is not under it.")
    when_months_over = _months("months_over")
    when_months_up_to = _months("months_up_to")
    when_kinds = forms.MultipleChoiceField(
        label=LABELS["kinds"],
        required=False,
        choices=[(code, name.capitalize()) for code, name in KINDS_OF_CONTRACT.items()],
        widget=widgets.Checkboxes(),
    )
    when_from = _day("from", BEGINS)
    when_until = _day("until", f"{BEGINS} This day is still among them.")

    @property
    def conditions(self) -> list[forms.BoundField]:
        """The fields that say for which contracts, where it may be said."""
        return [self[name] for key in LABELS if (name := f"when_{key}") in self.fields]

    @property
    def others(self) -> list[forms.BoundField]:
        """Every other field, hidden ones among them."""
        asked = {field.name for field in self.conditions}
        return [field for field in self if field.name not in asked]

    @property
    def is_for_some(self) -> bool:
        """Whether a condition is set, typed or refused: then a reader must see them."""
        return any(field.errors or _is_filled(field.value()) for field in self.conditions)

    def details(self) -> dict:
        """What the action is told: a condition left empty is not set."""
        rest = dict(super().details())
        told = {key: rest.pop(f"when_{key}", None) for key in LABELS}
        return {**rest, "when": {key: _kept(told[key]) for key in told if _is_filled(told[key])}}


def _is_filled(value: object) -> bool:
    return any(value) if isinstance(value, list) else value not in (None, "")


def _kept(value: object) -> str | list[str]:
    """A condition as a rule keeps it."""
    if isinstance(value, Decimal):
        return plain_digits(value)
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, list) else str(value)
