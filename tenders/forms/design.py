"""What officers fill in to design a tender. Kind words live here; the rules are the actions'."""

from decimal import Decimal

from django import forms

from design import fields, widgets
from tenders.forms.entries import DraftForm, EntryForm
from tenders.models import (
    PriceMethod,
    RankOn,
    RoundingLevel,
    Tender,
    WeightBasis,
)
from tenders.reversal import REVERSALS, Reversal
from tenders.scale import SUGGESTED

PRICE_HINTS = {
    PriceMethod.FIXED_SCALE: "A bid's points depend on its own price alone.",
    PriceMethod.LOWEST_OVER_BID: "A bid's points depend on the other bids: one bid less can "
    "change who wins.",
    PriceMethod.LINEAR_FROM_LOWEST: "A bid's points depend on the other bids. Twice the lowest "
    "price earns none.",
    PriceMethod.MEAN_BASED: "A bid's points depend on all other bids.",
}
TIE_RULES = [
    ("social_value", "More points for social value"),
    ("quality", "More points for quality"),
    ("price", "More points for price"),
    ("lower_price", "The lower price"),
]
NOON = "12:00"
TIES = ("tie_1", "tie_2", "tie_3")
TIES_WITHOUT_PRICE = TIE_RULES[:2]
OF_A_PRICE = ("price_method", "price_full_at", "price_zero_at")
# What is saved where nothing is bought, so that no price is scored.
WITHOUT_PRICE = {
    "price_weight": Decimal(0),
    "price_method": PriceMethod.FIXED_SCALE,
    "price_full_at": None,
    "price_zero_at": None,
}
HINTS_WITHOUT_PRICE = {
    WeightBasis.OVERALL: "Quality and social value total 100.",
    WeightBasis.QUALITY_ELEMENT: "The quality element is 100. Social value takes its share out of "
    "it.",
}


def accepts(method: str) -> str:
    """The box that says what a relative method can do is accepted."""
    return f"accepts_{method}"


class TimetableForm(DraftForm):
    """When bids may be sent and questions asked, and when the award is notified, in London."""

    opens_at = fields.LondonDateTimeField(
        label="Bids may be sent from",
        help_text="London time. If this has passed when you publish, they may be sent at once.",
    )
    questions_until = fields.LondonDateTimeField(
        label="Questions may be asked until",
        required=False,
        suggested=NOON,
        help_text="London time, before the deadline. Leave the day empty to take questions until "
        "the deadline.",
    )
    closes_at = fields.LondonDateTimeField(
        label="Deadline for bids",
        suggested=NOON,
        help_text="London time. At this very second it closes: what comes late is refused. "
        "Noon on a working day is suggested.",
    )
    award_on = fields.DateField(
        label="Day the award is to be notified",
        required=False,
        help_text="After the deadline. The standstill is counted from this day.",
    )

    @property
    def dates(self) -> list[str]:
        """The names of the boxes, for the script that redraws what the dates come to."""
        return [
            f"{field.html_name}_{part}"
            for field in self
            if isinstance(field.field, fields.DateField)
            for part in field.field.widget.parts
        ]

    def __init__(self, *args, tender: Tender, **kwargs):
        super().__init__(*args, **kwargs)
        words = tender.words
        self.fields["opens_at"].label = f"{words.bids.capitalize()} may be sent from"
        self.fields["closes_at"].label = f"Deadline for {words.bids}"
        if not tender.is_procurement:
            self.fields["award_on"].label = "Day the decision is to be notified"
            self.fields["award_on"].help_text = "After the deadline."


class WeightingsForm(EntryForm):
    """The three weightings, and what the third is a share of; only procurements weigh price."""

    basis = forms.ChoiceField(
        label="Social value is a share of",
        choices=[
            (WeightBasis.OVERALL, "The total"),
            (WeightBasis.QUALITY_ELEMENT, "The quality element"),
        ],
        widget=widgets.Radios(
            hints={
                WeightBasis.OVERALL: "Price, quality and social value total 100.",
                WeightBasis.QUALITY_ELEMENT: "Price and the quality element total 100. Social "
                "value takes its share out of the quality element.",
            }
        ),
    )
    price_weight = fields.PercentageField(label="Price")
    quality_weight = fields.PercentageField(
        label="Quality", help_text="The whole quality element, if social value is a share of it."
    )
    social_value_weight = fields.PercentageField(
        label="Social value", help_text="A share of what you chose above."
    )

    def __init__(self, *args, tender: Tender, **kwargs):
        super().__init__(*args, **kwargs)
        self.scores_price = tender.is_procurement
        if not self.scores_price:
            self.fields["basis"].widget.hints = HINTS_WITHOUT_PRICE
            for name in ("price_weight", *OF_A_PRICE):
                self.fields.pop(name, None)


