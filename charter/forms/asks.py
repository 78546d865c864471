"""What a reader says of a contract to hear what a policy asks of it."""

from datetime import date

from django import forms
from django.http import QueryDict

from charter.scope import KINDS_OF_CONTRACT, MOST_MONTHS, PENNY, Contract
from design import fields

MOST_POUNDS = 999_999_999_999
DAY = ("on_day", "on_month", "on_year")


class ContractForm(forms.Form):
    """A contract that somebody has in mind: enough of it to tell what reaches it."""

    value = fields.MoneyField(
        label="Contract value",
        min_value=PENNY,
        max_value=MOST_POUNDS,
        help_text="Over its whole life, without VAT. To the penny, if it lies close to a limit.",
    )
    months = fields.WholeNumberField(
        label="Length of the contract",
        required=False,
        min_value=1,
        max_value=MOST_MONTHS,
        suffix="months",
    )
    kind = forms.ChoiceField(
        label="What is bought",
        required=False,
        choices=[
            ("", "Not decided yet"),
            *[(kind, words.capitalize()) for kind, words in KINDS_OF_CONTRACT.items()],
        ],
    )
    on = fields.DateField(
        label="Day the procurement begins",
        help_text="For a tender, the day on which it is published.",
    )

    @classmethod
    def asked_in(cls, query: QueryDict, *, today: date) -> "ContractForm":
        """The form as asked, today's date where none is given; empty where nothing is asked."""
        if not any(name in query for name in (*cls.base_fields, *DAY)):
            return cls(initial={"on": today})
        data = query.copy()
        if not any(name in query for name in DAY):
            data.update(zip(DAY, (str(today.day), str(today.month), str(today.year)), strict=True))
        return cls(data)

    def contract(self) -> Contract | None:
        """The contract; None where nothing is asked or what is asked cannot be read."""
        return Contract(**self.cleaned_data) if self.is_bound and self.is_valid() else None
