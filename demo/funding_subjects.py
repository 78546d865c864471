"""What is funded in the demo: a round with invented applications, and a call for business cases."""

from dataclasses import dataclass
from decimal import Decimal

from demo import cast
from demo.subjects import Offer, Question, percent
from tenders.choices import Case

NEED, DELIVERY = "Why the project is needed", "How it will be delivered"
VISITS, GREEN = "School and college visits", "Hours or budget for the environment"
LOCAL, ADVICE = "Spend with local companies", "Expert advice to VCSEs and SMEs"
BUDGET = Decimal("300000.00")
# The fewest funded projects that serve a field of action.
COVERAGE = {"GS": 2, "CO": 1}
ROUND = {
    "title": "Community enterprise fund, round 1",
    "summary": "Grants for projects of social enterprises and small firms that bring work, skills "
    "and greener places to neighbourhoods in Stoke-on-Trent and Staffordshire.",
    "months": 18,
}
ROUND_QUESTIONS = (
    Question(NEED, "Who needs the project, and how do you know?", percent("60")),
    Question(DELIVERY, "Who does what by when, and what could go wrong?", percent("40")),
    *(
        Question(title, asks, percent("25"), number, "target")
        for title, asks, number in (
            (VISITS, "How many hours of visits will the project give schools and colleges?", 5),
            (GREEN, "What will the project give to the environment, in hours or money?", 9),
            (LOCAL, "How much of the project's costs will be spent with local companies?", 13),
            (ADVICE, "How many hours of advice will you give to VCSEs and small firms?", 22),
        )
    ),
)


@dataclass(frozen=True)
class Application:
    """One invented application, and what the panel agreed of it."""

    person: cast.Person
    asked: str
    # Hours of visits, hours for the environment, local spend, hours of advice.
    promised: tuple[str, str, str, str]
    agreed: tuple[int, int]
    because: tuple[str, str]

    def offer(self) -> Offer:
        """The application as it is entered."""
        visits, green, local, advice = self.promised
        costs = str(int(Decimal(self.asked)))
        return Offer(
            price=Decimal(self.asked),
            bases={"contract_costs": costs},
            texts={
                NEED: "We asked residents and partners, and the need is set out street by street.",
                DELIVERY: "A named lead, a monthly plan and a register of risks run the project.",
                VISITS: "Visits are booked with schools each term by our project lead.",
                GREEN: "Volunteer days and a small budget look after land beside the project.",
                LOCAL: "Suppliers within the LEP postcodes are asked first, and invoices show it.",
                ADVICE: "Our accountant and our managers each give a fixed number of days.",
            },
            quantities={
                VISITS: {"m5": visits},
                GREEN: {"m9_hours": green, "m9_budget": "0"},
                LOCAL: {"m13": local},
                ADVICE: {"m22": advice},
            },
        )


APPLICATIONS = (
    Application(
        *(cast.WINNER, "160000.00", ("36", "0", "120000", "0"), (5, 4)),
        ("It names the estates and counts the people.", "Each step has an owner and a month."),
    ),
    Application(
        *(cast.CASTLE, "140000.00", ("36", "0", "105000", "0"), (4, 5)),
        ("The survey is sound, though of one ward only.", "The plan is tested on an earlier job."),
    ),
    Application(
        *(cast.MOORLAND, "90000.00", ("0", "270", "40000", "36"), (4, 3)),
        ("It shows the need from repair records.", "The lead is named; the risks are thin."),
    ),
    Application(
        *(cast.NEWCOMER, "60000.00", ("36", "0", "30000", "36"), (3, 4)),
        ("The need is argued, not counted.", "A month-by-month plan with its costs."),
    ),
    Application(
        *(cast.RIVAL, "50000.00", ("18", "90", "20000", "0"), (3, 2)),
        ("Waiting lists are shown for two nurseries.", "Nobody is named for the second year."),
    ),
)
CASE_CALL = {
    "title": "Enterprise centre for north Staffordshire",
    "summary": "Business cases for a centre with workshops, training rooms and advice for new "
    "firms, from organisations that would build and run it.",
    "contract_value": Decimal("2400000.00"),
    "months": 36,
}
CASE_QUESTIONS = (
    (Case.STRATEGIC, "The case for change", "What problem does the centre solve, and for whom?"),
    (Case.ECONOMIC, "Options and value", "Which options were weighed, and why is this the best?"),
    (Case.COMMERCIAL, "The deal", "What will be bought, from whom, and who carries which risk?"),
    (Case.FINANCIAL, "Affordability", "What does it cost each year, and who pays?"),
    (Case.MANAGEMENT, "Delivery", "Who runs the project, and how will you know that it worked?"),
)
