"""What officers fill in about a planned contract, and which of a plan's rows a page shows."""

from collections.abc import Iterable, Mapping

from django import forms

from charter.forms.drafting import DraftForm
from charter.models import Charter
from design import fields, widgets
from tenders.choices import ContractKind, Suitability
from tenders.plan_rows import ORDERS, WHICH, bands_in, names_in
from tenders.planned import LONGEST_REASON, LONGEST_TITLE, Demand, Entry, Line

SUITABILITY_HINTS = {
    Suitability.SUITABLE: "Social value will be asked for.",
    Suitability.UNSUITABLE: "The contract, or its market, cannot carry it. Say why below.",
    Suitability.UNDECIDED: "Somebody still has to look at it.",
}


class PlannedForm(DraftForm):
    """One contract that is to be let, and whom it could serve."""

    charter = forms.ChoiceField(
        label="Charter", help_text="Whose policy the contract is held to.", required=True
    )
    title = fields.CleanTextField(
        label="Title",
        max_length=LONGEST_TITLE,
        help_text="For example Housing repairs and maintenance 2027 to 2030",
    )
    kind = forms.ChoiceField(
        label="What is bought",
        choices=ContractKind.choices,
        widget=widgets.Radios(inline=True),
        help_text="If it is a mix, choose what most of the value is for.",
        error_messages={"required": "Choose whether goods, services or works are bought"},
    )
    contract_value = fields.MoneyField(
        label="Contract value",
        max_value=999_999_999_999,
        help_text="Over its whole life, without VAT. Its band and what the policy requires "
        "follow from it.",
    )
    months = fields.WholeNumberField(label="Length of the contract", suffix="months")
    begins_on = fields.DateField(
        label="Day on which the procurement begins",
        help_text="The policy is asked for this day. The contract stands in the plan of the "
        "financial year in which it lies.",
    )
    responsible = fields.CleanTextField(
        label="Who is responsible",
        required=False,
        max_length=LONGEST_TITLE,
        help_text="A post or a team, for example Housing procurement lead. Name no private person.",
    )
    target_groups = fields.LongTextField(
        label="Target groups it could serve",
        required=False,
        rows=3,
        max_length=3000,
        help_text="Each on a line of its own, for example care leavers.",
    )
    programmes = fields.LongTextField(
        label="Your own programmes it could serve",
        required=False,
        rows=3,
        max_length=3000,
        help_text="Each on a line of its own, for example apprenticeship hub.",
    )
    suitability = forms.ChoiceField(
        label="Does it suit social value?",
        choices=Suitability.choices,
        initial=Suitability.UNDECIDED,
        widget=widgets.Radios(hints=SUITABILITY_HINTS),
    )
    suitability_reason = fields.LongTextField(
        label="Why it suits or not", required=False, rows=3, max_length=LONGEST_REASON
    )

    def __init__(self, *args, charters: Mapping[str, Charter], **kwargs):
        super().__init__(*args, **kwargs)
        self.charters = charters
        named = [(code, str(one)) for code, one in charters.items()]
        self.fields["charter"].choices = [("", "Choose a charter"), *named]
        if len(charters) == 1:
            del self.fields["charter"]

    def details(self) -> dict:
        """What the action is told."""
        rest = dict(self.cleaned_data)
        seen = rest.pop("seen") or None
        code = rest.pop("charter", None) or next(iter(self.charters))
        names = {key: names_typed(rest.pop(key)) for key in ("target_groups", "programmes")}
        entry = Entry(charter=self.charters[code], **rest, **names)
        return {"entry": entry, "seen": seen} if seen else {"entry": entry}


def names_typed(text: str) -> tuple[str, ...]:
    """Names, each on a line of its own; a semicolon parts them too, as in a spreadsheet."""
    return tuple([one.strip() for one in text.replace(";", "\n").split("\n") if one.strip()])


class PlanFilterForm(forms.Form):
    """Which rows of a plan are shown, and in which order."""

    mark_optional = False
    year = forms.IntegerField(required=False, widget=forms.HiddenInput)
    band = forms.ChoiceField(label="Band", required=False)
    demand = forms.ChoiceField(
        label="Policy", required=False, choices=[("", "Any"), *Demand.choices]
    )
    suitability = forms.ChoiceField(
        label="Suitability", required=False, choices=[("", "Any"), *Suitability.choices]
    )
    group = forms.ChoiceField(label="Target group", required=False)
    programme = forms.ChoiceField(label="Programme", required=False)
    which = forms.ChoiceField(
        label="Only those",
        required=False,
        choices=[("", "All"), *[(key, words) for key, (words, _) in WHICH.items()]],
    )
    order = forms.ChoiceField(
        label="Order",
        required=False,
        choices=[(key, words) for key, (words, _) in ORDERS.items()],
    )

    def __init__(self, *args, lines: Iterable[Line], **kwargs):
        super().__init__(*args, **kwargs)
        lines = list(lines)
        groups = names_in(one.planned.target_groups for one in lines)
        programmes = names_in(one.planned.programmes for one in lines)
        self._offer("band", [(one, one) for one in bands_in(lines)])
        self._offer("group", groups.items())
        self._offer("programme", programmes.items())

    def _offer(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", "Any"), *choices]
