"""What people enter to see a tender's consequences before it is published."""

from django import forms

from design import fields
from tenders.forms.design import WeightingsForm
from tenders.models import PriceMethod

MOST_POUNDS = 999_999_999_999


class PointPriceForm(WeightingsForm):
    """Weights and prices to try; nothing of it is saved. Named as on the page of weightings."""

    price_method = forms.ChoiceField(label="How a price earns points", choices=PriceMethod.choices)
    price_full_at = fields.MoneyField(
        label="Full points at or below",
        help_text="For a fixed scale.",
        required=False,
        max_value=MOST_POUNDS,
    )
    price_zero_at = fields.MoneyField(
        label="No points at or above",
        help_text="For a fixed scale.",
        required=False,
        max_value=MOST_POUNDS,
    )
    lowest = fields.MoneyField(
        label="Lowest bid you expect",
        help_text="An assumption of yours: nobody has bid yet.",
        required=False,
        max_value=MOST_POUNDS,
    )
    mark_optional = False
