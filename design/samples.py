"""What the components page shows: invented values, one of each."""

from datetime import UTC, date, datetime
from decimal import Decimal

from django import forms

from design import charts, fields, widgets

ROUTES = [("open", "Open procedure"), ("flexible", "Competitive flexible procedure")]
THEMES = [("jobs", "Good jobs"), ("climate", "Climate"), ("skills", "Skills")]


class SampleForm(forms.Form):
    """One field of every kind."""

    title = fields.CleanTextField(label="Title", max_length=120)
    email = forms.EmailField(label="E-mail address", help_text="We send the receipt here.")
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    value = fields.MoneyField(label="Contract value", help_text="Without VAT.")
    hours = fields.QuantityField(label="Volunteering time", suffix="hours")
    weight = fields.PercentageField(label="Social value weighting", min_value=10)
    people = fields.WholeNumberField(label="People on the contract")
    method = fields.LongTextField(label="Method statement", max_words=250)
    notes = fields.LongTextField(label="Notes", required=False)
    route = forms.ChoiceField(
        label="Procedure",
        choices=ROUTES,
        widget=widgets.Radios(hints={"open": "Anyone may bid."}, reveals={"flexible": "reason"}),
    )
    reason = fields.CleanTextField(label="Why this procedure", required=False)
    theme = forms.ChoiceField(label="Main theme", choices=[("", "Choose one"), *THEMES])
    themes = forms.MultipleChoiceField(
        label="Other themes",
        choices=THEMES,
        widget=widgets.Checkboxes(hints={"climate": "Carbon, nature and waste."}),
    )
    starts = fields.DateField(label="Contract start", help_text="For example, 27 3 2027")
    closes = fields.LondonDateTimeField(
        label="Closing date and time", help_text="London time. For example, 21 11 2026 at 12:00"
    )
    evidence = forms.FileField(label="Evidence", help_text="PDF, Word or Excel, up to 10 MB.")
    declared = forms.BooleanField(label="I have no interest to declare")
    reference = forms.CharField(widget=forms.HiddenInput, initial="T-1")


class RowForm(forms.Form):
    """One row of a set."""

    name = fields.CleanTextField(label="Name")
    share = fields.PercentageField(label="Share")


RowFormSet = forms.formset_factory(RowForm, extra=2)

FILLED = {
    "title": "Grounds maintenance",
    "email": "officer@council.example",
    "value": Decimal("1250000.50"),
    "hours": Decimal("120.25"),
    "weight": Decimal("15"),
    "people": 14,
    "method": "First line.\nSecond line.",
    "route": "flexible",
    "reason": "The service must be designed with the bidders.",
    "theme": "climate",
    "themes": ["jobs", "climate"],
    "starts": date(2027, 3, 27),
    "closes": datetime(2026, 11, 21, 12, tzinfo=UTC),
}
WRONG = {
    "title": "Has a stray \x00 character",
    "email": "nobody",
    "value": "£1.005",
    "hours": "1e9",
    "weight": "5%",
    "people": "2.5",
    "method": "word " * 251,
    "route": "other",
    "starts_day": "31",
    "starts_month": "2",
    "starts_year": "2027",
    "closes_day": "25",
    "closes_month": "10",
    "closes_year": "2026",
    "closes_time": "01:30",
}
WRONG_ROWS = {
    "rows-TOTAL_FORMS": "2",
    "rows-INITIAL_FORMS": "0",
    "rows-0-name": "",
    "rows-0-share": "110%",
}


