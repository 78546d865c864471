"""What people enter while they judge: interests, marks, reasons, recommendations."""

from decimal import Decimal, InvalidOperation

from django import forms
from django.core.exceptions import ValidationError

from design import fields, widgets
from evaluations import scales
from tenders.models import Tender

MOST_RADIOS = 11
NONE, SOME = "none", "some"


class DeclarationForm(forms.Form):
    """Whether a person has an interest in a tender, and which."""

    interest = forms.ChoiceField(
        label="Do you have an interest to declare?",
        choices=[
            (NONE, "No, I have no interest to declare"),
            (SOME, "Yes, I have or may be seen to have an interest"),
        ],
        widget=widgets.Radios(
            hints={SOME: "You will take no further part in it, from this moment."},
            reveals={SOME: "statement"},
        ),
    )
    statement = fields.LongTextField(
        label="What the interest is",
        help_text="For example: my sister works for one of them.",
        max_length=2000,
        required=False,
    )
    mark_optional = False

    @property
    def has_interest(self) -> bool:
        return self.cleaned_data["interest"] == SOME


class MarkField(forms.ChoiceField):
    """A mark of the tender's scale, each with what it means."""

    def __init__(self, *, tender: Tender, **kwargs):
        self.tender = tender
        steps = {step.mark: step for step in tender.scale.all()}
        marks = scales.marks_on(tender.max_mark, tender.mark_step)
        labelled, hints = [], {}
        for mark in marks:
            shown, step = scales.plain(mark), steps.get(mark)
            labelled.append((shown, f"{shown} – {step.label}" if step else shown))
            if step:
                hints[shown] = step.descriptor
        few = len(marks) <= MOST_RADIOS
        widget = widgets.Radios(hints=hints) if few else forms.Select()
        super().__init__(choices=labelled, widget=widget, **kwargs)

    def to_python(self, value):
        """The mark as the scale writes it, so that 4.0 chooses 4."""
        typed = super().to_python(value).strip()
        try:
            number = Decimal(typed) if typed.isascii() else None
        except InvalidOperation:
            number = None
        is_short = number is not None and number.is_finite() and abs(number) < 10**9
        return scales.plain(number) if is_short else typed

    def validate(self, value):
        scale = scales.in_words(self.tender.max_mark, self.tender.mark_step)
        if not value:
            raise ValidationError(f"Choose a mark from {scale}", code="required")
        if not self.valid_value(value):
            raise ValidationError(
                f"{value[:20]} is not on the scale. Choose a mark from {scale}", code="off_scale"
            )

    def clean(self, value):
        return Decimal(super().clean(value))


class MarkForm(forms.Form):
    """One mark and its reason; `version` says which version the person was looking at."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    reason_label = "Your reason"
    reason_hint = "Refer to what the answer says, so that whoever wrote it can learn from it."

    def __init__(self, *args, tender: Tender, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["value"] = MarkField(tender=tender, label="Mark")
        self.fields["reason"] = fields.LongTextField(
            label=self.reason_label, help_text=self.reason_hint, max_length=5000
        )

    def with_version(self, version: int):
        """The same words against the version now saved, so that saving again is a choice."""
        self.data = self.data.copy()
        self.data["version"] = str(version)
        return self


class AgreedMarkForm(MarkForm):
    """The mark the panel agreed. It starts empty: nothing is worked out of the marks."""

    reason_label = "The panel's reason"
    reason_hint = (
        "Why the panel settled on this mark, referring to what the answer says. "
        "Whoever wrote it will read it."
    )


class ReasonForm(forms.Form):
    """A reason for going back: reopening a moderation, returning a recommendation."""

    reason = fields.LongTextField(label="Reason", max_length=2000)

    def __init__(self, *args, label: str = "Reason", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label


class PersonChoice(forms.ModelChoiceField):
    """A person, with the e-mail address that tells two of a name apart."""

    def label_from_instance(self, person):
        return f"{person} ({person.email})"


class BidChoice(forms.ModelChoiceField):
    """A bid, with its rank and score."""

    standings: dict = {}

    def label_from_instance(self, bid):
        return f"{self.standings.get(bid.pk, '')}{bid.supplier}"


class RecommendationForm(forms.Form):
    """Which bid the officer recommends, why, and who will manage the contract."""

    reason_hint = "What the approver should know, in a few sentences. It stays on record."

    def __init__(self, *args, bids, standings, managers, **kwargs):
        super().__init__(*args, **kwargs)
        bid = BidChoice(label="The bid you recommend", queryset=bids, widget=widgets.Radios())
        bid.standings, bid.empty_label = standings, None
        self.fields["bid"] = bid
        self.fields["departure"] = fields.LongTextField(
            label="Why the ranking is not followed",
            help_text="Only if you recommend a bid that is not ranked first.",
            max_length=2000,
            required=False,
        )
        self.fields["reason"] = fields.LongTextField(
            label="Your reason for the recommendation", help_text=self.reason_hint, max_length=5000
        )
        self.fields["contract_manager"] = PersonChoice(
            label="The contract manager",
            queryset=managers,
            empty_label="Choose a person",
            help_text="Who checks what the supplier delivers. It cannot be one of the evaluators.",
        )
