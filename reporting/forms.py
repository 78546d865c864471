"""What is asked of whoever wants a report."""

from datetime import date

from django import forms

from design import widgets
from design.year import FIRST_YEAR, FinancialYear, year_of

YEARS_OFFERED = 6


class YearForm(forms.Form):
    """Which financial year to report on."""

    year = forms.TypedChoiceField(
        label="Which year?",
        help_text="A financial year runs from 1 April to 31 March.",
        coerce=int,
        widget=widgets.Radios(),
    )
    submit_text = "Make the report"

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        latest = year_of(today).begins
        years = range(latest, max(latest - YEARS_OFFERED, FIRST_YEAR - 1), -1)
        self.fields["year"].choices = [
            (year, f"{FinancialYear(year).words}{' (so far)' if year == latest else ''}")
            for year in years
        ]