class WeightsForm(WeightingsForm, DraftForm):
    """Weightings, how price earns points, and how totals are rounded and ranked."""

    price_method = forms.ChoiceField(
        label="How a price earns points",
        choices=PriceMethod.choices,
        widget=widgets.Radios(hints=PRICE_HINTS),
    )
    price_full_at = fields.MoneyField(
        label="Full points at or below", required=False, max_value=999_999_999_999
    )
    price_zero_at = fields.MoneyField(
        label="No points at or above", required=False, max_value=999_999_999_999
    )
    rounding_places = fields.WholeNumberField(
        label="Decimal places of published points", max_value=6
    )
    rounding_level = forms.ChoiceField(
        label="What is rounded", choices=RoundingLevel.choices, widget=widgets.Radios()
    )
    rank_on = forms.ChoiceField(
        label="Bids are ranked on", choices=RankOn.choices, widget=widgets.Radios()
    )
    tie_1 = forms.ChoiceField(
        label="If bids are equal, first", required=False, choices=[("", "They tie"), *TIE_RULES]
    )
    tie_2 = forms.ChoiceField(
        label="If they are still equal", required=False, choices=[("", "They tie"), *TIE_RULES]
    )
    tie_3 = forms.ChoiceField(
        label="And if they are still equal", required=False, choices=[("", "They tie"), *TIE_RULES]
    )
    mark_optional = False

    def __init__(self, *args, tender: Tender, **kwargs):
        super().__init__(*args, tender=tender, **kwargs)
        for method in REVERSALS:
            self.fields[accepts(method)] = forms.BooleanField(
                label="I accept that a bid that does not win can decide which bid does",
                required=False,
            )
        self.fields["rank_on"].label = f"{tender.words.bids.capitalize()} are ranked on"
        self.fields["tie_1"].label = f"If {tender.words.bids} are equal, first"
        self.stands_for = {
            "tie_break": "tie_1",
            "is_relative_accepted": accepts(self._method),
        }
        if not self.scores_price:
            for name in TIES:
                self.fields[name].choices = [("", "They tie"), *TIES_WITHOUT_PRICE]

    @property
    def _method(self) -> str:
        return str(self["price_method"].value()) if self.scores_price else ""

    @property
    def reversal(self) -> Reversal | None:
        """What the method that is chosen can do, if it is a relative one."""
        return REVERSALS.get(self._method)

    @property
    def acceptance(self) -> forms.BoundField:
        """The box to tick for the method that is chosen."""
        return self[accepts(self._method)]

    @classmethod
    def of(cls, record, tender: Tender) -> dict:
        rules = dict(zip(TIES, record.tie_break, strict=False))
        accepted = {accepts(record.price_method): record.is_relative_accepted}
        return {**super().of(record, tender), **rules, **accepted}

    def details(self) -> dict:
        boxes = {accepts(method) for method in REVERSALS}
        apart = {*TIES, *boxes}
        rest = {name: value for name, value in self.cleaned_data.items() if name not in apart}
        chosen = [self.cleaned_data[name] for name in TIES]
        return {
            **({} if self.scores_price else WITHOUT_PRICE),
            **rest,
            "is_relative_accepted": bool(self.cleaned_data.get(accepts(self._method))),
            "tie_break": [rule for rule in chosen if rule],
        }


class ScaleForm(DraftForm):
    """The marks evaluators may give, and a description of each whole one."""

    max_mark = fields.WholeNumberField(label="Highest mark", min_value=1, max_value=20)
    mark_step = forms.TypedChoiceField(
        label="Marks go up in steps of",
        choices=[("1", "1"), ("0.5", "0.5"), ("0.25", "0.25")],
        coerce=lambda value: fields.QuantityField().clean(value),
        widget=widgets.Radios(inline=True),
    )

    def __init__(self, *args, highest: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.marks = range(highest + 1)
        for mark in self.marks:
            self.fields[f"label_{mark}"] = fields.CleanTextField(
                label=f"Mark {mark} in a word or two", max_length=60
            )
            self.fields[f"descriptor_{mark}"] = fields.LongTextField(
                label=f"What earns mark {mark}",
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    @classmethod
    def of(cls, record: Tender, tender: Tender) -> dict:
        steps = [(step.mark, step.label, step.descriptor) for step in record.scale.all()]
        shown = {"max_mark": int(record.max_mark), "mark_step": f"{record.mark_step.normalize():f}"}
        for mark, label, descriptor in steps or SUGGESTED:
            shown[f"label_{mark:.0f}"], shown[f"descriptor_{mark:.0f}"] = label, descriptor
        return {**shown, "seen": tender.edits}

    @property
    def rows(self) -> list:
        """The two fields of each mark, for the page."""
        return [(self[f"label_{mark}"], self[f"descriptor_{mark}"]) for mark in self.marks]

    def details(self) -> dict:
        entered = self.cleaned_data
        return {
            "seen": entered["seen"],
            "max_mark": fields.QuantityField().clean(str(entered["max_mark"])),
            "mark_step": entered["mark_step"],
            "steps": [
                (mark, entered[f"label_{mark}"], entered[f"descriptor_{mark}"])
                for mark in self.marks
                if mark <= entered["max_mark"]
            ],
        }
