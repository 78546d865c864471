"""What three weightings come to, beside what policy asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from design.charts import stacked_bars
from design.drawing import Chart
from design.numbers import said
from metrics.grammar import Refused
from tenders.models import Tender
from tenders.policy import asked_words, broken_words, effective_words, policy_answer
from tenders.weights import GROUPS, PolicyAnswer, Requirement, resolve

NAMES = {"price": "Price", "quality": "Quality", "social_value": "Social value"}


@dataclass(frozen=True)
class Effect:
    """The weightings as shares of the whole, or why they are none; and the rules in force."""

    whole: dict[str, Fraction]
    fault: str
    words: str
    answer: PolicyAnswer | None
    # Only a procurement scores price.
    scores_price: bool = True

    @property
    def chart(self) -> Chart:
        """The whole score as one bar, made of its parts."""
        groups = [name for name in GROUPS if self.scores_price or name != "price"]
        return stacked_bars(
            title="What each part counts for",
            description="The whole score is 100: " + self._in_words(groups),
            series=[NAMES[name] for name in groups],
            rows=[("The whole score", [self.whole[name] for name in groups])],
        )

    def _in_words(self, groups: Sequence[str]) -> str:
        said_of = [f"{NAMES[name].lower()} {said(self.whole[name], 4)}" for name in groups]
        return f"{', '.join(said_of[:-1])} and {said_of[-1]}."

    @property
    def is_allowed(self) -> bool:
        return self.answer is not None and self.answer.is_allowed

    @property
    def rules(self) -> tuple[Requirement, ...]:
        return self.answer.required if self.answer else ()

    @property
    def is_disputed(self) -> bool:
        """Whether two rules contradict each other and nobody has said which is followed."""
        return bool(self.answer and self.answer.unsettled)

    @property
    def broken(self) -> str:
        return broken_words(self.answer) if self.answer and self.answer.broken else ""


UNREAD = Effect({}, "Enter each weighting as a number from 0 to 100.", "", None)


def effect_of(tender: Tender, on: date) -> Effect:
    """What the tender's weightings, saved or not, come to on a day."""
    try:
        answer = policy_answer(tender, on)
        whole = resolve(tender.weights)
    except Refused as refusal:
        return Effect({}, f"These weightings cannot stand: {refusal}.", "", None)
    return Effect(whole, "", _words(answer), answer, tender.is_procurement)


def _words(answer: PolicyAnswer) -> str:
    """ "10% of the quality element = 6% of the total; your policy asks for …"."""
    asked = ", and ".join(asked_words(one) for one in answer.required)
    if not asked:
        return f"{effective_words(answer)}; no least weighting binds this tender."
    return f"{effective_words(answer)}; your policy asks for {asked}."
