"""What somebody entered that cannot stand: which field, and how to mend it."""


class Unfit(ValueError):
    """An entry that cannot stand. The words belong beside the field of this name."""

    def __init__(self, field: str | None, words: str) -> None:
        super().__init__(words)
        self.field = field


class Stale(Unfit):
    """Somebody changed the same thing since it was read: `state` is what is saved now."""

    def __init__(self, state: dict, seen: str) -> None:
        super().__init__(
            None,
            "Somebody changed this while you were working on it. What you entered is still here. "
            "Compare it with what is saved now, then save again to replace that.",
        )
        self.state, self.seen = state, seen
