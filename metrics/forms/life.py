"""What is filled in about a version of a charter: begun, adopted, published, compared."""

from collections.abc import Sequence

from django import forms

from charter.decisions import Decision
from charter.forms.entries import EntryForm
from charter.models import Charter
from design import fields, widgets
from design.wording import required_message

IN_FORCE, AS_DRAFT = "in-force", "draft"
DECISION = ("body", "decided_on", "minute_reference", "effective_from")


class BeginForm(EntryForm):
    """A charter of one's own."""

    title = fields.CleanTextField(
        label="Title", max_length=200, help_text="For example, Anytown Social Value Charter"
    )
    place = fields.CleanTextField(
        label="Place", max_length=200, help_text="The area it is for, as people call it."
    )
    source = fields.LongTextField(
        label="Where its words come from",
        max_length=2000,
        rows=3,
        help_text="The document, its date and who wrote it. Everyone can read this later.",
    )


class ReasonForm(EntryForm):
    """Why there is to be a new version."""

    reason = fields.LongTextField(
        label="Why is there a new version?",
        max_length=2000,
        rows=3,
        help_text="For example, the yearly review. Everyone can read this once it is published.",
    )


class DecisionForm(EntryForm):
    """The decision that puts a version in force."""

    body = fields.CleanTextField(
        label="Deciding body",
        max_length=200,
        help_text="Who decided, for example the Cabinet or the Board.",
    )
    decided_on = fields.DateField(label="Decision date", help_text="For example, 27 3 2026")
    minute_reference = fields.CleanTextField(
        label="Minute reference",
        max_length=100,
        help_text="Where the decision is written down, for example CB.42/26",
    )
    effective_from = fields.DateField(
        label="First day in force",
        help_text="The day of the decision or a later one, up to today.",
    )

    def decision(self) -> Decision:
        """What was entered, as the action takes it."""
        return Decision(**{name: self.cleaned_data[name] for name in DECISION})

    def details(self) -> dict:
        return {"decision": self.decision()}


class AdoptForm(DecisionForm):
    """Whether a policy is in force as it stands; if so, by which decision."""

    mark_optional = False

    in_force = forms.ChoiceField(
        label="How do you want to adopt it?",
        choices=[
            (AS_DRAFT, "As a draft to edit first"),
            (IN_FORCE, "In force as it stands"),
        ],
        widget=widgets.Radios(
            hints={
                AS_DRAFT: "Only your authority sees it. You change what you like, then publish it.",
                IN_FORCE: "Your authority has decided it already. Everyone sees it at once, and "
                "tenders can begin from it. Fill in the rest below.",
            }
        ),
    )
    reason = fields.LongTextField(
        label="Why you go on although the check warns of something",
        max_length=2000,
        rows=3,
        help_text="One reason for all warnings, for example who has read them and what each "
        "tender will see to.",
    )
    field_order = ["in_force", "reason", *DECISION]

    def __init__(self, *args, is_draft: bool, warns: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_draft = is_draft
        self.needed = (*(("reason",) if warns else ()), *DECISION)
        if not warns:
            del self.fields["reason"]
        if is_draft:
            self.fields.clear()
        for field in self.fields.values():
            field.required = field.required and field is self.fields["in_force"]

    def clean(self) -> dict:
        """Ask for the decision where there is one to record, and for what goes with it."""
        entered = super().clean()
        if entered.get("in_force") == IN_FORCE:
            for name in self.needed:
                if not entered.get(name) and name not in self.errors:
                    field = self.fields[name]
                    self.add_error(name, required_message(field.label, field.widget))
        return entered

    def details(self) -> dict:
        is_in_force = self.cleaned_data.get("in_force") == IN_FORCE
        return {
            "in_force": is_in_force,
            "decision": self.decision() if is_in_force else None,
            "reason": self.cleaned_data.get("reason", "") if is_in_force else "",
        }


class VersionsForm(forms.Form):
    """Two versions of one charter, to be compared."""

    mark_optional = False

    before = forms.ChoiceField(label="From")
    after = forms.ChoiceField(label="To")

    def __init__(self, *args, versions: Sequence[Charter], **kwargs):
        super().__init__(*args, **kwargs)
        self.versions = {str(one.pk): one for one in versions}
        named = [(pk, _named(one)) for pk, one in self.versions.items()]
        self.fields["before"].choices = named
        self.fields["after"].choices = named

    def chosen(self, otherwise: tuple[Charter, Charter]) -> tuple[Charter, Charter]:
        """The two asked for; the others while something is amiss."""
        if not self.is_valid():
            return otherwise
        asked = self.cleaned_data
        return self.versions[asked["before"]], self.versions[asked["after"]]


def _named(charter: Charter) -> str:
    return f"Version {charter.version} ({charter.get_status_display().lower()})"
