"""A planned contract as plain data, and what its policy will ask of it: worked out, never kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import TextChoices

from accounts.models import Organisation
from charter.fingerprint import fingerprint
from charter.models import Charter
from charter.proportion import Asked, Band, asked_of, band_of, bands
from charter.sayings import minimum_words, split_words
from charter.scope import Contract
from design.numbers import plain_digits
from tenders.models import PlannedContract, Suitability

MOST_NAMES, LONGEST_NAME, LONGEST_TITLE, LONGEST_REASON = 20, 100, 200, 2000


class Demand(TextChoices):
    """How much a policy asks of a contract, in three steps."""

    REQUIRED = "required", "Required"
    POSSIBLE = "possible", "Wherever possible"
    NOTHING = "nothing", "Not asked for"


@dataclass(frozen=True)
class Entry:
    """What somebody says of one planned contract."""

    charter: Charter
    title: str
    kind: str
    contract_value: Decimal
    months: int
    begins_on: date
    responsible: str = ""
    target_groups: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    suitability: str = Suitability.UNDECIDED
    suitability_reason: str = ""


@dataclass(frozen=True)
class Line:
    """One planned contract, its band and what the policy will ask of it."""

    planned: PlannedContract
    # The version in force of the charter it is held to.
    charter: Charter
    band: Band
    asked: Asked

    @property
    def demand(self) -> Demand:
        return demand_of(self.asked)

    @property
    def will_be_asked(self) -> bool:
        """The policy requires it, or the authority finds the contract suitable."""
        return self.asked.is_required or self.planned.suitability == Suitability.SUITABLE

    @property
    def needs_opt_out(self) -> bool:
        """The policy requires what the authority finds unsuitable."""
        return self.asked.is_required and self.planned.suitability == Suitability.UNSUITABLE

    @property
    def terms(self) -> list[str]:
        """What the policy will require, a few words each."""
        minimums = [one.facts for one in self.asked.minimums]
        told = [minimum_words(one) for one in minimums if Decimal(one["minimum_percent"])]
        told += [split_words(one.facts) for one in self.asked.splits]
        if self.asked.unsettled:
            told.append("two clauses contradict each other")
        if self.asked.compulsory:
            told.append("some metrics are compulsory")
        if self.asked.accountable:
            told.append(f"accountable: {self.asked.accountable.facts['who']}")
        return told

    @property
    def words(self) -> str:
        """The same on one line, as a spreadsheet has it."""
        return ": ".join([one for one in (self.demand.label, "; ".join(self.terms)) if one])


def demand_of(asked: Asked) -> Demand:
    """How much of a contract is asked for, as a policy answers for it."""
    if asked.is_required:
        return Demand.REQUIRED
    return Demand.POSSIBLE if asked.is_encouraged else Demand.NOTHING


def charters_in_force(authority: Organisation) -> dict[str, Charter]:
    """An authority's charters in force, by code."""
    return {one.code: one for one in Charter.objects.in_force().filter(authority=authority)}


def lines_of(planned: Iterable[PlannedContract], in_force: Mapping[str, Charter]) -> list[Line]:
    """Each planned contract held against the version of its charter that is in force."""
    cut: dict[str, list[Band]] = {}
    found = []
    for one in planned:
        charter = in_force.get(one.charter.code, one.charter)
        rules = charter.weighting_rules
        if charter.code not in cut:
            cut[charter.code] = bands(rules, charter.clauses)
        contract = Contract(one.contract_value, one.begins_on, one.months, one.kind)
        asked = asked_of(contract, rules=rules, clauses=charter.clauses)
        found.append(Line(one, charter, band_of(one.contract_value, cut[charter.code]), asked))
    return found


def content_of(planned: PlannedContract) -> dict:
    """Everything a plan says of one contract, as a file or a form can hold it."""
    return {
        "id": str(planned.pk),
        "charter": planned.charter.code,
        "title": planned.title,
        "kind": planned.kind,
        "contract_value": plain_digits(planned.contract_value),
        "months": planned.months,
        "begins_on": planned.begins_on.isoformat(),
        "responsible": planned.responsible,
        "target_groups": list(planned.target_groups),
        "programmes": list(planned.programmes),
        "suitability": planned.suitability,
        "suitability_reason": planned.suitability_reason,
    }


def digest_of_plan(planned: Iterable[PlannedContract]) -> str:
    """SHA-256 over what a plan says, in the order given."""
    return fingerprint([content_of(one) for one in planned])


def entry_of(content: Mapping, in_force: Mapping[str, Charter]) -> Entry:
    """The content of one contract as somebody's entry, under a charter in force."""
    rest = {key: value for key, value in content.items() if key != "id"}
    return Entry(
        **{
            **rest,
            "charter": in_force[content["charter"]],
            "contract_value": Decimal(content["contract_value"]),
            "begins_on": date.fromisoformat(content["begins_on"]),
            "target_groups": tuple(content["target_groups"]),
            "programmes": tuple(content["programmes"]),
        }
    )
