"""A form for every kind of warning: what the checks of charters and of tenders share."""

from metrics.forms.reasons import ReasonsForm
from metrics.presenters.reasons import EVERYTHING, Group
from metrics.reliance import Reliance


class Answers:
    """The kinds of warning, each with its form, and the one that was sent."""

    def __init__(self, groups: list[Group], reliance: Reliance, data) -> None:
        self.groups = groups
        left = [one.fingerprint for one in reliance.unanswered]
        sent = data.get("group", "") if data is not None else None
        if sent is not None and sent not in {one.code for one in groups}:
            sent = EVERYTHING
        self.forms = {
            one.code: ReasonsForm(
                data if sent == one.code else None,
                group=one.code,
                warnings=one.labels,
                hints=one.hints,
                left=[it.fingerprint for it in one.left],
            )
            for one in groups
        }
        self.everything = ReasonsForm(
            data if sent == EVERYTHING else None,
            group=EVERYTHING,
            warnings=(),
            hints={},
            left=left,
        )
        self.sent = self.forms.get(sent, self.everything) if sent is not None else None

    @property
    def rows(self) -> list[tuple[Group, ReasonsForm, bool]]:
        """Each kind, its form, and whether it stands open: what was sent, or the next to do."""
        todo = next((one for one in self.groups if one.left), None)
        return [
            (one, self.forms[one.code], self.forms[one.code] is self.sent or one is todo)
            for one in self.groups
        ]

    @property
    def are_several_left(self) -> bool:
        """Whether one reason for everything that is left saves anything."""
        is_sent = self.everything is self.sent
        return is_sent or sum(bool(one.left) for one in self.groups) > 1
