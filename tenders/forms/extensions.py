"""A later deadline: what is proposed, and what another person decides on it."""

from django import forms

from design import fields, widgets
from tenders.forms.entries import EntryForm

APPROVE, RETURN = "approve", "return"


class ExtensionForm(EntryForm):
    """How long bidders get, and why."""

    closes_at = fields.LondonDateTimeField(
        label="New deadline",
        help_text="London time, for example 12:00. It can only be later than the present one.",
    )
    questions_until = fields.LondonDateTimeField(
        label="New last moment for questions",
        required=False,
        help_text="London time. Leave it empty if that stays as it is.",
    )
    reason = fields.LongTextField(
        label="Why is more time needed?",
        max_length=2000,
        help_text="Whoever takes part and the public will read this.",
    )


class DecideExtensionForm(EntryForm):
    """Whether the deadline is moved."""

    decision = forms.ChoiceField(
        label="What do you decide?",
        choices=[(APPROVE, "Approve: move the deadline"), (RETURN, "Return it to the officer")],
        widget=widgets.Radios(
            hints={APPROVE: "It moves at once, and all who take part or follow are e-mailed."}
        ),
        error_messages={"required": "Choose whether to approve or to return it"},
    )
    reason = fields.LongTextField(
        label="Why?",
        max_length=2000,
        required=False,
        rows=3,
        help_text="Needed if you return it. The tender's team will read it.",
    )

    def details(self) -> dict:
        return {
            "is_approved": self.cleaned_data["decision"] == APPROVE,
            "reason": self.cleaned_data["reason"],
        }
