"""What people enter to ask who can take part, and the statement they put on file."""

from collections.abc import Sequence

from django import forms

from charter.forms.entries import EntryForm
from charter.refusals import Unfit
from design import fields
from design.numbers import exact, plain_digits
from design.words import lowered
from evaluations.population import NUMBERS, Population
from evaluations.refusals import StalePopulation

MOST_FIRMS = 6
MOST_PEOPLE, MOST_POUNDS = 9_999_999, 999_999_999_999


class AskedForm(forms.Form):
    """Whose firms, and from which share on effort counts and is too much. Nothing is saved."""

    who = forms.ChoiceField(
        label="Firms to look at",
        choices=[("examples", "All of them"), ("past", "Only sizes that have bid before")],
        required=False,
    )
    little = fields.PercentageField(label="Up to this share, a firm can", required=False)
    too_much = fields.PercentageField(label="Above this share, a firm cannot", required=False)
    firm = fields.CleanTextField(label="Reference firm", max_length=60, required=False)
    mark_optional = False


class NoteForm(EntryForm):
    """The answer to the board paper's question, for the file."""

    text = fields.LongTextField(
        label="Is this supporting SME participation?",
        help_text="Say how, and what you changed or decided to keep. It stays in the file.",
        max_length=3000,
    )


class FirmsForm(EntryForm):
    """The firms an authority asks itself about, up to six; an empty line is no firm."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    hours_a_year = fields.QuantityField(
        label="Hours one person works in a year", min_value=1, max_value=8784, suffix="hours"
    )
    mark_optional = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for place in range(MOST_FIRMS):
            of = f"of firm {place + 1}"
            line = {
                "name": fields.CleanTextField(label=f"Name {of}", max_length=60, required=False),
                "headcount": _people(f"People {of}"),
                "contract_people": _people(f"People on the contract {of}"),
                "turnover": fields.MoneyField(
                    label=f"Turnover {of}", required=False, min_value=1, max_value=MOST_POUNDS
                ),
                "quality": fields.PercentageField(label=f"Quality mark {of}", required=False),
            }
            for name, field in line.items():
                self.fields[f"{name}-{place}"] = field

    @classmethod
    def of(cls, population: Population) -> dict:
        """What the boxes show before anything is typed."""
        shown = {"seen": population.edits, "hours_a_year": _digits(population.hours_a_year)}
        for place, firm in enumerate(population.firms):
            shown[f"name-{place}"] = firm.name
            for name in NUMBERS:
                shown[f"{name}-{place}"] = _digits(getattr(firm, name))
        return shown

    @property
    def rows(self) -> Sequence[Sequence]:
        """The boxes of each firm, for the page."""
        return [
            [self[f"{name}-{place}"] for name in ("name", *NUMBERS)] for place in range(MOST_FIRMS)
        ]

    def clean(self):
        entered = super().clean()
        for place in self._used():
            for name in ("name", *NUMBERS):
                box = f"{name}-{place}"
                if box not in self.errors and entered.get(box) in (None, ""):
                    self.add_error(box, f"Enter {lowered(self.fields[box].label)}")
        return entered

    def _used(self) -> list[int]:
        names = ("name", *NUMBERS)
        return [
            place
            for place in range(MOST_FIRMS)
            if any(str(self.data.get(f"{name}-{place}") or "").strip() for name in names)
        ]

    def details(self) -> dict:
        entered = self.cleaned_data
        return {
            "seen": entered["seen"],
            "hours_a_year": entered["hours_a_year"],
            "firms": [
                {name: entered[f"{name}-{place}"] for name in ("name", *NUMBERS)}
                for place in self._used()
            ],
        }

    def refuse(self, refusal: Unfit) -> None:
        super().refuse(refusal)
        if isinstance(refusal, StalePopulation):
            self.send_back("seen", refusal.edits)


def _people(label: str) -> fields.WholeNumberField:
    return fields.WholeNumberField(label=label, required=False, min_value=1, max_value=MOST_PEOPLE)


def _digits(number) -> str:
    return plain_digits(exact(number))
