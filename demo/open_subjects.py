"""The demo's other two procurements: one open for bids, one waiting to be opened."""

from decimal import Decimal

from demo.subjects import Offer, Question, Subject, percent

CHILDCARE = Subject(
    title="Community childcare",
    summary=(
        "Affordable childcare for children under five in two neighbourhoods, open from seven "
        "to seven, with places held for parents in training."
    ),
    value=Decimal("480000.00"),
    months=24,
    weights=("quality_element", Decimal(40), Decimal(60), Decimal(25)),
    price_full_at=Decimal("400000.00"),
    price_zero_at=Decimal("600000.00"),
    questions=(
        Question(
            "Care and learning",
            "How will children be cared for and learn, and how will parents know?",
            percent("100"),
        ),
        Question(
            "Training opportunities",
            "Which qualifications will your people study for?",
            percent("30"),
            metric=4,
            method="target",
        ),
        Question(
            "Helping young people into work",
            "How will you help local people who have long been out of work into childcare "
            "training, qualifications and employment?",
            percent("40"),
            metric=20,
        ),
        Question(
            "Energy from renewable sources",
            "Tell us what you use now and what you offer. The charter sets no target yet, so "
            "your plan is marked in words.",
            percent("30"),
            metric=6,
        ),
    ),
)

CHILDCARE_OFFER = Offer(
    price=Decimal("455000.00"),
    bases={"headcount": "14"},
    texts={
        "Care and learning": (
            "Small groups with a key person for each child, and a book that goes home daily."
        ),
        "Training opportunities": "Two of us begin a Level 3 diploma each autumn.",
        "Helping young people into work": (
            "A twelve-week course with the college, half of it in our rooms, and an interview "
            "for everyone who finishes."
        ),
        "Energy from renewable sources": "Our tariff is half renewable; the roof will add more.",
    },
    quantities={
        "Training opportunities": {"m4": "2"},
        "Helping young people into work": {"m20": "120"},
        "Energy from renewable sources": {"m6": "60"},
    },
)

MENTAL_HEALTH = Subject(
    title="A mental health service in the community",
    summary=(
        "Drop-in support and one-to-one help for adults, delivered with people who have used "
        "such services themselves."
    ),
    value=Decimal("352000.00"),
    months=24,
    weights=("overall", Decimal(30), Decimal(50), Decimal(20)),
    price_full_at=Decimal("300000.00"),
    price_zero_at=Decimal("450000.00"),
    questions=(
        Question(
            "Support that people can reach",
            "How will people find the service, and what happens on their first visit?",
            percent("100"),
        ),
        Question(
            "Helping young people into work",
            "How will you employ people with a history of mental health problems?",
            percent("50"),
            metric=20,
        ),
        Question(
            "Expert advice to VCSEs and SMEs",
            "Which local groups will you advise, and on what?",
            percent("50"),
            metric=22,
            method="target",
        ),
    ),
)

MENTAL_HEALTH_OFFERS = {
    "Moorland Repairs CIC": Offer(
        price=Decimal("339000.00"),
        bases={},
        texts={
            "Support that people can reach": "A shop front on the high street, no appointment.",
            "Helping young people into work": "Half our helpers have used such services.",
            "Expert advice to VCSEs and SMEs": "We advise four charities on supervision.",
        },
        quantities={
            "Helping young people into work": {"m20": "80"},
            "Expert advice to VCSEs and SMEs": {"m22": "40"},
        },
    ),
    "Bright Start Training Ltd": Offer(
        price=Decimal("318000.00"),
        bases={},
        texts={
            "Support that people can reach": "Rooms in two libraries, and a telephone line.",
            "Helping young people into work": "We train peer workers and employ three of them.",
            "Expert advice to VCSEs and SMEs": "We offer bookkeeping clinics each month.",
        },
        quantities={
            "Helping young people into work": {"m20": "60"},
            "Expert advice to VCSEs and SMEs": {"m22": "24"},
        },
    ),
}
