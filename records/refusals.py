"""Why a file is not taken, or not handed out. Each says what to do next."""


class FileRefused(ValueError):
    """The file cannot be accepted; the words say why and what to send instead."""


class FileHeld(Exception):
    """The file is kept, and nobody may have it; the words say why and what to do."""


class NotJustNow(Exception):
    """Something the site needs is away. Its text is for whoever runs the site."""

    words = "This cannot be done just now. Nothing that was saved is lost. Try again later."
