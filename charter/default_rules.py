"""The weighting rule of Tenth itself, for charters that bring none of their own."""

DEFAULT_RULES = [
    {
        "id": "default-10",
        "clause": {
            "document": "Tenth, rule where a charter has none",
            "paragraph": "1",
            "text": "Social value counts for at least 10 % of the overall score.",
        },
        "minimum_percent": "10",
        "basis": "overall",
    }
]
