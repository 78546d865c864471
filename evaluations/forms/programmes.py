"""What an officer enters to recommend which projects are funded."""

from collections.abc import Collection

from django import forms

from accounts.models import User
from bids.models import Bid
from design import fields, widgets
from evaluations.forms.judging import PersonChoice

REASON_HINT = "What the approver should know, in a few sentences. It stays on record."
FUND, REFUSE = "fund", "refuse"


def manager_field(managers) -> PersonChoice:
    """Who will manage the agreements; not asked of somebody who funds nothing."""
    return PersonChoice(
        label="The contract manager",
        queryset=managers,
        empty_label="Choose a person",
        help_text="Who checks what the projects deliver. It cannot be one of the evaluators. "
        "Leave it open only if nothing is funded.",
        required=False,
    )


class ApplicationsChoice(forms.ModelMultipleChoiceField):
    """Applications, each with its rank, points and what it asks for."""

    standings: dict = {}

    def label_from_instance(self, bid: Bid) -> str:
        return f"{bid.supplier}: {self.standings.get(bid.pk, '')}"


class ProgrammeForm(forms.Form):
    """Which applications of a funding round to fund, why, and who will manage them."""

    def __init__(self, *args, bids, standings: dict, managers, **kwargs):
        super().__init__(*args, **kwargs)
        funded = ApplicationsChoice(
            label="Which applications to fund",
            queryset=bids,
            widget=widgets.Checkboxes(),
            help_text="Tick none to recommend that nothing is funded.",
            required=False,
        )
        funded.standings = standings
        self.fields["funded"] = funded
        self.fields["departure"] = fields.LongTextField(
            label="Why these and not the best set",
            help_text="Only if you choose another set than the best one.",
            max_length=2000,
            required=False,
        )
        self.fields["reason"] = fields.LongTextField(
            label="Your reason for the recommendation", help_text=REASON_HINT, max_length=5000
        )
        self.fields["contract_manager"] = manager_field(managers)

    @property
    def entered(self) -> dict:
        """What the action is told."""
        return self.cleaned_data


class CasesForm(forms.Form):
    """Whether to fund each business case, and why, and who will manage what is funded."""

    def __init__(self, *args, bids: Collection[Bid], standings: dict, managers, **kwargs):
        super().__init__(*args, **kwargs)
        self.bids = list(bids)
        for bid in self.bids:
            self.fields[_decision(bid)] = forms.ChoiceField(
                label=f"{bid.supplier}: {standings.get(bid.pk, '')}",
                choices=[(FUND, "Fund it"), (REFUSE, "Do not fund it")],
                widget=widgets.Radios(),
                error_messages={"required": f"Choose whether to fund {bid.supplier}"},
            )
            self.fields[_reason(bid)] = fields.LongTextField(
                label=f"Your reason for {bid.supplier}", help_text=REASON_HINT, max_length=5000
            )
        self.fields["contract_manager"] = manager_field(managers)

    @property
    def entered(self) -> dict:
        """What the action is told."""
        manager: User | None = self.cleaned_data["contract_manager"]
        return {
            "decisions": {
                bid: (
                    self.cleaned_data[_decision(bid)] == FUND,
                    self.cleaned_data[_reason(bid)],
                )
                for bid in self.bids
            },
            "contract_manager": manager,
        }


def _decision(bid: Bid) -> str:
    return f"decision_{bid.pk}"


def _reason(bid: Bid) -> str:
    return f"reason_{bid.pk}"
