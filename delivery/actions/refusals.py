"""Why a return or a decision is not taken down, in words for the page."""

from delivery.models import Promise


class Refusal(ValueError):
    """Something about what was entered: which box it is about, and of which promise."""

    field = ""
    promise: Promise | None = None


class PeriodRefused(Refusal):
    """The period of a return cannot be right."""

    def __init__(self, words: str, field: str = "period_to"):
        super().__init__(words)
        self.field = field


class LineRefused(Refusal):
    """One line of a return cannot be taken."""

    def __init__(self, promise: Promise, field: str, words: str):
        super().__init__(words)
        self.promise = promise
        self.field = field


class ReasonMissing(Refusal):
    """A query does not say what is wrong."""

    field = "reason"
