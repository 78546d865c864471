"""What the demo's authorities do before bidders are asked: plan, think, find a contradiction."""

from datetime import datetime
from decimal import Decimal

import tenders.actions as tendering
from accounts.models import Organisation
from accounts.roles import Role
from charter.models import Charter
from demo import cast
from demo.calendar import Calendar
from demo.cast import user
from demo.past import told_at
from tenders.actions.groundwork import add_consultation, begin_groundwork, edit_groundwork
from tenders.actions.plan import add_planned
from tenders.choices import Audience, ContractKind, Suitability
from tenders.groundwork import Told
from tenders.models import Tender
from tenders.planned import Entry

PLANNED_ON = -40
# Who the neighbour's people are on its draft.
TEAM = (Role.APPROVER, Role.CHAIR, Role.EVALUATOR)
# Title, kind, value, months, days until it begins, responsible, groups, programmes, suitability.
CONTRACTS = (
    (
        *("Grounds maintenance", ContractKind.SERVICES, "640000", 48, 45),
        *("Parks and open spaces", ("People long out of work",), ("Skills hub",)),
        Suitability.SUITABLE,
    ),
    (
        *("Employment support for care leavers", ContractKind.SERVICES, "210000", 24, 70),
        *("Employment and skills", ("Care leavers",), ("Skills hub", "Apprenticeships")),
        Suitability.SUITABLE,
    ),
    (
        *("Enterprise centre fit-out", ContractKind.WORKS, "1850000", 14, 95),
        *("Property", (), ("Apprenticeships",)),
        Suitability.SUITABLE,
    ),
    (
        *("Network switches", ContractKind.GOODS, "88000", 12, 60),
        *("Digital services", (), ()),
        Suitability.UNDECIDED,
    ),
    (*("Legal advice on leases", ContractKind.SERVICES, "45000", 36, 110), *("", (), ()), ""),
)
CONSULTED = (
    (
        *(Audience.RESIDENTS, "Parents in two neighbourhoods", "Three evenings in community rooms"),
        *(-34, 61, "Opening hours matter more than any extra; training on two mornings fits work."),
    ),
    (
        *(Audience.GROUP, "Early years forum", "One meeting"),
        *(-30, 12, "Staff leave for want of qualifications. A diploma on the job keeps them."),
    ),
    (
        *(Audience.MARKET, "Nine possible providers", "A market day with a short survey"),
        *(-26, 9, "Small providers can offer training and work placements, and no large sums."),
    ),
)
ANSWERS = (
    ("economic", {"economic": "Jobs in childcare near home, and parents free to take up work."}),
    ("social", {"social": "Places held for parents in training; children ready for school."}),
    ("environmental", {"environmental": "Rooms within walking distance; meals with little waste."}),
    ("learned", {"learned": "Ask for training of staff and for placements; leave the sums out."}),
)


def plan(authority: Organisation, days: Calendar) -> None:
    """Five contracts of the coming months, one of them without anybody responsible yet."""
    charter = Charter.objects.in_force().get(authority=authority)
    with told_at(days.noon(PLANNED_ON)) as now:
        for title, kind, value, months, begins, responsible, groups, programmes, suits in CONTRACTS:
            entry = Entry(
                charter=charter,
                title=title,
                kind=kind,
                contract_value=Decimal(value),
                months=months,
                begins_on=days.day(begins),
                responsible=responsible,
                target_groups=groups,
                programmes=programmes,
                suitability=suits or Suitability.UNDECIDED,
            )
            add_planned(authority=authority, entry=entry, by=user(cast.OFFICER), at=now)


def think_before(tender: Tender, days: Calendar, who: dict) -> None:
    """A pre-procurement record for a draft: who was asked, what was learned and agreed."""
    record = begin_groundwork(
        authority=tender.authority, title=f"Before {tender.title.lower()}", tender=tender, **who
    )
    for audience, whom, how, held, people, learned in CONSULTED:
        told = Told(audience, whom, how, days.day(held), people, learned)
        add_consultation(groundwork=record, told=told, **who)
    for part, answers in ANSWERS:
        edit_groundwork(groundwork=record, part=part, **answers, **who)
    agreed = "Training and placements are asked for; providers name their own amounts."
    edit_groundwork(groundwork=record, part="agreed", agreed=agreed, agreed_on=days.day(-20), **who)


def tell_neighbour(days: Calendar) -> Tender:
    """The neighbour's policy has two rules that contradict; this draft has not chosen yet."""
    with told_at(days.noon(-5)) as now:
        draft = _drainage(Organisation.objects.get(name=cast.OTHER_AUTHORITY), days, now)
        who = {"by": user(cast.FOREIGN), "at": now}
        for person, role in zip(cast.NEIGHBOURS, TEAM, strict=True):
            tendering.assign(tender=draft, person=user(person), role=role, **who)
        return draft


def _drainage(authority: Organisation, days: Calendar, now: datetime) -> Tender:
    return tendering.create_tender(
        authority=authority,
        charter=Charter.objects.in_force().get(authority=authority),
        title="Highway drainage",
        summary="Clearing and renewing gullies and drains along 40 miles of road.",
        kind=ContractKind.WORKS,
        contract_value=Decimal("360000.00"),
        starts_on=days.day(150),
        months=24,
        by=user(cast.FOREIGN),
        at=now,
    )
