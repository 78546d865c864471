"""What is counted and how a target works: the first half of a target, before its numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms

from design import fields, widgets
from metrics.forms.entries import another_unit_field, chosen_unit, unit_field
from metrics.parts import ALL, ANY, MOST_PARTS, ONE, Apart

ABSOLUTE, SHARE, RATIO, PERIOD, UNSET_KIND = (
    "absolute",
    "share",
    "ratio",
    "period",
    "undetermined",
)
KINDS = [
    (ABSOLUTE, "A fixed number"),
    (SHARE, "A share of something"),
    (RATIO, "So many for every so many"),
    (PERIOD, "So many each month or year"),
    (UNSET_KIND, "Not set yet"),
]
KIND_HINTS = {
    ABSOLUTE: "For example 36 hours, whatever the size of the contract.",
    SHARE: "For example 90% of the people on the contract.",
    RATIO: "For example one apprentice for every 50 people.",
    PERIOD: "For example 15 hours a month.",
    UNSET_KIND: "Bids cannot be scored against it. It is printed as ??.",
}
ORDINALS = ("first", "second", "third")


@dataclass(frozen=True)
class Shape:
    """One quantity of a target before its numbers: what is counted, and how the target works."""

    place: int
    label: str
    unit: str
    kind: str
    direction: str


class ShapeForm(forms.Form):
    """What is counted and how the target works, for one to three measures."""

    # Only a first measure is needed; the others stand folded away.
    mark_optional = False
    join = forms.ChoiceField(
        label="If there are several measures",
        required=False,
        choices=[(ANY, "Any one is enough"), (ALL, "All are needed")],
        widget=widgets.Radios(
            hints={ANY: "The one best met counts.", ALL: "The one least met counts."}
        ),
    )

    def __init__(self, *args, units: list[str], kinds: Sequence[str], **kwargs):
        super().__init__(*args, **kwargs)
        offered = [one for one in KINDS if one[0] in kinds]
        for place in range(1, MOST_PARTS + 1):
            self._add_part(place, units, offered)
        self.order_fields([name for name in self.fields if name != "join"] + ["join"])

    def _add_part(self, place: int, units: list[str], kinds: list) -> None:
        is_needed = place == 1
        self.fields[f"label_{place}"] = fields.CleanTextField(
            label="What is counted",
            max_length=300,
            required=is_needed,
            help_text="The number somebody is asked for."
            if is_needed
            else "Leave this empty if there is no such measure.",
        )
        self.fields[f"unit_{place}"] = unit_field(units, required=is_needed)
        self.fields[f"another_{place}"] = another_unit_field()
        self.fields[f"kind_{place}"] = forms.ChoiceField(
            label="What kind of target is it?",
            choices=kinds,
            required=is_needed,
            widget=widgets.Radios(hints=KIND_HINTS),
        )
        self.fields[f"direction_{place}"] = forms.ChoiceField(
            label="Which is better?",
            required=is_needed,
            choices=[("higher", "More is better"), ("lower", "Less is better")],
            widget=widgets.Radios(inline=True),
        )

    @staticmethod
    def of(apart: Apart, *, kinds: Sequence[str]) -> dict:
        """What the fields show before anything is typed: no kind where one is still to choose."""
        shown: dict = {"join": apart.join if apart.join != ONE else ANY, "direction_1": "higher"}
        for place, part in enumerate(apart.parts, start=1):
            for name in ("label", "unit", "kind", "direction"):
                shown[f"{name}_{place}"] = getattr(part, name)
            if part.kind == UNSET_KIND and len(kinds) > 1:
                shown[f"kind_{place}"] = ""
        return shown

    @property
    def sections(self) -> list[dict]:
        """The fields of each measure, for the page."""
        names = ("label", "unit", "another", "kind", "direction")
        sections = []
        for place in range(1, MOST_PARTS + 1):
            bound = [self[f"{name}_{place}"] for name in names]
            filled = any(field.value() for field in bound)
            title = f"A {ORDINALS[place - 1]} measure"
            sections.append({"title": title, "fields": bound, "is_open": filled})
        return sections

    def clean(self):
        entered = super().clean()
        self.shapes = []
        for place in range(1, MOST_PARTS + 1):
            names = [f"{name}_{place}" for name in ("unit", "kind", "direction")]
            if not entered.get(f"label_{place}"):
                if place > 1 and any(entered.get(name) for name in names):
                    self.add_error(f"label_{place}", "Enter what is counted")
                continue
            for name in names:
                if not entered.get(name) and name not in self.errors:
                    label = self.fields[name].label
                    words = f"Answer “{label}”" if label.endswith("?") else "Choose a unit"
                    self.add_error(name, words)
            unit = chosen_unit(self, f"unit_{place}", f"another_{place}")
            label = entered[f"label_{place}"]
            kind, direction = (entered.get(name, "") for name in names[1:])
            self.shapes.append(Shape(place, label, unit, kind, direction))
        if len(self.shapes) > 1 and not entered.get("join"):
            self.add_error("join", "Choose whether any one is enough or all are needed")
        return entered

    @property
    def how_joined(self) -> str:
        """How the measures combine, once they are known to be sound."""
        return self.cleaned_data["join"] if len(self.shapes) > 1 else ONE


def shapes_of(apart: Apart | None) -> list[Shape]:
    """The shapes of a target as it is saved."""
    return [
        Shape(place, part.label, part.unit, part.kind, part.direction)
        for place, part in enumerate(apart.parts if apart else (), start=1)
    ]
