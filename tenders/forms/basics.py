"""What an officer says first: what it is for, what it is worth and when it begins."""

from django import forms

from design import fields, widgets
from tenders.forms.entries import DraftForm, EntryForm
from tenders.models import ContractKind, Opportunity
from tenders.words import WORDS

TITLE_HINTS = {
    Opportunity.PROCUREMENT: "Housing repairs and maintenance 2027 to 2030",
    Opportunity.BUSINESS_CASE: "Business case for a skills centre",
    Opportunity.FUNDING_ROUND: "Local growth fund, second round",
}


class OpportunityForm(EntryForm):
    """Which of the three is begun."""

    opportunity = forms.ChoiceField(
        label="What do you begin?",
        choices=Opportunity.choices,
        widget=widgets.Radios(hints={one: WORDS[one].explained for one in Opportunity}),
        error_messages={
            "required": "Choose a procurement, a business case or a funding round",
            "invalid_choice": "Choose a procurement, a business case or a funding round",
        },
    )


class BasicsForm(EntryForm):
    """What is bought or funded, in the words of its kind."""

    title = fields.CleanTextField(label="Title", max_length=200)
    summary = fields.LongTextField(label="What is to be bought, and for whom", max_length=5000)
    kind = forms.ChoiceField(
        label="What is bought",
        choices=ContractKind.choices,
        widget=widgets.Radios(),
        help_text="If it is a mix, choose what most of the value is for.",
        error_messages={"required": "Choose whether goods, services or works are bought"},
    )
    contract_value = fields.MoneyField(label="Contract value", max_value=999_999_999_999)
    starts_on = fields.DateField(
        label="First day of the contract",
        help_text="Targets that rise on a date are taken as they stand on this day.",
    )
    months = fields.WholeNumberField(label="Length of the contract", suffix="months")

    def __init__(self, *args, opportunity: str = Opportunity.PROCUREMENT, **kwargs):
        super().__init__(*args, **kwargs)
        words = WORDS[opportunity]
        self.fields[
            "title"
        ].help_text = f"As {words.bidders} will see it, for example {TITLE_HINTS[opportunity]}"
        self.fields["summary"].label = words.need
        self.fields["contract_value"].label = words.value
        self.fields["contract_value"].help_text = words.value_hint
        self.fields["starts_on"].label = words.starts_on
        self.fields["months"].label = words.length
        if opportunity != Opportunity.PROCUREMENT:
            del self.fields["kind"]


class EditBasicsForm(BasicsForm, DraftForm):
    """What is bought or funded, and whom may be asked."""

    contact = fields.EmailField(
        label="E-mail address for questions", help_text="Shown on the public page."
    )


class EarlierForm(forms.Form):
    """Which of the earlier tenders are shown."""

    mark_optional = False
    words = fields.CleanTextField(label="Title or reference", required=False, max_length=100)
