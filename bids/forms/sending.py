"""The price, and the last word."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from bids.drafts import wrong_price
from design.fields import MoneyField
from tenders.models import Tender

HIGHEST_PRICE = Decimal("999999999999.99")


class PriceForm(forms.Form):
    """The price, and nothing else."""

    amount = MoneyField(min_value=None, max_value=HIGHEST_PRICE)

    def __init__(self, *args, tender: Tender, kept: Decimal | None, **kwargs):
        super().__init__(*args, initial={"amount": kept}, **kwargs)
        self.tender = tender
        self.fields["amount"].label = tender.words.price_label
        self.fields["amount"].help_text = tender.words.price_hint

    def clean_amount(self):
        amount = self.cleaned_data["amount"]
        if why := wrong_price(self.tender, amount):
            raise ValidationError(why)
        return amount


class SubmitForm(forms.Form):
    """The last word: a key, so that pressing twice submits once, and a tick."""

    key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={
            "required": "Reload this page, then press Submit again",
            "invalid": "Reload this page, then press Submit again",
        },
    )
    agreed = forms.BooleanField()

    def __init__(self, *args, bid: str = "bid", **kwargs):
        super().__init__(*args, **kwargs)
        agreed = f"I am allowed to submit this {bid} for my organisation, and what it says is true"
        self.fields["agreed"].label = agreed
