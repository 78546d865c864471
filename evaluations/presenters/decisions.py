"""The tasks of a locked tender: what to recommend, what waits, and what to approve."""

from django.urls import reverse

from design.templatetags.format import london_date
from evaluations.models import Award, Programme
from evaluations.permissions import is_decided_as_a_programme
from tenders.models import Tender

Recommendation = Award | Programme


def recommendations_on(tenders: list) -> tuple[dict, dict]:
    """What waits or was approved, and what was withdrawn last, by tender; two queries."""
    live: dict = {}
    withdrawn: dict = {}
    awards = Award.objects.filter(tender__in=tenders, programme__isnull=True)
    programmes = Programme.objects.filter(tender__in=tenders).order_by("recommended_at")
    for one in (*awards.select_related("bid__supplier").order_by("recommended_at"), *programmes):
        kept = withdrawn if one.withdrawn_at else live
        kept[one.tender_id] = one
    return live, withdrawn


def to_read(tender: Tender) -> dict:
    """Where it says what came of the marks: the ranking, or the programme with its reasons."""
    if is_decided_as_a_programme(tender):
        return {"action": "Read the programme", "href": paper(tender)}
    return {
        "action": "Read the ranking",
        "href": reverse("evaluations:ranking", args=[tender.pk]),
    }


def to_recommend(tender: Tender, returned: Recommendation | None) -> dict:
    """The officer has to recommend, for the first time or again."""
    projects = is_decided_as_a_programme(tender)
    before = f"Moderation is locked and the {tender.words.bids} are ranked."
    return {
        "title": "Recommend what to fund" if projects else "Recommend an award",
        "detail": f"Last time: {returned.withdrawn_because}" if returned else before,
        **to_read(tender),
    }


def waits_for_approval(tender: Tender, recommended: Recommendation) -> dict:
    """The officer has recommended."""
    if isinstance(recommended, Programme):
        what, action = f"to fund {_projects(recommended)}", "Read the programme"
    else:
        what, action = str(recommended.bid.supplier), "Read the award paper"
    return {
        "title": "Waiting for approval",
        "detail": f"You recommended {what}.",
        "action": action,
        "href": paper(tender),
    }


def to_approve(tender: Tender, recommended: Recommendation) -> dict:
    """The approver has to decide."""
    if isinstance(recommended, Programme):
        title = f"Decide whether to fund {_projects(recommended)}"
    else:
        title = f"Decide on the award to {recommended.bid.supplier}"
    return {
        "title": title,
        "detail": f"Recommended {london_date(recommended.recommended_at)}. "
        "Approve it, or return it with a reason.",
        "action": "Read and decide",
        "href": paper(tender),
    }


def waits_for_recommendation(tender: Tender) -> dict:
    """The approver has nothing to decide yet."""
    projects = is_decided_as_a_programme(tender)
    return {
        "title": "Waiting for a recommendation",
        "detail": f"The officer recommends {'what to fund' if projects else 'an award'} next.",
        **to_read(tender),
    }


def paper(tender: Tender) -> str:
    """The page of what is recommended."""
    projects = is_decided_as_a_programme(tender)
    return reverse(f"evaluations:{'programme' if projects else 'award'}", args=[tender.pk])


def _projects(programme: Programme) -> str:
    count = len(programme.funded)
    return "1 project" if count == 1 else f"{count or 'no'} projects"
