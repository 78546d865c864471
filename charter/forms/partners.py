"""What an organisation says when it signs up, and what an administrator decides."""

from django import forms

from charter.forms.entries import EntryForm
from charter.models import Charter
from charter.states import PartnerState
from design import fields, widgets

OUTCOMES = {
    PartnerState.CONFIRMED: (
        "Confirm",
        "Name, statement and principles appear on the public page of the charter.",
    ),
    PartnerState.DECLINED: ("Decline", "Nothing is published. Say why below."),
    PartnerState.WITHDRAWN: ("Withdraw", "It is taken off the public page."),
}


class PartnerForm(EntryForm):
    """An organisation, its statement and what it aligns with, by field of action."""

    mark_optional = False
    who = "you align"

    name = fields.CleanTextField(label="Name of the organisation", max_length=200)
    statement = fields.LongTextField(
        label="Your statement",
        max_length=2000,
        help_text="Why you sign up, and what you do or will do, in your own words. "
        "Shown on the public page.",
    )

    def __init__(self, *args, charter: Charter, **kwargs):
        super().__init__(*args, **kwargs)
        self.offered = {}
        for quadrant in charter.quadrants.prefetch_related("principles"):
            self._offer(quadrant)
        for name, field in self.last_fields().items():
            self.fields[name] = field

    def _offer(self, quadrant) -> None:
        """Checkboxes for the principles of one field of action."""
        principles = {str(one.pk): one for one in quadrant.principles.all()}
        if principles:
            self.offered[f"aligns_{quadrant.code}"] = principles
            self.fields[f"aligns_{quadrant.code}"] = forms.MultipleChoiceField(
                label=f"{quadrant.title}: principles {self.who} with",
                choices=[(pk, one.short_title) for pk, one in principles.items()],
                widget=widgets.Checkboxes,
                required=False,
            )

    def last_fields(self) -> dict[str, forms.Field]:
        """What stands below the principles."""
        return {
            "own_statement": fields.LongTextField(
                label="Your own social value statement (optional)",
                max_length=2000,
                required=False,
                rows=3,
                help_text="Its words, or the web address where it can be read.",
            ),
            "contact_name": fields.CleanTextField(
                label="Name of a person to contact",
                max_length=150,
                help_text="Never shown to the public.",
            ),
            "contact_email": fields.EmailField(
                label="Their e-mail address",
                max_length=254,
                help_text="Never shown to the public. We write to it about this signature only.",
            ),
        }

    def clean(self):
        if self.offered and not self.chosen() and not self.offered.keys() & self.errors.keys():
            self.add_error(next(iter(self.offered)), "Choose at least one principle")
        return self.cleaned_data

    def chosen(self) -> list:
        """The principles that were ticked."""
        return [
            principles[pk]
            for name, principles in self.offered.items()
            for pk in self.cleaned_data.get(name, [])
        ]

    def details(self) -> dict:
        told = {
            name: value for name, value in super().details().items() if name not in self.offered
        }
        return {**told, "principles": self.chosen()}


class RecordPartnerForm(PartnerForm):
    """A partner whose signature the authority holds elsewhere."""

    who = "it aligns"

    statement = fields.LongTextField(
        label="Its statement",
        max_length=2000,
        help_text="Why it signed, in its own words. Shown on the public page.",
    )

    def last_fields(self) -> dict[str, forms.Field]:
        last = super().last_fields()
        last["own_statement"].label = "Its own social value statement (optional)"
        for name in ("contact_name", "contact_email"):
            last[name].required = False
            last[name].label += " (optional)"
        last["contact_email"].help_text = "Never shown to the public."
        last["decision_reason"] = fields.LongTextField(
            label="How do you know that they signed?",
            max_length=1000,
            rows=3,
            help_text="For example: signed at the board meeting of 3 March, minute 7. "
            "Not shown to the public.",
        )
        return last


class DecidePartnerForm(EntryForm):
    """What becomes of a signature; only what may come next is offered."""

    mark_optional = False

    decision = forms.ChoiceField(
        label="What do you decide?",
        choices=[(state.value, label) for state, (label, _) in OUTCOMES.items()],
    )
    reason = fields.LongTextField(
        label="Reason",
        max_length=1000,
        rows=4,
        required=False,
        help_text="Sent to the partner by e-mail, where an address is held.",
    )

    def __init__(self, *args, choices: tuple[PartnerState, ...], **kwargs):
        super().__init__(*args, **kwargs)
        # Whatever a page read earlier sends still says what was meant; the action refuses it.
        decision = self.fields["decision"]
        if len(choices) == 1:
            decision.widget, decision.initial = forms.HiddenInput(), choices[0]
            return
        hints = {one.value: OUTCOMES[one][1] for one in choices}
        offered = [(one.value, OUTCOMES[one][0]) for one in choices]
        decision.widget = widgets.Radios(choices=offered, hints=hints)
        self.fields["reason"].help_text += " You may leave it empty if you confirm."

    def clean_decision(self) -> PartnerState:
        return PartnerState(self.cleaned_data["decision"])
