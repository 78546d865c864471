"""What suppliers report and what contract managers answer."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from delivery.models import Contract, Promise
from design import fields, widgets

ACCEPT, QUERY = "accept", "query"


class ReturnForm(forms.Form):
    """A period, and for each promise a quantity, a few words and a file."""

    period_from = fields.DateField(label="First day of the period")
    period_to = fields.DateField(label="Last day of the period")
    mark_optional = False

    def __init__(self, *args, contract: Contract, **kwargs):
        super().__init__(*args, **kwargs)
        self.promises = list(contract.promises.select_related("metric__principle"))
        for promise in self.promises:
            self.fields |= _fields_for(promise)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The promises with their fields, for the page."""
        return [
            {
                "promise": promise,
                "fields": [self[named(promise)] for named in (_quantity, _narrative, _evidence)],
            }
            for promise in self.promises
        ]

    @property
    def period(self) -> dict:
        return {key: self.cleaned_data[key] for key in ("period_from", "period_to")}

    @property
    def lines(self) -> list[dict]:
        """A line for each promise with a quantity."""
        return [
            {
                "promise": promise,
                "quantity": self.cleaned_data[_quantity(promise)],
                "narrative": self.cleaned_data[_narrative(promise)],
                "upload": self.cleaned_data[_evidence(promise)],
            }
            for promise in self.promises
            if self.cleaned_data[_quantity(promise)] is not None
        ]

    def clean(self):
        for promise in self.promises:
            given = self.cleaned_data.get
            beside = given(_narrative(promise)) or given(_evidence(promise))
            if (
                beside
                and given(_quantity(promise)) is None
                and not self.has_error(_quantity(promise))
            ):
                self.add_error(
                    _quantity(promise), f"Enter how much of “{promise.label}” was delivered."
                )
        return self.cleaned_data

    def refuse(self, words: str, field: str, promise: Promise | None) -> None:
        """Put a refusal beside the field it is about."""
        if promise:
            field = {"quantity": _quantity, "evidence": _evidence}[field](promise)
        self.add_error(field or None, words)


def _quantity(promise: Promise) -> str:
    return f"quantity_{promise.pk}"


def _narrative(promise: Promise) -> str:
    return f"narrative_{promise.pk}"


def _evidence(promise: Promise) -> str:
    return f"evidence_{promise.pk}"


def _fields_for(promise: Promise) -> dict[str, forms.Field]:
    is_money = promise.unit == "£"
    return {
        _quantity(promise): fields.QuantityField(
            label="How much was delivered in this period",
            help_text="Leave empty if you have nothing to report on this promise yet.",
            required=False,
            prefix="£" if is_money else "",
            suffix="" if is_money else promise.unit,
        ),
        _narrative(promise): fields.LongTextField(
            label="What was done", required=False, max_length=2000
        ),
        _evidence(promise): forms.FileField(
            label="Evidence",
            help_text="PDF, Word, Excel, CSV, PNG or JPEG. Leave out people's names.",
            required=False,
        ),
    }


class DecisionForm(forms.Form):
    """Accept a line, or query it with a reason."""

    decision = forms.ChoiceField(
        label="Does the evidence show what was claimed?",
        choices=[(ACCEPT, "Yes, accept it"), (QUERY, "No or not yet, query it")],
        widget=widgets.Radios(reveals={QUERY: "reason"}),
    )
    reason = fields.LongTextField(
        label="What is wrong, and what the supplier should send", required=False, max_length=2000
    )
    mark_optional = False

    def clean(self):
        asks = self.cleaned_data.get("decision") == QUERY
        if asks and not self.has_error("reason") and not self.cleaned_data["reason"].strip():
            raise ValidationError(
                {"reason": "Enter what is wrong and what the supplier should send"}
            )
        return self.cleaned_data

    @property
    def is_accepted(self) -> bool:
        return self.cleaned_data["decision"] == ACCEPT
