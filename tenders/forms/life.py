"""What is filled in about a tender as a whole: its team, its end, and how it is found."""

from collections.abc import Sequence

from django import forms

from accounts.roles import ON_A_TENDER, Role
from design import fields, widgets
from tenders.forms.entries import DraftForm, EntryForm
from tenders.models import Tender
from tenders.refusals import NotReady, Unfit
from tenders.seats import PURPOSES
from tenders.states import State

CHANGED = (
    "A colleague has changed this draft since you opened this page. Read it again under “Check and "
    "publish”, then publish it."
)


class AssignForm(EntryForm):
    """Somebody of the authority, and the role they take."""

    person = forms.ChoiceField(label="Person")
    role = forms.ChoiceField(
        label="Role on the team",
        choices=[(role.value, role.label) for role in ON_A_TENDER],
        widget=widgets.Radios(hints=PURPOSES),
    )

    def __init__(self, *args, tender: Tender, **kwargs):
        super().__init__(*args, **kwargs)
        members = tender.authority.memberships.select_related("user").order_by("user__full_name")
        self.people = {str(one.user_id): one.user for one in members}
        named = [(pk, f"{person}, {person.email}") for pk, person in self.people.items()]
        self.fields["person"].choices = [("", "Choose a person"), *named]

    def details(self) -> dict:
        return {
            "person": self.people[self.cleaned_data["person"]],
            "role": Role(self.cleaned_data["role"]),
        }


class PublishForm(DraftForm):
    """The last word before a draft is frozen; nothing is typed, so what it lacks stands above."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    needs: Sequence[str] = ()

    def refuse(self, refusal: Unfit) -> None:
        super().refuse(refusal)
        self.needs = refusal.needs if isinstance(refusal, NotReady) else [CHANGED]


class CancelForm(EntryForm):
    """Why a tender ends without a contract."""

    reason = fields.LongTextField(
        label="Why is it cancelled?",
        max_length=2000,
        help_text="Everyone who can see the tender will read this.",
    )


class DeskFilterForm(forms.Form):
    """Which procurements the desk shows."""

    mark_optional = False
    words = fields.CleanTextField(label="Title", required=False, max_length=100)
    state = forms.ChoiceField(
        label="State", required=False, choices=[("", "Any state"), *State.choices]
    )
