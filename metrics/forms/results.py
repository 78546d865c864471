"""What an authority fills in about what it did itself in a year."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from django import forms

from charter.forms.entries import EntryForm
from charter.refusals import Unfit
from design import fields, widgets
from design.year import FinancialYear
from metrics.models import Lever, Metric, OwnResult
from metrics.own_answers import Done, counted_as, taken_apart
from metrics.refusals import Overtaken
from records.files import KINDS

MOST_FILES = 20
# The words of the West of England paper, paragraph 6.
LEVER_HINTS = {
    Lever.COMMISSIONER: "“how we can generate additional value through our investments”",
    Lever.ANCHOR: "“the wider value we can create as a regional civic leader”",
    Lever.EMPLOYER: (
        "“how our recruitment practices and employment approach can create additional value”"
    ),
}


class FilesField(forms.FileField):
    """Several files; the action looks into them."""

    widget = widgets.MultipleFiles

    def clean(self, data, initial=None):
        chosen = [one for one in data or [] if one]
        if len(chosen) > MOST_FILES:
            raise forms.ValidationError(f"Choose {MOST_FILES} files or fewer.")
        return chosen


class ResultForm(EntryForm):
    """Numbers in the metric's own words, the lever, an account and evidence."""

    lever = forms.ChoiceField(
        label="In which role did the authority do this?",
        choices=Lever.choices,
        widget=widgets.Radios(hints=LEVER_HINTS),
    )
    account = fields.LongTextField(label="What was done", max_length=5000)
    evidence = FilesField(
        label="Files that show it",
        help_text=f"{KINDS}. Up to 10 MB each. Leave out people's names; counts are enough.",
        required=False,
    )
    no_file = fields.LongTextField(
        label="If there is no file, say why", required=False, max_length=1000, rows=3
    )
    mark_optional = False

    def __init__(self, *args, metric: Metric, year: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.metric = metric
        self.fields = {**_number_fields(metric, FinancialYear(year)), **self.fields}

    def numbers(self, kind: str, asked: Sequence[dict]) -> dict[str, Decimal]:
        """The numbers of one kind, by the ids the metric gives them."""
        return {one["id"]: self.cleaned_data[f"{kind}_{one['id']}"] for one in asked}

    def details(self) -> dict:
        entered = self.cleaned_data
        return {
            "done": Done(
                lever=entered["lever"],
                quantities=self.numbers("quantity", self.metric.quantities),
                bases=self.numbers("base", self.metric.bases),
                account=entered["account"],
                no_file=entered["no_file"],
                uploads=entered["evidence"],
                kept_files=entered.get("keep", ()),
            )
        }


class CorrectionForm(ResultForm):
    """The same, filled in with what stands, and why it is wrong."""

    corrects = forms.UUIDField(widget=forms.HiddenInput)
    keep = forms.TypedMultipleChoiceField(
        label="Files of the earlier result that still show it",
        coerce=UUID,
        required=False,
        widget=widgets.Checkboxes(),
    )
    why = fields.LongTextField(label="Why the earlier result is corrected", max_length=1000, rows=3)
    field_order = ("lever", "account", "keep", "evidence", "no_file", "why")

    def __init__(self, *args, result: OwnResult, **kwargs):
        held = [(str(one.file_id), one.file.name) for one in result.evidence.all()]
        initial = {**_of(result), "keep": [pk for pk, _ in held]}
        super().__init__(*args, metric=result.metric, year=result.year, initial=initial, **kwargs)
        self.fields["keep"].choices = held
        if held:
            self.fields["evidence"].label = "More files that show it"
        else:
            del self.fields["keep"]

    def details(self) -> dict:
        return {**super().details(), "why": self.cleaned_data["why"]}

    def refuse(self, refusal: Unfit) -> None:
        super().refuse(refusal)
        if isinstance(refusal, Overtaken):
            self.send_back("corrects", str(refusal.newest.pk))


def _of(result: OwnResult) -> dict:
    """What the boxes show of the result that stands."""
    account = taken_apart(result.account)
    return {
        **{f"quantity_{name}": Decimal(number) for name, number in result.quantities.items()},
        **{f"base_{name}": Decimal(number) for name, number in result.bases.items()},
        "lever": result.lever,
        "account": account.text,
        "no_file": account.no_file,
        "corrects": result.pk,
    }


def _number_fields(metric: Metric, period: FinancialYear) -> dict[str, forms.Field]:
    """A box for each number, in the metric's own words."""
    year = f"from 1 April {period.begins} to 31 March {period.begins + 1}"
    counted = f"Count what was done {year}, not what is planned."
    whole = f"The authority's own number for the year {year}."
    return {
        **{f"quantity_{one['id']}": _number_field(one, counted) for one in counted_as(metric)},
        **{f"base_{one['id']}": _number_field(one, whole) for one in metric.bases},
    }


def _number_field(asked: dict, help_text: str) -> forms.Field:
    is_money = asked["unit"] == "£"
    kind = fields.MoneyField if is_money else fields.QuantityField
    suffix = "" if is_money else asked["unit"]
    return kind(label=asked["label"], help_text=help_text, suffix=suffix)
