"""What officers fill in about a metric of a draft, a few questions a page."""

from collections.abc import Sequence

from django import forms

from charter.models import Charter, Principle
from design import fields, widgets
from design.numbers import plain_digits
from design.wording import required_message
from metrics.forms.entries import (
    SeenForm,
    another_unit_field,
    chosen_unit,
    unit_field,
)
from metrics.missing import NOT_BY_HAND
from metrics.models import AnsweredBy, FlagKind, Metric

HIGHEST_NUMBER = 9999
LONGEST = 5000
EVERYONE, BY_BIDDER, BY_COUNTED = "everyone", "bidder", "counted"
ANSWER_HINTS = {
    AnsweredBy.POLICY: "Never asked of bidders.",
    AnsweredBy.PROCUREMENT: "Offered when a tender is designed.",
    AnsweredBy.BOTH: "Offered when a tender is designed, and reported on by the authority.",
}
WHOM_HINTS = {
    BY_BIDDER: "The company that bids, if it is large enough.",
    BY_COUNTED: "Only companies large enough are counted, for example in the supply chain.",
}


class WordsForm(SeenForm):
    """What a metric is, in words."""

    principle = forms.ChoiceField(label="Principle it belongs to")
    number = fields.WholeNumberField(label="Number", min_value=1, max_value=HIGHEST_NUMBER)
    short_title = fields.CleanTextField(
        label="Short title",
        max_length=100,
        help_text="How lists and tenders name it, for example School and college visits",
    )
    wording = fields.LongTextField(
        label="The metric in full",
        max_length=LONGEST,
        rows=3,
        help_text="What is measured, for example Number of hours spent on local school and "
        "college visits",
    )
    answered_by = forms.ChoiceField(
        label="Who answers it?",
        choices=AnsweredBy.choices,
        widget=widgets.Radios(hints=ANSWER_HINTS),
    )
    evidence_text = fields.LongTextField(
        label="Evidence",
        required=False,
        max_length=LONGEST,
        rows=3,
        help_text="What shows that a promise was kept. Left empty, the metric says so.",
    )
    source = fields.LongTextField(
        label="Where it comes from",
        required=False,
        max_length=LONGEST,
        rows=2,
        help_text="The document and paragraph, or the meeting that decided on it.",
    )

    def __init__(self, *args, charter: Charter, **kwargs):
        super().__init__(*args, **kwargs)
        principles = Principle.objects.filter(quadrant__charter=charter).select_related("quadrant")
        self.principles = {one.code: one for one in principles}
        self.fields["principle"].choices = [
            ("", "Choose a principle"),
            *[(code, f"{one}") for code, one in self.principles.items()],
        ]

    @classmethod
    def of(cls, metric: Metric) -> dict:
        """What the fields show before anything is typed."""
        values = {name: getattr(metric, name, None) for name in cls.base_fields}
        return {**values, "principle": metric.principle.code}

    def details(self) -> dict:
        entered = dict(self.cleaned_data)
        return {**entered, "principle": self.principles[entered["principle"]]}


