"""What was decided before bidders were asked: early thought, opt-outs, choices between rules."""

from collections.abc import Iterable

from accounts.models import Organisation
from charter.proportion import Asked
from design.london import LONDON
from design.year import FinancialYear
from reporting.promises import text
from tenders.choices import Audience
from tenders.models import Groundwork, OptOut, RuleChoice, Tender
from tenders.policy import is_left_out, policy_day, settles, whole_policy


def beforehand(authority: Organisation, period: FinancialYear) -> dict:
    """What was thought, left out and chosen in the procurements published in the year."""
    tenders = published_in(authority, period)
    opt_outs = decided_in(authority, period)
    shown = [one for one in opt_outs if one.tender.is_public]
    return {
        "published": [_thought(one) for one in tenders],
        "opt_outs": [_opt_out(one) for one in shown],
        # Of tenders that are not public yet: counted, and not told.
        "opt_outs_to_come": len(opt_outs) - len(shown),
        "choices": [one for tender in tenders for one in _choices(tender)],
    }


def published_in(authority: Organisation, period: FinancialYear) -> list[Tender]:
    """The tenders whose publication falls in the year, earliest first."""
    found = Tender.objects.filter(
        authority=authority, published_at__gte=period.starts_at, published_at__lt=period.ends_at
    )
    related = found.select_related("charter", "groundwork").prefetch_related(
        "groundwork__consultations", "rule_choices", "opt_outs"
    )
    return list(related.order_by("published_at"))


def decided_in(authority: Organisation, period: FinancialYear) -> list[OptOut]:
    """The opt-outs and waivers decided in the year and not withdrawn since."""
    found = OptOut.objects.filter(
        tender__authority=authority,
        decided_at__gte=period.starts_at,
        decided_at__lt=period.ends_at,
        withdrawn_at__isnull=True,
    )
    return list(found.select_related("tender__charter").order_by("decided_at"))


def _thought(tender: Tender) -> dict:
    record = getattr(tender, "groundwork", None)
    return {
        "tender": str(tender.pk),
        "title": tender.title,
        "published_on": tender.published_at.astimezone(LONDON).date().isoformat(),
        "record": _record(record) if record else None,
    }


def _record(record: Groundwork) -> dict:
    return {
        "id": str(record.pk),
        "title": record.title,
        "begun_on": record.begun_at.astimezone(LONDON).date().isoformat(),
        "agreed_on": record.agreed_on.isoformat() if record.agreed_on else None,
        "consulted": list(_consulted(record)),
    }


def _consulted(record: Groundwork) -> Iterable[dict]:
    held = list(record.consultations.all())
    for audience in Audience:
        asked = [one for one in held if one.audience == audience]
        if asked:
            yield {"audience": audience.label, "times": len(asked)}


def _opt_out(opt_out: OptOut) -> dict:
    tender = opt_out.tender
    return {
        "tender": str(tender.pk),
        "title": tender.title,
        "value": text(tender.contract_value),
        "what": _what(opt_out),
        "explored": opt_out.explored,
        "why_not": opt_out.why_not,
        "is_approved": opt_out.is_approved,
        "decided_by": opt_out.decided_by_body,
        "decided_on": opt_out.decided_on.isoformat() if opt_out.decided_on else None,
        "minute": opt_out.minute_reference,
    }


def _what(opt_out: OptOut) -> str:
    if not opt_out.clause:
        return "Social value as a whole"
    clauses = opt_out.tender.charter.clauses
    return next((it["heading"] for it in clauses if it["id"] == opt_out.clause), opt_out.clause)


def _choices(tender: Tender) -> Iterable[dict]:
    """The choices that counted when the tender was published, not those its draft outgrew."""
    whole = whole_policy(tender, policy_day(tender, tender.published_at))
    if not is_left_out(tender, whole):
        for choice in tender.rule_choices.all():
            if settles(choice, whole):
                yield _choice(tender, choice, whole)


def _choice(tender: Tender, choice: RuleChoice, whole: Asked) -> dict:
    followed, left = whole.with_key(choice.follows), whole.with_key(choice.sets_aside)
    return {
        "tender": str(tender.pk),
        "title": tender.title,
        "followed": dict(followed.clause) if followed else None,
        "set_aside": dict(left.clause) if left else None,
        "reason": choice.reason,
        "chosen_on": choice.chosen_at.astimezone(LONDON).date().isoformat(),
    }
