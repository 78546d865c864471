"""What people enter to see a tender's consequences before it is published."""

from collections.abc import Mapping, Sequence

from django import forms
from django.core.exceptions import ValidationError

from design import fields
from design.numbers import plain_digits
from design.words import lowered
from evaluations.scales import in_words, is_on
from evaluations.trial import FEWEST_BIDS, MOST_BIDS, NAME, NAMES, Question, bid_from
from tenders.forms.design import WeightingsForm
from tenders.models import PriceMethod, Tender

MOST_POUNDS = 999_999_999_999


class PointPriceForm(WeightingsForm):
    """Weights and prices to try; nothing of it is saved. Named as on the page of weightings."""

    price_method = forms.ChoiceField(label="How a price earns points", choices=PriceMethod.choices)
    price_full_at = fields.MoneyField(
        label="Full points at or below",
        help_text="For a fixed scale.",
        required=False,
        max_value=MOST_POUNDS,
    )
    price_zero_at = fields.MoneyField(
        label="No points at or above",
        help_text="For a fixed scale.",
        required=False,
        max_value=MOST_POUNDS,
    )
    lowest = fields.MoneyField(
        label="Lowest bid you expect",
        help_text="An assumption of yours: nobody has bid yet.",
        required=False,
        max_value=MOST_POUNDS,
    )
    mark_optional = False


class TrialForm(forms.Form):
    """Two to six invented bids, one column each. They live in this form and nowhere else."""

    def __init__(self, *args, questions: Sequence[Question], scale: Tender, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions, self.scale = questions, scale
        self.places = range(MOST_BIDS)
        for place in self.places:
            name = fields.CleanTextField(
                label=f"Name of bid {place + 1}", max_length=40, required=False
            )
            self.fields[f"{place}-name"] = name
            for at, one in enumerate(questions):
                self.fields[f"{place}-{at}"] = _field_of(one, place)

    @classmethod
    def filled(cls, answers: Sequence[Mapping[str, str]], **kwargs) -> "TrialForm":
        """The form showing these bids, to be changed before they are scored."""
        return cls(initial=initial_of(answers, kwargs["questions"]), **kwargs)

    @property
    def rows(self) -> list[tuple[Question | None, list]]:
        """The names, then each question, with its box for every bid."""
        names = [self[f"{place}-name"] for place in self.places]
        asked = [
            (one, [self[f"{place}-{at}"] for place in self.places])
            for at, one in enumerate(self.questions)
        ]
        return [(None, names), *asked]

    def clean(self):
        entered = super().clean()
        used = [place for place in self.places if self._is_used(place)]
        if len(used) < FEWEST_BIDS and not self.errors:
            raise ValidationError("Enter at least two bids, or fill the boxes with invented ones.")
        for place in used:
            self._check(place, entered)
        names = [self._name(place) for place in used]
        for place, name in zip(used, names, strict=True):
            if names.count(name) > 1:
                self.add_error(f"{place}-name", "Give each bid a name of its own")
        self.used = used
        return entered

    def _is_used(self, place: int) -> bool:
        typed = [f"{place}-name", *(f"{place}-{at}" for at in range(len(self.questions)))]
        return any(str(self.data.get(name) or "").strip() for name in typed)

    def _check(self, place: int, entered: dict) -> None:
        for at, one in enumerate(self.questions):
            name = f"{place}-{at}"
            value = entered.get(name)
            if name in self.errors:
                continue
            if value is None:
                self.add_error(name, f"Enter {lowered(self.fields[name].label)}")
            elif one.kind == "mark" and not is_on(
                value, max_mark=self.scale.max_mark, step=self.scale.mark_step
            ):
                wanted = in_words(self.scale.max_mark, self.scale.mark_step)
                self.add_error(name, f"{self.fields[name].label} must be {wanted}")
            elif one.kind in ("price", "base") and value <= 0:
                self.add_error(name, f"{self.fields[name].label} must be above 0")

    def _name(self, place: int) -> str:
        return self.cleaned_data.get(f"{place}-name") or NAMES[place]

    def bids(self) -> list[dict]:
        """The bids as a scoring case holds them."""
        return [
            bid_from(
                self._name(place),
                {
                    one.key: plain_digits(self.cleaned_data[f"{place}-{at}"])
                    for at, one in enumerate(self.questions)
                },
            )
            for place in self.used
        ]


class PasteForm(forms.Form):
    """Bids copied from a spreadsheet, one line each under a line of headings."""

    table = fields.LongTextField(
        label="Paste bids from a spreadsheet",
        help_text="One line of headings, then one line for each bid, with tabs or commas between.",
        max_length=20_000,
    )


def initial_of(answers: Sequence[Mapping[str, str]], questions: Sequence[Question]) -> dict:
    """What the boxes show for these bids."""
    shown = {}
    for place, stated in enumerate(answers[:MOST_BIDS]):
        shown[f"{place}-name"] = stated.get(NAME, NAMES[place])
        for at, one in enumerate(questions):
            shown[f"{place}-{at}"] = stated.get(one.key, "")
    return shown


def _field_of(one: Question, place: int) -> fields.ExactField:
    """A box for one answer; that it is needed is said once the bid has a name or a number."""
    label = f"{one.label} of bid {place + 1}"
    if one.kind == "price":
        return fields.MoneyField(label=label, required=False)
    return fields.QuantityField(label=label, required=False)
