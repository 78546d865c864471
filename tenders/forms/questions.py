"""What officers fill in to ask bidders something."""

from django import forms

from design import fields, widgets
from tenders.forms.entries import DraftForm, EntryForm
from tenders.models import Method

METHOD_HINTS = {
    Method.MARKS: "For answers that need judgement, and for targets that are not set.",
    Method.TARGET: "Half the target earns half the points. Nothing more above the target.",
    Method.MEETS_TARGET: "The whole target earns all points; anything less earns none.",
}


class QuestionForm(EntryForm):
    """A quality question."""

    title = fields.CleanTextField(label="Short title", max_length=200)
    question = fields.LongTextField(label="What bidders are asked", max_length=5000)
    weight = fields.PercentageField(
        label="Weight", help_text="Of the quality group, whose questions total 100."
    )
    max_words = fields.WholeNumberField(label="Word limit for the answer", suffix="words")


class EditQuestionForm(QuestionForm, DraftForm):
    """A quality question, changed."""


class MetricForm(EntryForm):
    """What is asked for one metric of the charter."""

    question = fields.LongTextField(
        label="What bidders are asked",
        max_length=5000,
        help_text="They state the quantities of the metric, and say how they will do it.",
    )
    method = forms.ChoiceField(
        label="How the answer earns its points",
        choices=Method.choices,
        widget=widgets.Radios(hints=METHOD_HINTS),
    )
    weight = fields.PercentageField(
        label="Weight", help_text="Of the social value group, whose metrics total 100."
    )
    max_words = fields.WholeNumberField(label="Word limit for the method statement", suffix="words")
    stands_for = {"metric": "method"}


class EditMetricForm(MetricForm, DraftForm):
    """What is asked for one metric, changed."""

    title = fields.CleanTextField(label="Short title", max_length=200)
    field_order = ["title"]
