"""Why somebody goes on although a check warns of something."""

from collections.abc import Sequence

from django import forms

from charter.forms.entries import EntryForm
from design import fields, widgets

ALL, TICKED = "all", "ticked"
REASON = {"max_length": 2000, "rows": 2}


class ChosenWarnings(forms.MultipleChoiceField):
    """Ticks; whether what was ticked is still found is for the action to say."""

    def valid_value(self, value) -> bool:
        return True


class ReasonsForm(EntryForm):
    """One reason for the warnings of a group: all that have none yet, or those ticked.

    `warnings` are pairs of a fingerprint and its words, those without a reason first; `left` are
    the fingerprints without one. Where each has one, another takes its place. The page remembers
    which warnings it showed, so that nobody answers one that they have not seen.
    """

    mark_optional = False

    which = forms.ChoiceField(widget=widgets.Radios, label="What is your reason for?")
    warnings = ChosenWarnings(required=False, label="Which?", widget=widgets.Checkboxes)
    reason = fields.LongTextField(
        label="Why you go on nevertheless",
        help_text="For example, what you will ask bidders, or who has looked at it.",
        **REASON,
    )
    group = forms.CharField(widget=forms.HiddenInput, required=False)
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args,
        group: str,
        warnings: Sequence[tuple[str, str]],
        hints: dict[str, str],
        left: Sequence[str],
        **kwargs,
    ):
        super().__init__(*args, auto_id=f"id_{group}_%s", **kwargs)
        self.all = " ".join(left or [fingerprint for fingerprint, _ in warnings])
        self.initial = {"group": group, "shown": self.all}
        self.fields["warnings"].choices = warnings
        self.fields["warnings"].widget.hints = hints
        # One warning alone, or all that are left, needs no choosing.
        self.is_of_all = len(warnings) < 2
        if self.is_of_all:
            del self.fields["which"], self.fields["warnings"]
        else:
            every = f"All {len(warnings)}"
            if 0 < len(left) < len(warnings):
                every = f"The {len(left)} without a reason"
            self.fields["which"].choices = [(ALL, every), (TICKED, "Those that I tick")]

    def details(self) -> dict:
        entered = self.cleaned_data
        every = self.is_of_all or entered["which"] == ALL
        fingerprints = entered["shown"].split() if every else entered["warnings"]
        return {"fingerprints": fingerprints, "reason": entered["reason"]}

    def refuse(self, refusal) -> None:
        """Show what is found now beside what was written."""
        super().refuse(refusal)
        self.send_back("shown", self.all)


class HoldForm(EntryForm):
    """Why a metric is held back."""

    reason = fields.LongTextField(
        label="Why is it held back?",
        help_text="For example, that its words are being asked for. Everyone can read this.",
        **REASON,
    )
