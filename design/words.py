"""Words at the beginning of a line and within one. Acronyms and names keep their capitals."""


def raised(words: str) -> str:
    """As the beginning of a line."""
    return words[:1].upper() + words[1:]


def lowered(words: str) -> str:
    """As the rest of one."""
    return words[:1].lower() + words[1:]
