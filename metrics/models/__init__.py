"""What counts: metrics and their targets, money values under licence, the authority's results."""

from metrics.models.catalogue import AnsweredBy, FlagKind, Metric, MetricFlag
from metrics.models.proxies import ProxySet, ProxyValue
from metrics.models.reasons import GivenReason, KnownWarning
from metrics.models.results import Lever, OwnResult, ResultEvidence
from metrics.models.sheets import CatalogueUpload
from metrics.models.targets import Route, TargetResolution

__all__ = [
    "AnsweredBy",
    "CatalogueUpload",
    "FlagKind",
    "GivenReason",
    "KnownWarning",
    "Lever",
    "Metric",
    "MetricFlag",
    "OwnResult",
    "ProxySet",
    "ProxyValue",
    "ResultEvidence",
    "Route",
    "TargetResolution",
]
