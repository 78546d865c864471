"""What somebody entered that cannot stand: which field, and how to mend it."""


class Unfit(ValueError):
    """An entry that cannot stand. The words belong beside the field of this name."""

    def __init__(self, field: str | None, words: str) -> None:
        super().__init__(words)
        self.field = field
