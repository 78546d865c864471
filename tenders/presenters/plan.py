"""The plan of a year as a page shows it: its rows, their addresses, and the years there are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from accounts.models import Organisation, User
from accounts.roles import Role
from design.year import FinancialYear
from tenders.models import PlannedContract, Suitability, Tender
from tenders.planned import Line, charters_in_force, lines_of
from tenders.presenters.frame import COLOURS
from tenders.states import State

SUITABILITY_COLOURS = {
    Suitability.SUITABLE: "green",
    Suitability.UNSUITABLE: "orange",
    Suitability.UNDECIDED: "grey",
}
DEMAND_COLOURS = {"required": "blue", "possible": "turquoise", "nothing": "grey"}


@dataclass(frozen=True)
class Begun:
    """The tender that came of a planned contract, and its page where this person may open it."""

    words: str
    colour: str
    href: str


@dataclass(frozen=True)
class Row:
    """One planned contract in the table."""

    line: Line
    begun: Begun | None

    @property
    def planned(self) -> PlannedContract:
        return self.line.planned

    @property
    def demand_colour(self) -> str:
        return DEMAND_COLOURS[self.line.demand]

    @property
    def suitability_colour(self) -> str:
        return SUITABILITY_COLOURS[Suitability(self.planned.suitability)]


def lines_in(planned: Iterable[PlannedContract], authority: Organisation) -> list[Line]:
    """Planned contracts of an authority held against its policy as it is in force."""
    return lines_of(planned, charters_in_force(authority))


def rows_of(lines: Sequence[Line], user: User, now: datetime) -> list[Row]:
    """The lines as rows, each with what has come of it."""
    roles = user.memberships.filter(organisation__in={one.planned.authority_id for one in lines})
    knows_all = Role.ADMINISTRATOR in roles.values_list("role", flat=True)
    own = set(Tender.objects.of_team_member(user).values_list("pk", flat=True))
    return [Row(line, _begun(line.planned.tender, own, knows_all, now)) for line in lines]


def _begun(tender: Tender | None, own: set, knows_all: bool, now: datetime) -> Begun | None:
    if tender is None:
        return None
    state: State = tender.state(now)
    href = ""
    if knows_all or tender.pk in own:
        href = reverse("tenders:internal", args=[tender.pk])
    elif tender.is_public:
        href = reverse("tenders:public", args=[tender.pk])
    return Begun(state.label, COLOURS[state], href)


def plan_address(authority: Organisation, year: int, **asked: str) -> str:
    """The page of a year's plan, narrowed to some of its rows."""
    query = urlencode({"year": year, **asked})
    return f"{reverse('tenders:plan', args=[authority.pk])}?{query}"


def years_offered(
    used: Iterable[int], this_year: FinancialYear, shown: FinancialYear
) -> list[tuple[FinancialYear, bool]]:
    """The years that have a plan, this one and the next; which of them is shown."""
    years = {*used, this_year.begins, this_year.begins + 1, shown.begins}
    return [(FinancialYear(one), one == shown.begins) for one in sorted(years, reverse=True)]


def basics_of(planned: PlannedContract) -> dict:
    """What a tender begun from a planned contract begins with."""
    names = ("title", "kind", "contract_value", "months")
    return {name: getattr(planned, name) for name in names}