class AddForm(WordsForm):
    """A new metric: its words, and what is counted."""

    label = fields.CleanTextField(
        label="What is counted",
        max_length=300,
        help_text="The number somebody is asked for, for example Hours of school and college "
        "visits planned in the next 12 months",
    )
    field_order = ["principle", "number", "short_title", "wording", "answered_by", "label"]

    def __init__(self, *args, units: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["seen"]
        self.fields["unit"] = unit_field(units)
        self.fields["another_unit"] = another_unit_field()
        self.order_fields([*self.field_order, "unit", "another_unit"])

    def clean(self):
        entered = super().clean()
        entered["unit"] = chosen_unit(self, "unit", "another_unit")
        return entered

    def details(self) -> dict:
        entered = super().details()
        del entered["another_unit"]
        return entered


class ReachForm(SeenForm):
    """Where a metric counts, whom it is about, and what was done before."""

    geography = fields.CleanTextField(
        label="Area",
        required=False,
        max_length=200,
        help_text="Where the activity counts, for example LEP postcodes",
    )
    geography_definition = fields.LongTextField(
        label="What that area is",
        required=False,
        max_length=LONGEST,
        rows=3,
        help_text="How somebody checks whether a place is inside it.",
    )
    whom = forms.ChoiceField(
        label="Whom is it about?",
        choices=[
            (EVERYONE, "Everyone"),
            (BY_BIDDER, "Bidders of a certain size"),
            (BY_COUNTED, "Companies of a certain size that are counted"),
        ],
        widget=widgets.Radios(hints=WHOM_HINTS),
    )
    at_least = fields.QuantityField(
        label="Smallest size", required=False, help_text="Leave empty if it is about everyone."
    )
    size_words = fields.CleanTextField(
        label="Whom it is about, in words",
        required=False,
        max_length=300,
        help_text="For example companies with 50 or more employees",
    )
    past_label = fields.CleanTextField(
        label="What was done before",
        required=False,
        max_length=300,
        help_text="Asked for beside the promise and never added to it. For example Hours of "
        "school and college visits in the previous 12 months",
    )
    past_months = fields.WholeNumberField(
        label="Over how many months", required=False, min_value=1, max_value=600, suffix="months"
    )

    def __init__(self, *args, units: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["size_unit"] = unit_field(units, label="Size is counted in", required=False)
        self.fields["past_unit"] = unit_field(units, label="Unit of what was done", required=False)
        for name in ("size_unit", "past_unit"):
            self.fields[name].choices = self.fields[name].choices[:-1]
        self.order_fields(
            ["seen", "geography", "geography_definition", "whom", "at_least", "size_unit"]
            + ["size_words", "past_label", "past_unit", "past_months"]
        )

    @staticmethod
    def of(metric: Metric) -> dict:
        """What the fields show before anything is typed."""
        applies, past = metric.applies_to, metric.track_record
        return {
            "geography": metric.geography,
            "geography_definition": metric.geography_definition,
            "whom": applies.get("who", EVERYONE),
            "at_least": applies.get("at_least", ""),
            "size_unit": applies.get("unit", "employees"),
            "size_words": applies.get("words", ""),
            "past_label": past.get("label", ""),
            "past_unit": past.get("unit", ""),
            "past_months": past.get("months"),
        }

    def clean(self):
        entered = super().clean()
        self._come_together(("geography", "geography_definition"))
        sized = ("at_least", "size_words")
        if entered.get("whom") == EVERYONE:
            for name in sized:
                if entered.get(name) not in (None, ""):
                    self.add_error(name, "Leave this empty if the metric is about everyone")
        elif "whom" in entered:
            self._need((*sized, "size_unit"))
            if entered.get("at_least") == 0:
                self.add_error("at_least", "Smallest size must be above 0")
        self._come_together(("past_label", "past_unit", "past_months"))
        return entered

    def _come_together(self, names: Sequence[str]) -> None:
        if any(self.cleaned_data.get(name) not in (None, "") for name in names):
            self._need(names)

    def _need(self, names: Sequence[str]) -> None:
        for name in names:
            if name not in self.errors and self.cleaned_data.get(name) in (None, ""):
                field = self.fields[name]
                self.add_error(name, required_message(field.label, field.widget))

    def details(self) -> dict:
        entered = self.cleaned_data
        applies: dict = {}
        if entered["whom"] != EVERYONE:
            applies = {
                "words": entered["size_words"],
                "who": entered["whom"],
                "at_least": as_kept(entered["at_least"], self.initial.get("at_least")),
                "unit": entered["size_unit"],
            }
        past = {}
        if entered["past_label"]:
            past = {
                "label": entered["past_label"],
                "unit": entered["past_unit"],
                "months": entered["past_months"],
            }
        return {
            "seen": entered["seen"],
            "geography": entered["geography"],
            "geography_definition": entered["geography_definition"],
            "applies_to": applies,
            "track_record": past,
        }


class OverlapsForm(SeenForm):
    """Which other metrics could count the same activity."""

    overlaps = forms.MultipleChoiceField(
        label="Metrics that could count the same activity a second time",
        required=False,
        widget=widgets.Checkboxes(),
    )

    def __init__(self, *args, others: Sequence[Metric], **kwargs):
        super().__init__(*args, **kwargs)
        self.others = {str(one.pk): one for one in others}
        self.fields["overlaps"].choices = [(pk, str(one)) for pk, one in self.others.items()]

    def details(self) -> dict:
        entered = self.cleaned_data
        return {**entered, "overlaps": [self.others[pk] for pk in entered["overlaps"]]}


class FlagForm(SeenForm):
    """A note on what is doubtful in the words of the source."""

    kind = forms.ChoiceField(
        label="Kind of note",
        choices=[
            ("", "Choose a kind"),
            *[(kind.value, kind.label) for kind in FlagKind if kind not in NOT_BY_HAND],
        ],
    )
    words = fields.LongTextField(
        label="What is missing or doubtful",
        max_length=LONGEST,
        rows=4,
        help_text="And what to do about it before the metric is used.",
    )
    source = fields.CleanTextField(
        label="Where to look",
        max_length=300,
        help_text="The document and paragraph, or who noticed it.",
    )


def as_kept(value, before: object = None) -> str:
    """A number as the scoring rules write it; one that has not changed stays as it was."""
    is_same = isinstance(before, str) and before and fields.QuantityField().clean(before) == value
    return before if is_same else plain_digits(value)
