"""What an officer says first: what it is for, what it is worth and when it begins."""

from django import forms

from design import fields, widgets
from tenders.forms.entries import DraftForm, EntryForm
from tenders.models import ContractKind


class BasicsForm(EntryForm):
    """What is bought."""

    title = fields.CleanTextField(
        label="Title",
        max_length=200,
        help_text="As bidders will see it, for example "
        "Housing repairs and maintenance 2027 to 2030",
    )
    summary = fields.LongTextField(label="What is to be bought, and for whom", max_length=5000)
    kind = forms.ChoiceField(
        label="What is bought",
        choices=ContractKind.choices,
        widget=widgets.Radios(),
        help_text="If it is a mix, choose what most of the value is for.",
        error_messages={"required": "Choose whether goods, services or works are bought"},
    )
    contract_value = fields.MoneyField(
        label="Contract value",
        max_value=999_999_999_999,
        help_text="Over its whole life, without VAT. Policy rules and targets go by it.",
    )
    starts_on = fields.DateField(
        label="First day of the contract",
        help_text="Targets that rise on a date are taken as they stand on this day.",
    )
    months = fields.WholeNumberField(label="Length of the contract", suffix="months")


class EditBasicsForm(BasicsForm, DraftForm):
    """What is bought, and whom bidders may ask."""

    contact = fields.EmailField(
        label="E-mail address for questions", help_text="Shown on the public page."
    )
