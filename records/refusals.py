"""Why a file is not taken, or not handed out. Each says what to do next."""


class FileRefused(ValueError):
    """The file cannot be accepted; the words say why and what to send instead."""


class Unfit(ValueError):
    """What is wrong with a file's content, in words that follow its name."""


class FileHeld(Exception):
    """The file is kept, and nobody may have it; the words say why and what to do."""
