"""What is filled in where publishing a tender is approved."""

from django import forms

from design import fields, widgets
from tenders.forms.entries import DraftForm
from tenders.forms.policy import APPROVE, DecisionForm

RETURN = "return"


class AskForm(DraftForm):
    """What whoever decides should know."""

    note = fields.LongTextField(
        label="What should whoever decides know?",
        required=False,
        max_length=2000,
        rows=4,
        help_text="For example by when it should be out, or what was changed since it was "
        "returned. Only this tender's team reads this.",
    )


class PublicationForm(DecisionForm):
    """What was decided on publishing a draft, by whom, when, and why where it is returned."""

    decision = forms.ChoiceField(
        label="What was decided?",
        choices=[(APPROVE, "Approved, as it stands"), (RETURN, "Returned")],
        widget=widgets.Radios(),
        error_messages={"required": "Choose whether it was approved or returned"},
    )
    reason = fields.LongTextField(
        label="Why is it returned?",
        required=False,
        max_length=2000,
        rows=4,
        help_text="Needed where it is returned: what is to change. Only this tender's team reads "
        "this.",
    )
    mark_optional = False
    field_order = ["decision", "body", "decided_on", "minute_reference", "reason"]
