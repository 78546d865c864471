"""The page “Who can take part” put together, and what of it a statement keeps."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from design.numbers import said
from evaluations.participation import LIMITS, LITTLE, TOO_MUCH, Firm, blocks_of, rewrites_of
from evaluations.population import Population, past_bidders, population_of
from evaluations.presenters import participation as parts
from metrics.units import HOURS_A_DAY, with_unit
from tenders.models import Tender

EXAMPLES, PAST = "examples", "past"


@dataclass(frozen=True)
class BlocksTable:
    """A target per so many people under each way of counting; the tender's own is marked."""

    title: str
    rows: list[tuple[str, bool, list[str]]]


@dataclass(frozen=True)
class RewriteRow:
    """A flat target in hours as a share of hours, and what it would ask of each firm."""

    title: str
    sentence: str
    text: str
    comes_to: list[str]


def participation_page(tender: Tender, chosen: Mapping) -> dict:
    """Template context; `chosen` says whose firms, from where effort counts, and which firm."""
    population = population_of(tender.authority)
    past = past_bidders(tender.authority)
    firms = _firms(population, past, chosen.get("who") == PAST)
    terms = parts.terms_of(
        tender,
        population.hours_a_year,
        Fraction(chosen.get("little") or LITTLE),
        Fraction(chosen.get("too_much") or TOO_MUCH),
    )
    asked = parts.asked_of(tender)
    found = parts.reaches(firms, asked, terms)
    gates, gates_fault = parts.gates(tender, firms, asked, found, terms)
    reference = _reference(firms, chosen.get("firm"))
    return {
        "population": population,
        "past": past,
        "of_past": chosen.get("who") == PAST and past is not None,
        "terms": terms,
        "shares": {"little": said(terms.little), "too_much": said(terms.too_much)},
        "hours_a_day": HOURS_A_DAY,
        "limits": LIMITS,
        "firms": parts.firm_rows(firms, found),
        "targets": parts.target_rows(firms, asked, found, terms),
        "grid": parts.grid(firms, asked, found),
        "gates": gates,
        "gates_fault": gates_fault,
        "blocks": [_blocks_table(one) for one in blocks_of(firms, asked, terms)],
        "has_flat_hours": bool(firms and rewrites_of(firms[0], firms, asked, terms)),
        "reference": reference,
        "rewrites": _rewrites(reference, firms, asked, terms) if reference else [],
    }


def _firms(
    population: Population, past: Mapping[str, int] | None, is_past: bool
) -> tuple[Firm, ...]:
    """All of them, or those that stand for a size of which firms have bid before."""
    if not is_past or past is None:
        return population.firms
    return tuple([firm for firm in population.firms if firm.size in past])


def _reference(firms: tuple[Firm, ...], name: object) -> Firm | None:
    return next((firm for firm in firms if firm.name == name), None)


def _blocks_table(blocks) -> BlocksTable:
    rows = [
        (parts.WAYS[way], way == blocks.chosen, [_amount(one, blocks.unit) for one in amounts])
        for way, amounts in blocks.required.items()
    ]
    return BlocksTable(blocks.title, rows)


def _amount(amount: Fraction | None, unit: str) -> str:
    if amount is None:
        return "not known"
    return with_unit(Fraction((amount * 100 + Fraction(1, 2)) // 1, 100), unit)


def _rewrites(reference: Firm, firms, asked, terms) -> list[RewriteRow]:
    hours = said(terms.hours_a_year)
    rows = []
    for one in rewrites_of(reference, firms, asked, terms):
        percent = f"{said(one.percent, 9)}%"
        rows.append(
            RewriteRow(
                title=one.title,
                sentence=(
                    f"{said(one.hours)} hours are {percent} of the hours that "
                    f"{said(reference.headcount)} people work in a year, at {hours} hours each."
                ),
                text=(
                    f"{percent} of the hours that the bidder’s people work in a year "
                    f"(people employed × {hours} hours)"
                ),
                comes_to=[_amount(amount, "hours") for amount in one.comes_to],
            )
        )
    return rows


def found_on(page: Mapping) -> dict:
    """What the page showed, as a statement on file keeps it."""
    return {
        "firms": [
            {
                "name": row.firm.name,
                "size": row.firm.size,
                "headcount": said(row.firm.headcount),
                "summary": row.summary,
            }
            for row in page["firms"]
        ],
        "are_examples": page["population"].is_example,
        "little_percent": said(page["terms"].little),
        "too_much_percent": said(page["terms"].too_much),
        "hours_a_year": said(page["terms"].hours_a_year),
        "targets": [
            {"title": row.title, "verdicts": [cell.verdict for cell in row.cells]}
            for row in page["targets"]
        ],
        "gates": [{"title": row.title, "passes": row.passes} for row in page["gates"]],
    }
