"""Numbers, an answer and its evidence: what is well said is kept, whatever is wrong beside it."""

from collections.abc import Iterable
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from bids.contents import AnswerContent
from bids.drafts import TRACK_RECORD, Asked, quantities_asked, track_record_asked
from bids.evidence import takes_files
from design.fields import LongTextField, MoneyField, QuantityField
from design.numbers import plain_digits
from design.widgets import MultipleFiles
from records.files import KINDS, FileRefused, check
from tenders.models import Criterion

FILES_TO_AN_ANSWER = 20
# Words are what is limited; this only stops a word of a million letters.
LONGEST_TEXT = 100_000


class NumbersForm(forms.Form):
    """One field for each number asked; any may be left for later."""

    mark_optional = False

    def __init__(self, *args, asked: Iterable[Asked], numbers: dict[str, str], **kwargs):
        super().__init__(*args, **kwargs)
        self.asked = list(asked)
        self.number_fields = {one.id: f"number_{one.id}" for one in self.asked}
        for one in self.asked:
            kind = MoneyField if one.unit == "£" else QuantityField
            suffix = "" if one.unit == "£" else one.unit
            self.fields[self.number_fields[one.id]] = kind(
                label=one.label,
                suffix=suffix,
                required=False,
                initial=numbers.get(one.id),
            )

    @property
    def numbers(self) -> dict[str, Decimal | None]:
        """Those that were well typed, by id; None for one left empty."""
        return {
            name: self.cleaned_data[field]
            for name, field in self.number_fields.items()
            if field in self.cleaned_data
        }


class BasesForm(NumbersForm):
    """The numbers that targets are worked out from."""

    def clean(self):
        for name, number in self.numbers.items():
            if number == 0:
                field = self.number_fields[name]
                self.add_error(field, f"{self.fields[field].label} must be above 0")
        return super().clean()


class EvidenceField(forms.FileField):
    """Several files, each accepted or refused by its content."""

    widget = MultipleFiles

    def clean(self, data, initial=None):
        """The files that may be kept, and the words of refusal for the others."""
        kept, refused = [], []
        for upload in data or []:
            try:
                check(upload)
            except FileRefused as refusal:
                refused.append(str(refusal))
            else:
                kept.append(upload)
        return kept, refused


class AnswerForm(NumbersForm):
    """The answer to one question: what is committed, how it will be done, evidence."""

    text = LongTextField(required=False, max_length=LONGEST_TEXT)
    evidence = EvidenceField(
        required=False, label="Add evidence", help_text=f"{KINDS}. Up to 10 MB each."
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args, criterion: Criterion, answer: AnswerContent, **kwargs):
        super().__init__(
            *args,
            asked=[*quantities_asked(criterion), *track_record_asked(criterion)],
            numbers={**answer.quantities, **answer.track_record},
            initial={"text": answer.text, "seen": answer.edits},
            **kwargs,
        )
        if not takes_files(criterion):
            del self.fields["evidence"]
        self.answer = answer
        self.attached = len(answer.files)
        self.fields["text"].label = "How you will do it" if criterion.metric_id else "Your answer"
        self.max_words = criterion.max_words
        self.fields["text"].max_words = criterion.max_words
        self.fields["text"].widget.attrs["rows"] = 12
        self.kept: dict = {
            "text": None,
            "quantities": {},
            "track_record": {},
            "uploads": [],
            "seen": None,
        }

    @property
    def promised(self) -> dict[str, Decimal | None]:
        """The numbers that are committed."""
        return {name: number for name, number in self.numbers.items() if name != TRACK_RECORD}

    @property
    def promise_boxes(self) -> list[forms.BoundField]:
        return [self[box] for name, box in self.number_fields.items() if name != TRACK_RECORD]

    @property
    def track_record_box(self) -> forms.BoundField | None:
        box = self.number_fields.get(TRACK_RECORD)
        return self[box] if box else None

    def clean_evidence(self):
        kept, refused = self.cleaned_data["evidence"]
        room = max(FILES_TO_AN_ANSWER - self.attached, 0)
        if len(kept) > room:
            refused.append(f"An answer takes {FILES_TO_AN_ANSWER} files. Remove one first.")
        self.kept["uploads"] = kept[:room]
        if refused:
            raise ValidationError(refused)
        return kept

    def clean(self):
        """Set aside what can be kept, whatever is wrong elsewhere in the form."""
        numbers = self.numbers
        self.kept["quantities"] = self.promised
        self.kept["track_record"] = {n: numbers[n] for n in numbers if n == TRACK_RECORD}
        self.kept["seen"] = self.cleaned_data.get("seen")
        if not self.has_error("text") or self.has_error("text", code="max_words"):
            self.kept["text"] = self.fields["text"].to_python(self["text"].value() or "")
        return super().clean()

    @property
    def has_news(self) -> bool:
        """Whether keeping what was well typed would change the answer."""
        kept = {**self.answer.quantities, **self.answer.track_record}
        typed = {**self.kept["quantities"], **self.kept["track_record"]}
        numbers = {name: None if n is None else plain_digits(n) for name, n in typed.items()}
        is_new_text = self.kept["text"] not in (None, self.answer.text)
        return is_new_text or any(kept.get(name) != n for name, n in numbers.items())
