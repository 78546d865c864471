"""What officers fill in about the lots of a procurement."""

from design import fields
from tenders.forms.entries import DraftForm


class LotForm(DraftForm):
    """One more lot; the rest it takes over."""

    title = fields.CleanTextField(label="Title of the lot", max_length=200)
    summary = fields.LongTextField(label="What this lot is for", max_length=5000)
    contract_value = fields.MoneyField(
        label="Value of this lot",
        max_value=999_999_999_999,
        help_text="Over its whole life, without VAT. Policy goes by all lots together.",
    )


class LimitForm(DraftForm):
    """How many lots one supplier may win."""

    most_lots = fields.WholeNumberField(
        label="Most lots that one supplier may win",
        required=False,
        min_value=1,
        max_value=50,
        help_text="Leave it empty if one supplier may win them all.",
    )
    mark_optional = False
