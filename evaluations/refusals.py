"""What an officer entered before publication that cannot stand."""

from charter.refusals import Unfit


class StalePopulation(Unfit):
    """Somebody else has changed the firms since they were read; `edits` is their count now."""

    def __init__(self, edits: int) -> None:
        super().__init__(
            None,
            "A colleague changed these firms while you were working on them. What you entered is "
            "still here. Open this page in another tab to see the change, then save again.",
        )
        self.edits = edits
