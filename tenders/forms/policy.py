"""What is filled in where a tender departs from its policy."""

from django import forms

from charter.proportion import Duty
from design import fields, widgets
from metrics.forms.results import FilesField
from records.files import KINDS
from tenders.forms.entries import DraftForm
from tenders.models import OptOut, Tender
from tenders.opt_outs import Decision

LONGEST = 5000
APPROVE, TURN_DOWN = "approve", "turn-down"
READ_BY_ALL = "Everyone can read this once the tender is published. Leave out people's names."


class RuleForm(DraftForm):
    """Which of two rules that contradict each other this tender follows, and why."""

    follows = forms.ChoiceField(
        label="Which rule does this tender follow?",
        widget=widgets.Radios(),
        error_messages={"required": "Choose which of the two rules this tender follows"},
    )
    reason = fields.LongTextField(
        label="Why that one?", max_length=2000, rows=4, help_text=READ_BY_ALL
    )

    def __init__(self, *args, pair: tuple[Duty, Duty], words: dict[str, str], **kwargs):
        super().__init__(*args, **kwargs)
        self.keys = [one.key for one in pair]
        self.fields["follows"].choices = [
            (one.key, f"{words[one.key]} ({one.clause['paragraph']})") for one in pair
        ]

    def details(self) -> dict:
        (other,) = [key for key in self.keys if key != self.cleaned_data["follows"]]
        return {**self.cleaned_data, "sets_aside": other}


class OptOutForm(DraftForm):
    """Why social value is to be left out as a whole, and what shows it."""

    explored = fields.LongTextField(
        label="How was the full potential of social value explored?",
        max_length=LONGEST,
        help_text="Say what was looked at, who was asked and what they said, for example which "
        f"metrics were tried on this contract. {READ_BY_ALL}",
    )
    why_not = fields.LongTextField(
        label="Why can it nevertheless not be included?",
        max_length=LONGEST,
        help_text="Say what stands in the way in this contract, and how you know.",
    )
    evidence = FilesField(
        label="Files that show it",
        required=False,
        help_text=f"{KINDS}. Up to 10 MB each, several if you need. Only this tender's team can "
        "open them.",
    )
    mark_optional = False


class WaiverForm(OptOutForm):
    """Why one clause is to be waived."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["explored"].label = "What did you try in order to do what the clause asks?"
        self.fields["why_not"].label = "Why can it nevertheless not be done?"


class DecisionForm(DraftForm):
    """What was decided on a request, by whom, when and why."""

    decision = forms.ChoiceField(
        label="What was decided?",
        choices=[(APPROVE, "Approved"), (TURN_DOWN, "Turned down")],
        widget=widgets.Radios(),
        error_messages={"required": "Choose whether it was approved or turned down"},
    )
    reason = fields.LongTextField(
        label="Why was it decided so?", max_length=2000, rows=4, help_text=READ_BY_ALL
    )
    body = fields.CleanTextField(
        label="Who decided?",
        max_length=200,
        help_text="The body or post, not the person's name. Your policy's own words stand here.",
    )
    decided_on = fields.DateField(
        label="On which day?",
        help_text="The day of the decision, not earlier than it was asked for. For example "
        "27 3 2026.",
    )
    minute_reference = fields.CleanTextField(
        label="Where is it minuted?",
        required=False,
        max_length=100,
        help_text="The reference of the minute or decision record, if it has one.",
    )

    @classmethod
    def of(cls, record: OptOut, tender: Tender) -> dict:
        return {"seen": tender.edits, "body": record.decides[:200]}

    def details(self) -> dict:
        entered = dict(self.cleaned_data)
        seen, decision = entered.pop("seen"), entered.pop("decision")
        return {"seen": seen, "decision": Decision(is_approved=decision == APPROVE, **entered)}
