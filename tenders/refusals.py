"""What an officer entered that cannot stand: which field, and how to mend it."""

from collections.abc import Sequence

from charter.refusals import Unfit


class WeightsNotWhole(Unfit):
    """The weights do not make a whole score."""


class BelowPolicy(Unfit):
    """Social value weighs less than the authority's policy asks for."""


class TargetNotSet(Unfit):
    """A metric without a target cannot be scored by its target."""


class RolesExclude(Unfit):
    """One person may not hold these two roles on one tender."""


class Stale(Unfit):
    """Somebody else has changed the draft since it was read; `edits` is its count now."""

    def __init__(self, edits: int) -> None:
        super().__init__(
            None,
            "This draft was changed while you were working on it. What you entered is still "
            "here. Open the tender in another tab to see the change, then save again.",
        )
        self.edits = edits


class StaleTemplate(Stale):
    """Somebody else has changed the template since it was read."""

    def __init__(self, edits: int) -> None:
        Unfit.__init__(
            self,
            None,
            "This template was changed while you were working on it. What you entered is still "
            "here. Open the list of templates in another tab to see the change, then save again.",
        )
        self.edits = edits


class NotReady(Unfit):
    """The draft is not complete, so it cannot be published."""

    def __init__(self, needs: Sequence[str]) -> None:
        super().__init__(None, "This tender cannot be published yet. " + " ".join(needs))
        self.needs = tuple(needs)
