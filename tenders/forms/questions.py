"""What officers fill in to ask bidders something."""

from django import forms

from design import fields, widgets
from tenders.forms.entries import DraftForm
from tenders.forms.sub_criteria import JudgedByParts
from tenders.models import Case, Criterion, Method, Opportunity, Tender

METHOD_HINTS = {
    Method.MARKS: "For answers that need judgement, and for targets that are not set.",
    Method.TARGET: "Half the target earns half the points. Nothing more above the target.",
    Method.MEETS_TARGET: "The whole target earns all points; anything less earns none.",
}
CASE_HINTS = {
    Case.STRATEGIC: "Why it is needed and fits the strategy. The metrics stand here too.",
    Case.ECONOMIC: "Which option gives the best public value.",
    Case.COMMERCIAL: "Whether it can be bought and delivered on sound terms.",
    Case.FINANCIAL: "Whether it can be paid for.",
    Case.MANAGEMENT: "How it will be delivered, by whom and by when.",
}


class QuestionForm(JudgedByParts):
    """A quality question; of a business case it belongs to one of the five cases."""

    title = fields.CleanTextField(label="Short title", max_length=200)
    case = forms.ChoiceField(
        label="Which case does it belong to?",
        choices=Case.choices,
        widget=widgets.Radios(hints=CASE_HINTS),
    )
    question = fields.LongTextField(label="What is asked", max_length=5000)
    weight = fields.PercentageField(
        label="Weight", help_text="Of the quality group, whose questions total 100."
    )
    max_words = fields.WholeNumberField(label="Word limit for the answer", suffix="words")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.tender.opportunity != Opportunity.BUSINESS_CASE:
            del self.fields["case"]


class EditQuestionForm(QuestionForm, DraftForm):
    """A quality question, changed."""

    @classmethod
    def of(cls, record: Criterion, tender: Tender) -> dict:
        return {**super().of(record, tender), "sub_criteria": record.sub_criteria}


class MetricForm(JudgedByParts):
    """What is asked for one metric of the charter."""

    question = fields.LongTextField(
        label="What is asked",
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
    stands_for = {**JudgedByParts.stands_for, "metric": "method"}


class EditMetricForm(MetricForm, DraftForm):
    """What is asked for one metric, changed."""

    title = fields.CleanTextField(label="Short title", max_length=200)
    field_order = ["title"]

    @classmethod
    def of(cls, record: Criterion, tender: Tender) -> dict:
        return {**super().of(record, tender), "sub_criteria": record.sub_criteria}
