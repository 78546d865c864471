"""The ask: what is planned, thought through before, competed for, and left out with reasons."""

from tenders.choices import (
    ContractKind,
    Group,
    Method,
    PriceMethod,
    RankOn,
    RoundingLevel,
    Suitability,
    WeightBasis,
)
from tenders.models.competitions import (
    LETTERS,
    Assignment,
    Criterion,
    ScaleStep,
    Tender,
    default_tie_break,
    new_reference,
)
from tenders.models.departures import OptOut, OptOutFile, RuleChoice, WarningReason
from tenders.models.planning import (
    Consultation,
    Groundwork,
    GroundworkFile,
    PlannedContract,
    PlanUpload,
)

__all__ = [
    "LETTERS",
    "Assignment",
    "Consultation",
    "ContractKind",
    "Criterion",
    "Groundwork",
    "GroundworkFile",
    "Group",
    "Method",
    "OptOut",
    "OptOutFile",
    "PlanUpload",
    "PlannedContract",
    "PriceMethod",
    "RankOn",
    "RoundingLevel",
    "RuleChoice",
    "ScaleStep",
    "Suitability",
    "Tender",
    "WarningReason",
    "WeightBasis",
    "default_tie_break",
    "new_reference",
]
