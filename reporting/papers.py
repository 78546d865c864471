"""The content of an approval paper: everything an approver decides on, in words, at one moment."""

from datetime import datetime

from design.templatetags.format import exact_money, london
from metrics.grammar import Refused
from reporting import paper_design, paper_follows, paper_policy
from tenders.approval import route_under
from tenders.cases import case_without_bids
from tenders.fingerprint import case_hash
from tenders.models import Tender
from tenders.policy import policy_day, policy_of, whole_policy

NOT_YET = "cannot be worked out yet: the draft is not complete"


def gather(tender: Tender, now: datetime) -> dict:
    """A draft as it stands, with what its policy asks and what would follow; plain values."""
    on = policy_day(tender, now)
    asked, whole = policy_of(tender, on), whole_policy(tender, on)
    return {
        "title": tender.title,
        "reference": tender.reference,
        "authority": tender.authority.name,
        "value": exact_money(tender.contract_value),
        "as_at": london(now),
        "edits": tender.edits,
        "case_sha256": _hash(tender),
        "decides": route_under(asked).decides,
        "parts": [
            paper_design.what_is_bought(tender),
            paper_policy.who_decides(tender, route_under(asked)),
            paper_policy.what_policy_asks(tender, asked),
            paper_policy.departures(tender, whole),
            paper_policy.weightings(tender, asked),
            paper_follows.price_of_a_point(tender),
            paper_design.what_is_asked(tender),
            paper_design.conditions(tender),
            paper_design.timetable(tender),
            paper_follows.who_can_take_part(tender),
            paper_follows.burden(tender),
            paper_follows.doubts(tender, now),
        ],
    }


def _hash(tender: Tender) -> str:
    try:
        return case_hash(case_without_bids(tender))
    except Refused:
        return NOT_YET
