"""The ask: what is planned, thought through before, competed for, and left out with reasons."""

from tenders.choices import (
    Case,
    ContractKind,
    Group,
    Method,
    Opportunity,
    PriceMethod,
    RankOn,
    RoundingLevel,
    Suitability,
    ValueBand,
    WeightBasis,
)
from tenders.models.alerts import Alert
from tenders.models.approvals import Extension, PublicationApproval
from tenders.models.asked import Condition, Criterion, Gate, ScaleStep
from tenders.models.competitions import LETTERS, Tender, default_tie_break, new_reference
from tenders.models.conversations import Follower, FurtherAnswer, Question
from tenders.models.departures import OptOut, OptOutFile, RuleChoice, WarningReason
from tenders.models.lots import LotGroup
from tenders.models.planning import (
    Consultation,
    Groundwork,
    GroundworkFile,
    PlannedContract,
    PlanUpload,
)
from tenders.models.team import Assignment
from tenders.models.templates import DesignTemplate

__all__ = [
    "LETTERS",
    "Alert",
    "Assignment",
    "Case",
    "Condition",
    "Consultation",
    "ContractKind",
    "Criterion",
    "DesignTemplate",
    "Extension",
    "Follower",
    "FurtherAnswer",
    "Gate",
    "Groundwork",
    "GroundworkFile",
    "Group",
    "LotGroup",
    "Method",
    "Opportunity",
    "OptOut",
    "OptOutFile",
    "PlanUpload",
    "PlannedContract",
    "PriceMethod",
    "PublicationApproval",
    "Question",
    "RankOn",
    "RoundingLevel",
    "RuleChoice",
    "ScaleStep",
    "Suitability",
    "Tender",
    "ValueBand",
    "WarningReason",
    "WeightBasis",
    "default_tie_break",
    "new_reference",
]
