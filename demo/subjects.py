"""What is bought in the demo: the subjects the charter's sources name, with invented bids."""

from dataclasses import dataclass, field
from decimal import Decimal

SCALE = [
    (Decimal(0), "Unacceptable", "No answer, or one that gives no confidence."),
    (Decimal(1), "Poor", "Answers little of the question; major concerns."),
    (Decimal(2), "Partial", "Answers part of the question; significant concerns."),
    (Decimal(3), "Satisfactory", "Answers the question; minor concerns."),
    (Decimal(4), "Good", "Answers fully, with sound detail and some added value."),
    (Decimal(5), "Excellent", "Answers fully, with strong evidence and clear added value."),
]


@dataclass(frozen=True)
class Question:
    """A quality question, or a metric of the charter by its number."""

    title: str
    question: str
    weight: Decimal
    metric: int | None = None
    method: str = "marks"


@dataclass(frozen=True)
class Offer:
    """What a company answers: words and quantities by question title, bases, price."""

    price: Decimal
    bases: dict[str, str]
    texts: dict[str, str]
    quantities: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Subject:
    """A procurement of the demo."""

    title: str
    summary: str
    value: Decimal
    months: int
    weights: tuple[str, Decimal, Decimal, Decimal]
    price_full_at: Decimal
    price_zero_at: Decimal
    questions: tuple[Question, ...]


def percent(number: str) -> Decimal:
    return Decimal(number)


HOUSING = Subject(
    title="Housing repairs and maintenance",
    summary=(
        "Day-to-day repairs, planned maintenance and empty-home works for 2,400 homes, "
        "with an out-of-hours service."
    ),
    value=Decimal("1200000.00"),
    months=36,
    weights=("overall", Decimal(40), Decimal(45), Decimal(15)),
    price_full_at=Decimal("1000000.00"),
    price_zero_at=Decimal("1600000.00"),
    questions=(
        Question(
            "Running the service",
            "How will you plan, staff and check repairs so that they are right first time?",
            percent("60"),
        ),
        Question(
            "Residents first",
            "How will residents report a repair, follow it and say whether it is done?",
            percent("40"),
        ),
        Question(
            "Local people employed for a year or more",
            "How many local people will work on the contract, and how will you reach them?",
            percent("25"),
            metric=1,
            method="target",
        ),
        Question(
            "Hours or budget for the environment",
            "What will you do to protect and improve green places around the homes?",
            percent("20"),
            metric=9,
            method="target",
        ),
        Question(
            "Spend with local companies",
            "Which work and supplies will you buy locally?",
            percent("20"),
            metric=13,
            method="target",
        ),
        Question(
            "Apprenticeships",
            "Which trades will apprentices learn, and who will guide them?",
            percent("20"),
            metric=19,
            method="target",
        ),
        Question(
            "School and college visits",
            "How will you promote careers in construction and trades to local schools?",
            percent("15"),
            metric=5,
        ),
    ),
)

HOUSING_OFFERS = {
    "Trent Vale Homes Ltd": Offer(
        price=Decimal("1090000.00"),
        bases={"fte": "42", "headcount": "48", "contract_costs": "980000"},
        texts={
            "Running the service": (
                "One planner for each patch books every job within a day. Two supervisors "
                "inspect one repair in ten, unannounced, and we publish the share right first "
                "time each month."
            ),
            "Residents first": (
                "Residents report by telephone, text or at the estate office, choose a "
                "two-hour slot, and sign the repair off themselves. Their panel meets quarterly."
            ),
            "Local people employed for a year or more": (
                "All vacancies go first to the two job centres and the estates themselves."
            ),
            "Hours or budget for the environment": (
                "A ground team of two gives half a day a week to hedges, ponds and verges."
            ),
            "Spend with local companies": (
                "Timber, kitchens and scaffolding come from three yards within ten miles."
            ),
            "Apprenticeships": (
                "One plumber and one joiner begin in the first September, each with a mentor."
            ),
            "School and college visits": (
                "Six schools, two visits a year each, led by our own apprentices, with a day "
                "on site for every class that asks. Dates are agreed with four schools already."
            ),
        },
        quantities={
            "Local people employed for a year or more": {"m1": "39"},
            "Hours or budget for the environment": {"m9_hours": "620", "m9_budget": "4000"},
            "Spend with local companies": {"m13": "760000"},
            "Apprenticeships": {"m19": "2"},
            "School and college visits": {"m5": "48"},
        },
    ),
    "Moorland Repairs CIC": Offer(
        price=Decimal("1180000.00"),
        bases={"fte": "18", "headcount": "21", "contract_costs": "1050000"},
        texts={
            "Running the service": (
                "A small team that knows every block. Each worker keeps the same streets and "
                "carries the common parts."
            ),
            "Residents first": (
                "Residents own a third of the company and sit on its board. Reports are taken "
                "by people who live on the estates."
            ),
            "Local people employed for a year or more": "Every one of our people is local.",
            "Hours or budget for the environment": (
                "We will turn four neglected courts into gardens with the tenants."
            ),
            "Spend with local companies": "We buy from the local co-operative and two yards.",
            "Apprenticeships": "One apprentice at a time, trained by our two master joiners.",
            "School and college visits": (
                "Two schools have the key to our workshop every Friday in term, forty pupils a "
                "year finish a piece of joinery, and their letters are attached."
            ),
        },
        quantities={
            "Local people employed for a year or more": {"m1": "18"},
            "Hours or budget for the environment": {"m9_hours": "300", "m9_budget": "13000"},
            "Spend with local companies": {"m13": "840000"},
            "Apprenticeships": {"m19": "1"},
            "School and college visits": {"m5": "36"},
        },
    ),
    "Castle Property Services Ltd": Offer(
        price=Decimal("1010000.00"),
        bases={"fte": "60", "headcount": "66", "contract_costs": "890000"},
        texts={
            "Running the service": (
                "A national call centre takes all reports and sends them to area crews by app. "
                "Each job is photographed before and after, and a surveyor checks one in five."
            ),
            "Residents first": (
                "Residents use our app or the call centre at any hour, follow the crew on a map, "
                "and reopen a job with one tap if it is not right."
            ),
            "Local people employed for a year or more": (
                "We will advertise locally when a post falls vacant."
            ),
            "Hours or budget for the environment": "We offset the emissions of our vans.",
            "Spend with local companies": "Our national suppliers have depots in the area.",
            "Apprenticeships": "We support our group's apprenticeship scheme.",
            "School and college visits": "We will attend careers fairs when invited.",
        },
        quantities={
            "Local people employed for a year or more": {"m1": "24"},
            "Hours or budget for the environment": {"m9_hours": "40", "m9_budget": "1500"},
            "Spend with local companies": {"m13": "310000"},
            "Apprenticeships": {"m19": "0"},
            "School and college visits": {"m5": "8"},
        },
    ),
}

