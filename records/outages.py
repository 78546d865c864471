"""What is said when something the site needs is away, and nobody did anything wrong."""


class NotJustNow(Exception):
    """It cannot be done now. Its text is for whoever runs the site, `words` for the person."""

    words = "This cannot be done just now. Nothing that was saved is lost. Try again later."
