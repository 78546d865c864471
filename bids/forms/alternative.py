"""A measure of the bidder's own, offered in place of a published one."""

from django import forms

from bids.contents import AnswerContent
from design.fields import CleanTextField, LongTextField, QuantityField
from design.numbers import plain_digits

LONGEST = 20_000


class AlternativeForm(forms.Form):
    """Outcome, unit, base, quantity, evidence and why: all of them, or no alternative at all."""

    mark_optional = False

    outcome = LongTextField(
        label="What will change, and for whom",
        max_words=100,
        max_length=LONGEST,
        rows=4,
    )
    unit = CleanTextField(
        label="What you count it in",
        help_text="For example hours, tonnes, people or homes.",
        max_length=60,
    )
    base = CleanTextField(
        label="What the number is out of, or compared with",
        help_text=(
            "For example “all deliveries in a year” or “the waste we sent to landfill last year”. "
            "Write “nothing” for a plain count."
        ),
        max_length=200,
    )
    quantity = QuantityField(label="How much you promise", help_text="A number in that unit.")
    evidence = LongTextField(
        label="What you will show as proof",
        max_words=100,
        max_length=LONGEST,
        rows=4,
    )
    why = LongTextField(
        label="Why this serves the principle better",
        max_words=200,
        max_length=LONGEST,
        rows=6,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args, kept: AnswerContent, **kwargs):
        super().__init__(*args, initial={**kept.alternative, "seen": kept.edits}, **kwargs)

    @property
    def alternative(self) -> dict[str, str]:
        """What is kept of it, every part as text."""
        parts = {name: self.cleaned_data[name] for name in self.fields if name != "seen"}
        return {**parts, "quantity": plain_digits(parts["quantity"])}
