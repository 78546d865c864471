"""The parts of a company's profile: what each asks, and how its answers are said.

Answers are plain strings, so that a bid can be sealed with them as they stood.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounts.size import Verdict, verdict_on
from design.templatetags.format import london_date

YES, NO = "yes", "no"
REGIONS = (
    "North East",
    "North West",
    "Yorkshire and the Humber",
    "East Midlands",
    "West Midlands",
    "East of England",
    "London",
    "South East",
    "South West",
    "Wales",
    "Scotland",
    "Northern Ireland",
    "Outside the United Kingdom",
)
STANDINGS = {
    "in_place": "In place",
    "working_towards": "Working towards it",
    "not_yet": "Not yet",
}
SME_SAID = {YES: "Small or medium-sized (SME)", NO: "Larger than small or medium-sized"}
VCSE_SAID = {YES: "A VCSE", NO: "Not a VCSE"}


@dataclass(frozen=True)
class Part:
    """One part: its title, the question at the head of its page, and what is meant."""

    code: str
    title: str
    question: str
    about: tuple[str, ...]
    # Kept with the company and left out of its bids: only the outcome is asked for.
    kept: tuple[str, ...] = ()


SIZE = Part(
    "size",
    "Size",
    "Is your organisation small or medium-sized?",
    (
        "In law a supplier is small or medium-sized (an SME) when it has fewer than 250 staff, "
        "and either its turnover is £44 million or less or its balance sheet total is £38 million "
        "or less.",
        "The definition speaks of the supplier and says nothing of groups of companies. If yours "
        "belongs to a group and the answer turns on that, ask the authority.",
    ),
    kept=("staff", "turnover", "balance_sheet"),
)
VCSE = Part(
    "vcse",
    "Voluntary, community or social enterprise",
    "Are you a voluntary, community or social enterprise (VCSE)?",
    (
        "That is an organisation outside government that exists for a social, environmental or "
        "cultural purpose and puts most of its surplus back into it. Charities, community "
        "interest companies and community benefit societies usually are.",
    ),
)
PLACES = Part(
    "places",
    "Places",
    "Where are you based, and where do you work?",
    ("Authorities report what they spend with local suppliers. Leave empty what does not fit.",),
)
POLICIES = (
    Part(
        "modern_slavery",
        "Modern slavery",
        "Do you have a policy against modern slavery?",
        ("How you make sure that nobody is forced to work, by you or by those who supply you.",),
    ),
    Part(
        "health_and_safety",
        "Health and safety",
        "Do you have a health and safety policy?",
        (
            "Who does what, when and how to keep people safe at work. An employer of five or more "
            "people must have it in writing (Health and Safety at Work etc. Act 1974, "
            "section 2(3)).",
        ),
    ),
    Part(
        "living_wage",
        "Living wage",
        "Do you have a policy to pay a living wage?",
        (
            "That is, to pay everybody at least the real Living Wage, which is worked out from "
            "what life costs. The National Living Wage is less: it is the minimum the law sets.",
        ),
    ),
    Part(
        "equality",
        "Equality",
        "Do you have an equality policy?",
        ("How you treat people fairly when you hire, pay, train and promote them.",),
    ),
    Part(
        "social_value",
        "Social value (BS 8950 or equivalent)",
        "Do you work by BS 8950 or equivalent principles?",
        (
            "BS 8950:2020 is the British guide to understanding and enhancing social value. Nobody "
            "can be certified to it: say in your own words what you do. Equivalent principles of "
            "your own or of your trade count as much.",
        ),
    ),
)
PARTS = {part.code: part for part in (SIZE, VCSE, PLACES, *POLICIES)}


def answer_said(part: Part, said: Mapping[str, str]) -> str:
    """The answer itself, in words."""
    if part == SIZE:
        return SME_SAID[said["sme"]]
    if part == VCSE:
        return VCSE_SAID[said["vcse"]]
    if part == PLACES:
        return "\n".join(_places(said)) or "No place named"
    return STANDINGS[said["standing"]]


def more_said(part: Part, said: Mapping[str, str]) -> list[str]:
    """What was added to the answer, one line each."""
    if part == VCSE:
        return [said["kind"]] if said["kind"] else []
    if part in POLICIES:
        day = said["dated_on"]
        return [
            *([f"Of or last reviewed on {london_date(date.fromisoformat(day))}"] if day else []),
            *([f"To be read at {said['where']}"] if said["where"] else []),
            *([said["note"]] if said["note"] else []),
        ]
    return []


def _places(said: Mapping[str, str]) -> list[str]:
    based = ", ".join(said[name] for name in ("town", "district") if said[name])
    areas = ", ".join(said["areas"].split("\n"))
    return [
        *([f"Based in {based}"] if based else []),
        *([f"Works in {said['regions'].replace(';', ', ')}"] if said["regions"] else []),
        *([f"Most of all in {areas}"] if areas else []),
    ]


def verdict_of(said: Mapping[str, str]) -> Verdict:
    """The test of size on the figures a company has given; without any, no steps."""
    return verdict_on(
        staff=int(said["staff"]) if said["staff"] else None,
        turnover=_amount(said["turnover"]),
        balance_sheet=_amount(said["balance_sheet"]),
    )


def _amount(said: str) -> Decimal | None:
    return Decimal(said) if said else None
