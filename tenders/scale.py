"""A marking scale to begin from; officers change its words to fit what they buy."""

from decimal import Decimal

SUGGESTED = [
    (
        Decimal(0),
        "Unacceptable",
        "No answer, or an answer that gives no confidence that the need will be met.",
    ),
    (
        Decimal(1),
        "Poor",
        "Touches the question but leaves most of it open. Little that can be relied on.",
    ),
    (
        Decimal(2),
        "Limited",
        "Answers part of the question. Gaps in who, how or when raise doubts about delivery.",
    ),
    (
        Decimal(3),
        "Satisfactory",
        "Answers the question. Says who, how and when, with minor gaps and some evidence.",
    ),
    (
        Decimal(4),
        "Good",
        "Answers the question fully and specifically, with evidence, and deals with risks.",
    ),
    (
        Decimal(5),
        "Excellent",
        "As good, and shows in detail why it will work here and how success will be measured.",
    ),
]
