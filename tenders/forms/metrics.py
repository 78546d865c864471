"""What an officer narrows the metrics of a charter by, and what makes one a condition."""

from collections.abc import Iterable

from django import forms

from charter.models import Quadrant
from design import fields
from metrics.attainment import leaves, read_measure
from metrics.forms.measures import TargetForm
from metrics.forms.shapes import KINDS, UNSET_KIND, shapes_of
from metrics.models import Metric
from metrics.parts import ONE, Apart, Part
from tenders.forms.entries import DraftForm

ANY = [("", "Any")]
TARGETS = [
    *ANY,
    ("set", "Target set"),
    ("not_set", "Target not set"),
    ("fixed", "A fixed number"),
    ("relative", "In proportion"),
]
CHOSEN = [*ANY, ("no", "Not chosen yet"), ("yes", "Chosen already")]


class MetricFilter(forms.Form):
    """Narrow the metrics that may be chosen; nothing is hidden while a choice is amiss."""

    mark_optional = False

    words = fields.CleanTextField(label="Search", required=False, max_length=100)
    quadrant = forms.ChoiceField(label="Field of action", required=False)
    target = forms.ChoiceField(label="Target", required=False, choices=TARGETS)
    chosen = forms.ChoiceField(label="Chosen", required=False, choices=CHOSEN)

    def __init__(self, *args, quadrants: Iterable[Quadrant], **kwargs):
        super().__init__(*args, **kwargs)
        named = [(one.code, one.title) for one in quadrants]
        self.fields["quadrant"].choices = [("", "All fields of action"), *named]

    def narrow(self, offers: list) -> list:
        """Those of the offers that were asked for."""
        if not self.is_valid():
            return offers
        asked = self.cleaned_data
        return [
            one
            for one in offers
            if _says(one.metric, asked["words"])
            and asked["quadrant"] in ("", one.metric.principle.quadrant.code)
            and asked["target"] in ("", *_kinds_of_target(one))
            and asked["chosen"] in ("", "yes" if one.chosen else "no")
        ]


def _says(metric: Metric, words: str) -> bool:
    texts = (metric.short_title, metric.wording, metric.target_text, metric.evidence_text)
    return any(words.lower() in text.lower() for text in texts)


def _kinds_of_target(offer) -> set[str]:
    if not offer.is_set:
        return {"not_set"}
    targets = [leaf.target for leaf in leaves(read_measure(offer.measure)) if leaf.target]
    return {"set", *("relative" if one.bases else "fixed" for one in targets)}


class ConditionForm(DraftForm):
    """Why every supplier must deliver a metric, and none earns points for it."""

    reason = fields.LongTextField(
        label="Why is it a condition of the contract and not scored?",
        max_length=2000,
        help_text="Bidders read this. For example: the contract needs it whoever wins, so there "
        "is nothing to compare.",
    )
    stands_for = {"metric": "reason"}


class OwnTargetForm(TargetForm, DraftForm):
    """The numbers of a target for this contract alone, and why they differ from the charter's."""

    target_text = None
    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = fields.LongTextField(
        label="Why does this contract ask for another target?",
        max_length=2000,
        help_text="Bidders read this. For example: the contract is a tenth of the usual size.",
    )

    def __init__(self, *args, metric: Metric, apart: Apart, known: list[dict], **kwargs):
        bases = {base["id"]: base for base in known}
        super().__init__(
            *args,
            metric=metric,
            shapes=shapes_of(apart),
            join=apart.join,
            saved=apart,
            known=bases,
            **kwargs,
        )
        for name in list(self.fields):
            if name.startswith(("from_", "to_", "base_label_", "base_unit_", "base_stated_")):
                del self.fields[name]
        self.order_fields([name for name in self.fields if name != "reason"])

    def _base(self, at: int) -> str:
        chosen = self.cleaned_data.get(f"base_{at}", "")
        if not chosen and f"base_{at}" not in self.errors:
            self.add_error(f"base_{at}", "Choose from the list")
        return chosen

    def details(self) -> dict:
        entered = self.cleaned_data
        return {"seen": entered["seen"], "reason": entered["reason"], "apart": self.apart}


def worked_out_otherwise(apart: Apart, kind: str) -> Apart:
    """The same quantity under another kind of target; several in one keep theirs."""
    kinds = {name for name, _ in KINDS} - {UNSET_KIND}
    part = apart.parts[0]
    if apart.join != ONE or kind not in kinds or kind == part.kind:
        return apart
    fresh = Part(id=part.id, label=part.label, unit=part.unit, kind=kind, direction=part.direction)
    return Apart(ONE, (fresh,))