def pictures() -> list[charts.Chart]:
    """One chart of each kind."""
    return [
        charts.stacked_bars(
            title="Scores",
            description="Bramble & Sons leads by 3.25 points, most of it social value.",
            series=["Price", "Quality", "Social value"],
            rows=[
                ("Bramble & Sons", [Decimal("28.50"), Decimal("34.75"), Decimal("8")]),
                ("Ashdown Grounds Maintenance and Landscaping Services Ltd", [30, 28, 10]),
                ("Cedar CIC", [Decimal("26.4"), 30, Decimal("4.5")]),
            ],
        ),
        charts.winner_band(
            title="Who would win at another weight",
            description="Above 18.2% Ashdown Grounds would have won; the published weight is 10%.",
            published=10,
            spans=[
                ("Bramble & Sons", 0, Decimal("18.2")),
                ("Ashdown Grounds", Decimal("18.2"), Decimal("92.5")),
                ("Cedar CIC", Decimal("92.5"), 100),
            ],
        ),
        charts.dot_plot(
            title="Marks of each answer",
            description="The panel is furthest apart on climate.",
            maximum=5,
            rows=[
                charts.Marks("Good jobs", [3, 3, 4], agreed=3),
                charts.Marks("Climate", [1, 4, 5]),
            ],
        ),
        charts.bullet_bars(
            title="Promises",
            description="Apprenticeships are behind; volunteering is ahead.",
            rows=[
                charts.Bullet("Apprenticeships", 20, 10, 9, 6, "people"),
                charts.Bullet("Volunteering", 400, 200, 260, 240, "hours"),
            ],
        ),
        charts.bars(
            title="Bids by size of firm",
            description="Small firms made more of the bids than last year.",
            series=["2025", "2026"],
            rows=[("Small and medium", [11, 17]), ("Large", [9, 8]), ("Voluntary", [None, 3])],
        ),
        charts.progress(
            title="Marking", description="7 of 24 answers are marked.", done=7, total=24
        ),
    ]


def everything() -> dict:
    """The context of the components page."""
    return {
        "empty": SampleForm(prefix="empty"),
        "filled": SampleForm(prefix="filled", initial=FILLED),
        "form": SampleForm(WRONG),
        "formset": RowFormSet(WRONG_ROWS, prefix="rows"),
        "pictures": pictures(),
        "opens": datetime(2026, 11, 21, 12, tzinfo=UTC),
        "amount": Decimal("1250000.50"),
        "table_head": [{"text": "Bidder"}, {"text": "Score", "format": "numeric"}],
        "table_rows": [
            [{"text": "Ashdown Grounds Ltd"}, {"text": "71.25", "format": "numeric"}],
            [{"text": "Bramble & Sons"}, {"text": "68.00", "format": "numeric"}],
        ],
        "summary_rows": [
            {
                "key": {"text": "Contract value"},
                "value": {"text": "£1,250,000"},
                "actions": {
                    "items": [{"href": "#", "text": "Change", "visuallyHiddenText": "value"}]
                },
            }
        ],
        "crumbs": [{"text": "Tenders", "href": "#"}, {"text": "Grounds maintenance"}],
        "sub_items": [
            {"text": "Overview", "href": "#", "current": True},
            {"text": "Weights", "href": "#weights"},
            {"text": "Questions", "href": "#questions"},
        ],
        "tasks": [
            {
                "title": {"text": "Weights"},
                "href": "#",
                "status": {"text": "Completed"},
            },
            {
                "title": {"text": "Questions"},
                "hint": {"text": "Choose which metrics to ask"},
                "href": "#",
                "status": {"tag": {"text": "In progress", "classes": "govuk-tag--blue"}},
            },
        ],
        "tabs": [
            {"label": "Marks", "id": "marks", "panel": {"text": "Every mark with its reason."}},
            {"label": "Bids", "id": "bids", "panel": {"text": "Every bid by its answer."}},
        ],
        "sections": [
            {"heading": {"text": "How it is scored"}, "content": {"text": "By the formula."}},
            {"heading": {"text": "Who decides"}, "content": {"text": "The approver."}},
        ],
        "events": [
            {
                "when": datetime(2026, 11, 2, 9, 30, tzinfo=UTC),
                "title": "Tender published",
                "by": "Officer",
            },
            {
                "when": datetime(2026, 11, 21, 12, tzinfo=UTC),
                "title": "Bids opened",
                "text": "Three bids were opened by two people.",
            },
        ],
    }
