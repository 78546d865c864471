"""The forms on which it is decided what is funded, for the test that fills every form in."""

from decimal import Decimal

from evaluations.cases import scoring_case
from evaluations.models import Programme, Result
from evaluations.scoring import score
from tenders.cases import case_without_bids
from tenders.fingerprint import case_hash
from tenders.models import Opportunity
from tests.factories.accounts import LONG_AGO


def decided_as(opportunity: Opportunity, *, recommended: bool = False):
    """The tender once it is of this kind, with a recommendation that waits if one is wanted."""

    def made(world):
        tender = world.tender
        tender.opportunity, tender.price_weight = opportunity, Decimal(0)
        tender.quality_weight = tender.social_value_weight = Decimal(50)
        tender.published_case = case_without_bids(tender)
        tender.case_hash = case_hash(tender.published_case)
        tender.save()
        withdrawn = {"withdrawn_at": LONG_AGO, "withdrawn_because": "It is another kind now."}
        tender.awards.live().update(**withdrawn)
        tender.programmes.live().update(**withdrawn)
        tender.results.live().update(voided_at=LONG_AGO, voided_because="It is another kind now.")
        case = scoring_case(tender)
        result = Result.objects.create(
            tender=tender, case=case, result=score(case), computed_at=LONG_AGO
        )
        if recommended:
            Programme.objects.create(
                tender=tender,
                result=result,
                funded=[str(world.own_bid.pk)],
                reason="It is sound.",
                contract_manager=world.people["contract_manager"],
                recommended_by=world.people["officer"],
                recommended_at=LONG_AGO,
            )
        return tender.pk

    return made


a_round, cases = decided_as(Opportunity.FUNDING_ROUND), decided_as(Opportunity.BUSINESS_CASE)
recommended = decided_as(Opportunity.FUNDING_ROUND, recommended=True)

# State, who, page, what its address is made of. They change the kind of the tender, so they
# come after all others.
FORMS = (
    ("M", "officer", "evaluations:recommend_programme", a_round),
    ("M", "officer", "evaluations:recommend_programme", cases),
    ("M", "approver", "evaluations:return_programme", recommended),
    ("M", "approver", "delivery:approve_programme", recommended),
)
# Pages that only show something; what may follow their address is tried too.
LOOKED_AT = {"evaluations:programme"}
