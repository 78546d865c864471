"""What was entered about a metric and cannot stand."""

from charter.refusals import Unfit


class Stale(Unfit):
    """Somebody else has changed the metric since it was read; `now` is what it says now."""

    def __init__(self, now: str) -> None:
        super().__init__(
            None,
            "This metric was changed while you were working on it. What you entered is still "
            "here. Open the metric in another tab to see the change, then save again.",
        )
        self.now = now


class Overtaken(Unfit):
    """Somebody else has corrected the result since it was read; `newest` stands now."""

    def __init__(self, newest) -> None:
        super().__init__(
            None,
            f"{newest.recorded_by} corrected this result while you were working on it. What you "
            "entered is still here. Read their correction on the year's page in another tab, "
            "then save again to correct it.",
        )
        self.newest = newest
