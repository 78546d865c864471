"""What a company fills in once about itself, one form for each part of its profile."""

import re
from datetime import date
from decimal import Decimal

from django import forms
from django.utils import timezone

from accounts.parts import NO, POLICIES, REGIONS, STANDINGS, YES, verdict_of
from design import fields, widgets
from design.london import LONDON

WORK_IT_OUT = "work_it_out"
DISTRICT = re.compile("([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})?")


class PartForm(forms.Form):
    """One part of the profile, handed over and taken back as plain strings."""

    def __init__(self, *args, said=None, **kwargs):
        super().__init__(*args, initial=self.drawn_from(said) if said else None, **kwargs)

    @classmethod
    def drawn_from(cls, said: dict[str, str]) -> dict:
        """What the fields show before anything is typed."""
        return dict(said)

    def said(self) -> dict[str, str]:
        """The answers as they are kept."""
        return dict(self.cleaned_data)


class SizeForm(PartForm):
    """Small or medium-sized, or a wish to work it out."""

    sme = forms.ChoiceField(
        label="Size of your organisation",
        choices=[
            (YES, "Small or medium-sized"),
            (NO, "Larger"),
            (WORK_IT_OUT, "I am not sure: work it out with me"),
        ],
        widget=widgets.Radios(
            hints={WORK_IT_OUT: "You need your number of staff and your last accounts."}
        ),
    )

    def said(self) -> dict[str, str]:
        return {"sme": self.cleaned_data["sme"], "staff": "", "turnover": "", "balance_sheet": ""}


class FiguresForm(PartForm):
    """The figures of the test, as far as they are needed."""

    mark_optional = False
    staff = fields.WholeNumberField(label="How many staff do you have?", help_text="For example 5.")
    turnover = fields.MoneyField(
        label="What is your turnover?",
        required=False,
        help_text="What you took in sales in a year, from your last accounts.",
    )
    balance_sheet = fields.MoneyField(
        label="What is your balance sheet total?",
        required=False,
        help_text="All that you own and are owed, from your last accounts. Leave this empty if "
        "your turnover is £44 million or less.",
    )

    @classmethod
    def drawn_from(cls, said):
        sums = {name: Decimal(said[name]) for name in ("turnover", "balance_sheet") if said[name]}
        return {"staff": said["staff"], **sums}

    def clean(self):
        if not self.errors and verdict_of(self.figures()).is_sme is None:
            self._ask_for_the_rest()
        return self.cleaned_data

    def _ask_for_the_rest(self):
        if self.cleaned_data["turnover"] is None:
            words = "Enter your turnover: with fewer than 250 staff, money decides"
            self.add_error("turnover", words)
        else:
            words = "Enter your balance sheet total: with a turnover above £44 million, it decides"
            self.add_error("balance_sheet", words)

    def figures(self) -> dict[str, str]:
        """The figures as they are kept."""
        given = self.cleaned_data
        return {name: "" if given[name] is None else str(given[name]) for name in self.fields}

    def said(self) -> dict[str, str]:
        figures = self.figures()
        return {"sme": YES if verdict_of(figures).is_sme else NO, **figures}


class VcseForm(PartForm):
    """Whether it is a voluntary, community or social enterprise, and of which kind."""

    vcse = forms.ChoiceField(
        label="Kind of organisation",
        choices=[(YES, "A VCSE"), (NO, "Not a VCSE")],
        widget=widgets.Radios(reveals={YES: "kind"}),
    )
    kind = fields.CleanTextField(
        label="What kind, and its number if it is registered",
        required=False,
        max_length=200,
        help_text="For example registered charity 1234567.",
    )

    def said(self):
        given = self.cleaned_data
        return {"vcse": given["vcse"], "kind": given["kind"] if given["vcse"] == YES else ""}


class PlacesForm(PartForm):
    """Where it is based, and where it works."""

    mark_optional = False
    town = fields.CleanTextField(
        label="Town or city you are based in", required=False, max_length=100
    )
    district = fields.CleanTextField(
        label="Postcode you are based in",
        required=False,
        max_length=10,
        help_text="Only its first half is kept, for example ST4.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    regions = forms.MultipleChoiceField(
        label="Where do you work?",
        required=False,
        choices=[(name, name) for name in REGIONS],
        widget=widgets.Checkboxes(attrs={"class": "govuk-checkboxes--small"}),
        help_text="Choose all that apply.",
    )
    areas = fields.LongTextField(
        label="Places you work in most",
        required=False,
        max_length=1000,
        rows=4,
        help_text="Towns, council areas or postcode districts, one on each line.",
    )

    @classmethod
    def drawn_from(cls, said):
        return {**said, "regions": said["regions"].split(";")}

    def clean_district(self) -> str:
        typed = self.cleaned_data["district"].replace(" ", "").upper()
        found = DISTRICT.fullmatch(typed)
        if typed and found is None:
            self.fields["district"].refuse("must be a postcode or its first half, for example ST4")
        return found[1] if found else ""

    def clean_areas(self) -> str:
        lines = [line.strip() for line in self.cleaned_data["areas"].split("\n")]
        return "\n".join(line for line in lines if line)

    def said(self):
        given = self.cleaned_data
        regions = ";".join(name for name in REGIONS if name in given["regions"])
        return {**given, "regions": regions}


class PolicyForm(PartForm):
    """How far a policy is, since when, and where it can be read."""

    standing = forms.ChoiceField(
        label="How far are you with it?", choices=list(STANDINGS.items()), widget=forms.RadioSelect
    )
    dated_on = fields.DateField(
        label="Date of the policy, or of its last review",
        required=False,
        help_text="For example 27 3 2026.",
    )
    where = fields.CleanTextField(
        label="Where it can be read",
        required=False,
        max_length=300,
        help_text="A web address, or the title of a document.",
    )
    note = fields.LongTextField(
        label="Anything to add",
        required=False,
        max_length=1000,
        rows=3,
        help_text="For example what comes next, if you are working towards it.",
    )

    @classmethod
    def drawn_from(cls, said):
        day = said["dated_on"]
        return {**said, "dated_on": date.fromisoformat(day) if day else None}

    def clean_dated_on(self) -> date | None:
        day = self.cleaned_data["dated_on"]
        if day and day > timezone.now().astimezone(LONDON).date():
            self.fields["dated_on"].refuse("must be today or in the past")
        return day

    def said(self):
        day = self.cleaned_data["dated_on"]
        return {**self.cleaned_data, "dated_on": day.isoformat() if day else ""}


PART_FORMS: dict[str, type[PartForm]] = {
    "size": SizeForm,
    "vcse": VcseForm,
    "places": PlacesForm,
    **{policy.code: PolicyForm for policy in POLICIES},
}
