"""The parts of an approval paper on the design: what is bought, asked, and when."""

from datetime import date

from design.london import LONDON
from design.numbers import said
from design.templatetags.format import counted, exact_money, london, london_date
from reporting.paper_blocks import items, part, table, words
from tenders.lots import limit_words, lots_of, name_of
from tenders.models import Tender
from tenders.presenters.asked import Line, Part, parts_shown, ranking_words
from tenders.presenters.conditions import InForce, conditions_of
from tenders.working_days import UnknownYear, standstill_from, working_days_between

PLACES = 4


def what_is_bought(tender: Tender) -> dict:
    """The contract in a few facts, and its lots."""
    facts = [
        ["Reference", tender.reference],
        ["Kind of opportunity", tender.get_opportunity_display()],
        [tender.words.value, exact_money(tender.contract_value)],
        [tender.words.starts_on, london_date(tender.starts_on)],
        [tender.words.length, counted(tender.months, "month")],
        ["Policy", f"{tender.charter.title}, version {tender.charter.version}"],
    ]
    if tender.kind:
        facts.insert(2, ["What is bought", tender.get_kind_display()])
    lots = []
    if tender.lot_group is not None:
        facts.insert(3, ["Value of all lots together", exact_money(tender.value_with_lots)])
        lots = [f"{name_of(lot)}, {exact_money(lot.contract_value)}" for lot in lots_of(tender)] + [
            limit_words(tender.lot_group.most_lots)
        ]
    return part("What it is for", words(tender.summary), table("Facts", [], facts), items(lots))


def what_is_asked(tender: Tender) -> dict:
    """Every question with its words, its points, and how it earns them."""
    blocks = [block for one in parts_shown(tender) for block in _blocks(one)]
    return part("What is asked, and how it earns points", *blocks, words(ranking_words(tender)))


def _blocks(one: Part) -> list:
    points = "" if one.points is None else f": {said(one.points, PLACES)} points of 100"
    least = f" {one.minimum.least} {one.minimum.consequence}" if one.minimum else ""
    rows = [[line.criterion.title, _points(line), _how(line)] for line in one.lines]
    return [
        words(f"{one.title}{points}. {one.how}{least}".strip()),
        table(f"Questions: {one.title}", ["Question", "Points", "How it is judged"], rows),
    ]


def _points(line: Line) -> str:
    return "" if line.points is None else said(line.points, PLACES)


def _how(line: Line) -> str:
    told = [line.criterion.question, line.how]
    if line.target:
        told += [line.target.intro, *line.target.lines]
    if line.criterion.own_measure_reason:
        told.append(f"A target of this contract's own: {line.criterion.own_measure_reason}")
    if line.minimum:
        told += [line.minimum.least, line.minimum.consequence]
    return " ".join(filter(None, told))


def conditions(tender: Tender) -> dict:
    """What everybody must deliver, unscored."""
    found = conditions_of(tender)
    rows = [[str(one.condition), _demanded(one), one.condition.reason] for one in found]
    none = "" if rows else "Nothing is a condition of the contract instead of being scored."
    head = ["Metric", "What must be delivered", "Why it is a condition"]
    return part("Conditions of the contract", words(none), table("Conditions", head, rows))


def _demanded(one: InForce) -> str:
    return " ".join(filter(None, [one.target.intro, *one.target.lines, *one.demands]))


def timetable(tender: Tender) -> dict:
    """From opening to the first day of the contract, with the working days and the standstill."""
    rows = [
        [tender.words.sent_from, london(tender.opens_at)],
        ["Last moment for questions", london(tender.questions_until)],
        ["Deadline", london(tender.closes_at)],
        ["Award to be notified", london_date(tender.award_on)],
        [tender.words.starts_on, london_date(tender.starts_on)],
    ]
    told = [[name, when] for name, when in rows if when]
    return part("Timetable, London time", table("Days", [], told), words(_days(tender)))


def _days(tender: Tender) -> str:
    if tender.opens_at is None or tender.closes_at is None:
        return "The days are not set yet."
    opens, closes = (_day(when) for when in (tender.opens_at, tender.closes_at))
    try:
        open_for = counted(working_days_between(opens, closes), "working day")
        return f"It is open for {open_for}.{_standstill(tender)}"
    except UnknownYear as unknown:
        return str(unknown)


def _standstill(tender: Tender) -> str:
    if tender.award_on is None or not tender.is_procurement:
        return ""
    still = standstill_from(tender.award_on)
    return (
        f" The standstill of eight working days runs from {london_date(still.first)} to "
        f"{london_date(still.last)}; the contract may be signed from "
        f"{london_date(still.may_sign_from)} (Procurement Act 2023, section 51)."
    )


def _day(when) -> date:
    return when.astimezone(LONDON).date()
