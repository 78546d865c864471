"""What everyone is told when a tender is published, beside its scoring case; frozen with it.

The case (tenders.cases) holds what points are worked out from: weights, gates, targets, rounding.
The notice holds the words and days around it, as they stood at publication. A deadline that is
extended later is told on the tender's page; the notice keeps the one that was published.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime

from metrics.grammar import Refused
from tenders.cases import number
from tenders.fingerprint import canonical, settled
from tenders.models import Condition, Criterion, OptOut, Tender
from tenders.policy import policy_day, still_holds, whole_policy

FORM = "tenth-notice-1"


def notice_of(tender: Tender, at: datetime) -> dict:
    """Everything public that the scoring case does not hold, for a tender published at `at`."""
    return {
        "form": FORM,
        "case_sha256": tender.case_hash,
        "reference": tender.reference,
        "authority": tender.authority.name,
        "title": tender.title,
        "summary": tender.summary,
        "contact": tender.contact,
        "opportunity": tender.opportunity,
        "kind": tender.kind,
        "contract_value": number(tender.contract_value),
        "starts_on": tender.starts_on.isoformat(),
        "months": tender.months,
        "lots": _lots(tender),
        "coverage": tender.coverage,
        "as_published": _timetable(tender, at),
        "policy": _policy(tender),
        "questions": [_question(one) for one in tender.criteria.select_related("metric")],
        "scale": [
            {"mark": number(one.mark), "label": one.label, "descriptor": one.descriptor}
            for one in tender.scale.all()
        ],
        "conditions": [_condition(one) for one in tender.conditions.select_related("metric")],
        "departures": _departures(tender, at),
    }


def notice_bytes(notice: Mapping) -> bytes:
    """The notice as bytes that anybody can make again: keys sorted, no spaces, UTF-8."""
    text = json.dumps(notice, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8")


def notice_hash(notice: Mapping) -> str:
    """The SHA-256 shown beside the one of the scoring case."""
    return hashlib.sha256(notice_bytes(notice)).hexdigest()


def frozen_case(tender: Tender) -> bytes | None:
    """The bytes of the published case; None for a draft, and where they are not what was hashed."""
    try:
        return _as_hashed(canonical(tender.published_case), tender.case_hash)
    except Refused:
        return None


def frozen_notice(tender: Tender) -> bytes | None:
    """The bytes of the notice; None where none was published, or not this one."""
    if tender.notice is None:
        return None
    return _as_hashed(notice_bytes(tender.notice), tender.notice_hash)


def _as_hashed(content: bytes, sha256: str) -> bytes | None:
    return content if hashlib.sha256(content).hexdigest() == sha256 else None


def _moment(value: datetime | None) -> str | None:
    return value.astimezone(UTC).isoformat() if value else None


def _timetable(tender: Tender, at: datetime) -> dict:
    return {
        "published_at": _moment(at),
        "opens_at": _moment(tender.opens_at),
        "closes_at": _moment(tender.closes_at),
        "questions_until": _moment(tender.questions_until),
        "award_on": tender.award_on.isoformat() if tender.award_on else None,
    }


def _lots(tender: Tender) -> dict | None:
    if tender.lot_group is None:
        return None
    return {
        "number": tender.lot_number,
        "most_lots": tender.lot_group.most_lots,
        "all": [
            {
                "number": lot.lot_number,
                "reference": lot.reference,
                "title": lot.title,
                "contract_value": number(lot.contract_value),
            }
            for lot in tender.lot_group.counted
        ],
    }


def _policy(tender: Tender) -> dict:
    charter, edition = tender.charter, tender.edition
    return {
        "charter": {"code": charter.code, "title": charter.title, "version": charter.version},
        "edition": edition and {"code": edition.code, "name": str(edition)},
    }


def _question(one: Criterion) -> dict:
    return {
        "id": one.code,
        "group": one.group,
        "case": one.case,
        "metric": one.metric.code if one.metric else None,
        "title": one.title,
        "question": one.question,
        "sub_criteria": one.sub_criteria,
        "max_words": one.max_words,
        "own_target_because": one.own_measure_reason,
    }


def _condition(one: Condition) -> dict:
    return {
        "metric": one.metric.code,
        "title": one.metric.short_title,
        "reason": one.reason,
        "measure": settled("measure", one.measure_asked),
    }


def _departures(tender: Tender, at: datetime) -> dict:
    whole = whole_policy(tender, policy_day(tender, at))
    return {
        "rules": [
            {"follows": one.follows, "sets_aside": one.sets_aside, "reason": one.reason}
            for one in tender.rule_choices.all()
        ],
        "let_off": [_let_off(one) for one in tender.opt_outs.all() if still_holds(one, whole)],
    }


def _let_off(one: OptOut) -> dict:
    return {
        "clause": one.clause,
        "explored": one.explored,
        "why_not": one.why_not,
        "decided_by": one.decided_by_body,
        "decided_on": one.decided_on.isoformat(),
        "minute_reference": one.minute_reference,
        "reason": one.decision_reason,
    }
