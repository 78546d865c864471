"""The numbers of a target whose kind is known, and its words."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django import forms

from design import fields, widgets
from metrics.bases import AUTHORITY, BIDDER, id_for
from metrics.forms.editing import as_kept
from metrics.forms.entries import SeenForm
from metrics.forms.shapes import ORDINALS, PERIOD, RATIO, SHARE, UNSET_KIND, Shape
from metrics.loading import UNSET
from metrics.models import Metric
from metrics.parts import Apart, Later, Part

BLOCKS = [
    ("pro_rata", "Part of a group counts in proportion"),
    ("floor", "Only full groups count"),
    ("ceil", "Part of a group counts as a full one"),
]
BLOCK_HINTS = {
    "pro_rata": "One for every 50 asks 49 people for 0.98. Protects small firms.",
    "floor": "One for every 50 asks 49 people for nothing.",
    "ceil": "One for every 50 asks 49 people for one.",
}
LABELS = {SHARE: "The target percentage"}
BASES = {SHARE: "A share of", RATIO: "Counted by", PERIOD: "Multiplied by"}
BASE_HINTS = {
    SHARE: "What 100% is.",
    RATIO: "What the groups are made of, for example the people on the contract.",
    PERIOD: "15 hours a month is 15, multiplied by the length of the contract in months.",
}
YEARS = "years"
NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")


class TargetForm(SeenForm):
    """The numbers of a target whose kind is known, and its words."""

    # What may be left out stands folded away, and what a target rests on may not be.
    mark_optional = False
    target_text = fields.LongTextField(
        label="The target in words",
        max_length=5000,
        rows=3,
        help_text="As the charter prints it, for example At least 36 hours in the next 12 months",
    )

    def __init__(
        self,
        *args,
        metric: Metric,
        shapes: Sequence[Shape],
        join: str,
        saved: Apart | None,
        known: Mapping[str, Mapping],
        taken: frozenset[str] = frozenset(),
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.metric, self.shapes, self.join = metric, shapes, join
        self.known, self.taken = dict(known), set(taken)
        self.saved = {
            place: part for place, part in enumerate(saved.parts if saved else (), start=1)
        }
        for shape in shapes:
            if shape.kind != UNSET_KIND:
                self._add_numbers(shape)
        # Where a number comes in, question marks would only have to be deleted.
        is_asked = UNSET_KIND not in {shape.kind for shape in shapes}
        if is_asked and UNSET in self.initial.get("target_text", ""):
            self.initial["target_text"] = ""
        self.order_fields([name for name in self.fields if name != "target_text"])

    def _before(self, shape: Shape) -> Part | None:
        """The part as it is saved, if its kind is still the same."""
        part = self.saved.get(shape.place)
        return part if part and part.kind == shape.kind else None

    def _named(self, label: str, shape: Shape) -> str:
        """The label, told from that of another measure on the same page."""
        if len(self.shapes) == 1:
            return label
        return f"{label} ({ORDINALS[shape.place - 1]} measure)"

    def _add_numbers(self, shape: Shape) -> None:
        at, before = shape.place, self._before(shape)
        self.fields[f"amount_{at}"] = self._amount_field(shape, LABELS.get(shape.kind))
        self.initial.setdefault(f"amount_{at}", before.amount if before else "")
        if shape.kind == RATIO:
            self._add_blocks(shape, before)
        if shape.kind in BASES:
            self._add_base(shape, before)
        self._add_steps(shape, before)

    def _amount_field(self, shape: Shape, label: str | None, *, required: bool = True):
        unit = "%" if shape.kind == SHARE else shape.unit
        sides = {"prefix": "£"} if unit == "£" else {"suffix": unit}
        bound = "No more than this" if shape.direction == "lower" else "At least this"
        return fields.QuantityField(
            label=self._named(label or "The target amount", shape),
            required=required,
            help_text=f"{bound}." if required else "",
            **sides,
        )

    def _add_blocks(self, shape: Shape, before: Part | None) -> None:
        at = shape.place
        self.fields[f"per_{at}"] = fields.QuantityField(
            label=self._named("Size of a group", shape),
            help_text="Enter 50 for “one for every 50 people”.",
        )
        self.fields[f"blocks_{at}"] = forms.ChoiceField(
            label=self._named("If a group is not full", shape),
            choices=BLOCKS,
            widget=widgets.Radios(hints=BLOCK_HINTS),
        )
        self.fields[f"yearly_{at}"] = forms.BooleanField(
            label=self._named("So many each year of the contract", shape), required=False
        )
        self.initial.setdefault(f"per_{at}", before.per if before else "")
        self.initial.setdefault(f"blocks_{at}", (before.blocks if before else "") or "pro_rata")
        self.initial.setdefault(f"yearly_{at}", bool(before and before.years))

    def _add_base(self, shape: Shape, before: Part | None) -> None:
        at = shape.place
        named = [(name, base["label"]) for name, base in self.known.items()]
        self.fields[f"base_{at}"] = forms.ChoiceField(
            label=self._named(BASES[shape.kind], shape),
            required=False,
            choices=[("", "Choose from the list"), *named],
            help_text=BASE_HINTS[shape.kind],
        )
        usual = "months" if shape.kind == PERIOD else ""
        self.initial.setdefault(f"base_{at}", before.base if before else usual)
        self.fields[f"base_label_{at}"] = fields.CleanTextField(
            label=self._named("What it is, if it is not in the list", shape),
            required=False,
            max_length=200,
        )
        self.fields[f"base_unit_{at}"] = fields.CleanTextField(
            label=self._named("Its unit", shape), required=False, max_length=40
        )
        self.fields[f"base_stated_{at}"] = forms.ChoiceField(
            label=self._named("Who states it", shape),
            required=False,
            choices=[(BIDDER, "The bidder"), (AUTHORITY, "The authority")],
            widget=widgets.Radios(inline=True),
        )

    def _add_steps(self, shape: Shape, before: Part | None) -> None:
        at = shape.place
        later = before.later if before else ()
        label = LABELS.get(shape.kind, "The target amount").lower()
        for step in range(1, len(later) + 2):
            self.fields[f"from_{at}_{step}"] = fields.DateField(
                label=self._named(f"Step {step}: for contracts that start from", shape),
                required=False,
            )
            self.fields[f"to_{at}_{step}"] = self._amount_field(
                shape, f"Step {step}: {label} from then on", required=False
            )
            if step <= len(later):
                one = later[step - 1]
                self.initial.setdefault(f"from_{at}_{step}", date.fromisoformat(one.starts))
                self.initial.setdefault(f"to_{at}_{step}", one.amount)

    @property
    def sections(self) -> list[dict]:
        """The fields of each measure, for the page."""
        return [self._section(shape) for shape in self.shapes]

    def _section(self, shape: Shape) -> dict:
        def named(*names: str) -> list:
            wanted = [f"{name}_{shape.place}" for name in names]
            return [self[name] for name in wanted if name in self.fields]

        steps = [
            self[name]
            for name in self.fields
            if re.fullmatch(rf"(from|to)_{shape.place}_[0-9]+", name)
        ]
        new_base = named("base_label", "base_unit", "base_stated")
        return {
            "shape": shape,
            "fields": named("amount", "per", "base"),
            "new_base": new_base,
            "is_new_base_open": any(field.errors or field.value() for field in new_base),
            "rest": named("blocks", "yearly"),
            "steps": steps,
            "are_steps_open": any(field.errors or _typed(field) for field in steps),
        }

    def clean(self):
        entered = super().clean()
        self.new_bases: list[dict] = []
        parts = [self._part(shape) for shape in self.shapes]
        self._check_words(parts)
        self.apart = Apart(self.join, tuple(parts)) if parts else None
        return entered

    def _part(self, shape: Shape) -> Part:
        at, before = shape.place, self._before(shape)
        part = Part(
            id=self._id_of(at),
            label=shape.label,
            unit=shape.unit,
            kind=shape.kind,
            direction=shape.direction,
            **({"printed": self._printed(before)} if shape.kind == UNSET_KIND else {}),
        )
        if shape.kind == UNSET_KIND:
            return part
        self._need_more_than_nothing(shape)
        rest: dict = {"amount": self._digits(f"amount_{at}")}
        if shape.kind == RATIO:
            blocks = self.cleaned_data.get(f"blocks_{at}", "")
            is_unsaid = before is not None and not before.blocks and blocks == "pro_rata"
            yearly = (before.years if before else "") or YEARS
            rest |= {
                "per": self._digits(f"per_{at}"),
                "blocks": "" if is_unsaid else blocks,
                "years": yearly if self.cleaned_data.get(f"yearly_{at}") else "",
            }
        if shape.kind in BASES:
            rest["base"] = self._base(at)
        return Part(**{**vars(part), **rest, "later": self._steps(shape)})

    def _id_of(self, place: int) -> str:
        if place in self.saved:
            return self.saved[place].id
        first = self.saved[1].id if 1 in self.saved else self.metric.code
        used = self.taken | {part.id for part in self.saved.values()}
        name = f"{first}_{place}"
        while name in used:
            name += "_"
        return name

    def _printed(self, before: Part | None) -> str:
        """What is printed in place of a number, kept where the words have not changed."""
        text = self.cleaned_data.get("target_text", "")
        is_kept = before and (text == self.initial.get("target_text") or UNSET not in text)
        return before.printed if is_kept else text

    def _digits(self, name: str) -> str:
        value = self.cleaned_data.get(name)
        return "" if value is None else as_kept(value, self.initial.get(name))

    def _need_more_than_nothing(self, shape: Shape) -> None:
        at, value = shape.place, self.cleaned_data.get(f"amount_{shape.place}")
        if value == 0 and shape.direction == "higher":
            self.add_error(
                f"amount_{at}", "The target must be above 0, or every answer would earn all points"
            )
        if self.cleaned_data.get(f"per_{at}") == 0:
            self.add_error(f"per_{at}", f"{self.fields[f'per_{at}'].label} must be above 0")

    def _base(self, at: int) -> str:
        chosen, label = (
            self.cleaned_data.get(name, "") for name in (f"base_{at}", f"base_label_{at}")
        )
        if chosen and label:
            self.add_error(f"base_label_{at}", "Choose from the list or enter a new one, not both")
        if chosen or not label:
            if not chosen and f"base_{at}" not in self.errors:
                self.add_error(f"base_{at}", "Choose from the list, or say what it is below")
            return chosen
        unit = self.cleaned_data.get(f"base_unit_{at}", "")
        if not unit and f"base_unit_{at}" not in self.errors:
            self.add_error(f"base_unit_{at}", "Enter its unit, for example people")
        stated_by = self.cleaned_data.get(f"base_stated_{at}") or BIDDER
        name = id_for(label, {*self.known, *(base["id"] for base in self.new_bases)})
        base = {"id": name, "label": label, "unit": unit, "stated_by": stated_by}
        self.new_bases.append(base)
        return name

    def _steps(self, shape: Shape) -> tuple[Later, ...]:
        at, step, steps = shape.place, 1, {}
        while f"from_{at}_{step}" in self.fields:
            day_name, amount_name = f"from_{at}_{step}", f"to_{at}_{step}"
            day, amount = (self.cleaned_data.get(name) for name in (day_name, amount_name))
            is_sound = not {day_name, amount_name} & set(self.errors)
            if is_sound and (day is None) != (amount is None):
                missing = day_name if day is None else amount_name
                words = "Enter the day of this step" if day is None else "Enter the target amount"
                self.add_error(missing, words)
            elif is_sound and day is not None:
                if day.isoformat() in steps:
                    self.add_error(day_name, "There is a step from this day already")
                steps[day.isoformat()] = self._digits(amount_name)
            step += 1
        return tuple(Later(day, steps[day]) for day in sorted(steps))

    def _check_words(self, parts: Sequence[Part]) -> None:
        """Words that still say the old number would contradict the new one."""
        text = self.cleaned_data.get("target_text")
        if text is None or text != self.initial.get("target_text"):
            return
        printed = {Decimal(found.replace(",", "")) for found in NUMBER.findall(text)}
        for shape, part in zip(self.shapes, parts, strict=True):
            before = self._before(shape)
            if not (before and before.amount and part.amount) or before.amount == part.amount:
                continue
            if Decimal(before.amount) in printed and Decimal(part.amount) not in printed:
                self.add_error(
                    "target_text",
                    f"The words still say {before.amount}. Change them to say what the target "
                    "is now",
                )

    def details(self) -> dict:
        return {
            "seen": self.cleaned_data["seen"],
            "target_text": self.cleaned_data["target_text"],
            "apart": self.apart,
            "new_bases": self.new_bases,
        }


def _typed(field) -> bool:
    value = field.value()
    return any(value) if isinstance(value, list) else bool(value)