# Marks for the answers that are marked: three evaluators alone, then what the panel agreed.
HOUSING_MARKS = {
    "Trent Vale Homes Ltd": {
        "Running the service": (
            [
                (4, "Inspections are unannounced and published."),
                (4, "Clear plan per patch."),
                (5, "Publishes the share right first time, which few do."),
            ],
            (
                4,
                "One repair in ten is inspected and the share right first time is published; "
                "how parts are stocked is not said, which keeps it from an excellent mark.",
            ),
        ),
        "Residents first": (
            [
                (4, "Two-hour slots and sign-off by the resident."),
                (4, "Three ways to report."),
                (4, "A resident panel each quarter."),
            ],
            (
                4,
                "Residents choose a two-hour slot and sign off the work; the panel's powers "
                "are not described.",
            ),
        ),
        "School and college visits": (
            [
                (5, "Dates agreed with four schools."),
                (4, "Led by apprentices, on site."),
                (4, "Six schools, twice a year."),
            ],
            (
                4,
                "Six schools twice a year, led by apprentices, with dates agreed with four of "
                "them; what pupils will learn is not said, which an excellent answer would.",
            ),
        ),
    },
    "Moorland Repairs CIC": {
        "Running the service": (
            [
                (3, "Knows the blocks, thin on checking."),
                (3, "No word on sickness cover."),
                (4, "Same worker on the same streets."),
            ],
            (
                3,
                "The same worker keeps the same streets, which is good; nothing is said of "
                "inspection or of cover when somebody is ill.",
            ),
        ),
        "Residents first": (
            [
                (5, "Residents own a third and sit on the board."),
                (5, "Reports taken by residents."),
                (4, "Strong, but follow-up is not explained."),
            ],
            (
                5,
                "Residents own a third of the company, sit on its board and take the reports, "
                "which goes well beyond what was asked.",
            ),
        ),
        "School and college visits": (
            [
                (4, "Two schools, every Friday in term."),
                (5, "Forty pupils a year finish a piece of work."),
                (5, "Letters from both schools are named."),
            ],
            (
                5,
                "Two schools hold the key to the workshop every Friday in term and forty pupils "
                "a year finish a piece of joinery, which is more than visits.",
            ),
        ),
    },
    "Castle Property Services Ltd": {
        "Running the service": (
            [(4, "One job in five is checked."), (3, "Crews are far away."), (4, "All hours.")],
            (
                4,
                "Photographs of every job and a surveyor's check of one in five; crews come from "
                "a wide area, which keeps it from an excellent mark.",
            ),
        ),
        "Residents first": (
            [
                (4, "Reopening a job with one tap is strong."),
                (3, "No say for residents beyond their own repair."),
                (4, "Follow the crew on a map, at any hour."),
            ],
            (
                4,
                "Residents follow the crew and reopen a job with one tap; they have no say in "
                "how the service is run.",
            ),
        ),
        "School and college visits": (
            [(1, "Only when invited."), (1, "No plan."), (2, "Careers fairs are something.")],
            (1, "Careers fairs when invited is not a plan; no school is named."),
        ),
    },
}
