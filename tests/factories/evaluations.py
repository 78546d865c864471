"""A procurement under evaluation for tests: received bids, a panel, and marks if wanted."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from accounts.models import User
from accounts.roles import Role
from bids.models import Bid
from evaluations import actions
from tenders.cases import case_without_bids
from tenders.fingerprint import case_hash
from tenders.models import Criterion, Group, Method, Tender
from tests.factories.accounts import SupplierFactory
from tests.factories.bids import received_bid
from tests.factories.metrics import MetricFactory
from tests.factories.tenders import (
    CriterionFactory,
    ScaleStepFactory,
    team_member,
    tender_in,
)

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
LABELS = ("Unacceptable", "Poor", "Fair", "Satisfactory", "Good", "Excellent")


@dataclass
class Panel:
    """One opened tender: two marked questions, one commitment scored by its target."""

    tender: Tender
    officer: User
    chair: User
    approver: User
    manager: User
    evaluators: list[User]
    quality: Criterion
    method_statement: Criterion
    commitment: Criterion
    bids: list[Bid]

    @property
    def answers(self) -> list[tuple[Bid, Criterion]]:
        return [(bid, one) for bid in self.bids for one in (self.quality, self.method_statement)]

    def refresh(self) -> Tender:
        self.tender = Tender.objects.select_related("authority").get(pk=self.tender.pk)
        return self.tender


def panel(state: str = "E", *, bids: int = 2, evaluators: int = 2, **fields) -> Panel:
    """Bids A, B, C… at £900,000, £950,000…, promising 36, 27, 18… of 36 hours."""
    tender = tender_in(state, **fields)
    hours, jobs = (MetricFactory(charter=tender.charter) for _ in range(2))
    quality = CriterionFactory(tender=tender, code="q1", title="Running the service")
    of_metric = {"tender": tender, "group": Group.SOCIAL_VALUE, "weight": Decimal(50)}
    method_statement = CriterionFactory(
        **of_metric, code=jobs.code, metric=jobs, title="Local jobs", position=1
    )
    commitment = CriterionFactory(
        **of_metric,
        code=hours.code,
        metric=hours,
        title="Hours with schools",
        method=Method.TARGET,
        measure=hours.measure,
        position=2,
    )
    for mark, label in enumerate(LABELS):
        ScaleStepFactory(
            tender=tender,
            mark=Decimal(mark),
            label=label,
            descriptor=f"What {label.lower()} means.",
        )
    tender.published_case = case_without_bids(tender)
    tender.case_hash = case_hash(tender.published_case)
    tender.save()
    made = Panel(
        tender=tender,
        officer=team_member(tender, Role.OFFICER),
        chair=team_member(tender, Role.CHAIR),
        approver=team_member(tender, Role.APPROVER),
        manager=team_member(tender, Role.CONTRACT_MANAGER),
        evaluators=[team_member(tender, Role.EVALUATOR) for _ in range(evaluators)],
        quality=quality,
        method_statement=method_statement,
        commitment=commitment,
        bids=[],
    )
    made.bids = [_bid(made, place) for place in range(bids)]
    return made


def _bid(made: Panel, place: int) -> Bid:
    criteria = (made.quality, made.method_statement, made.commitment)
    quantities = {made.commitment.code: {made.commitment.code: str(36 - 9 * place)}}
    return received_bid(
        tender=made.tender,
        supplier=SupplierFactory(name=f"Bidder {'ABCDEFGH'[place]}"),
        price=f"{900000 + 50000 * place}.00",
        answers=[
            {
                "id": f"00000000-0000-4000-8000-0000000000{place}{at}",
                "criterion": one.code,
                "text": f"Our answer on {one.title.lower()}.",
                "quantities": quantities.get(one.code, {}),
                "files": [],
            }
            for at, one in enumerate(criteria)
        ],
    )


def mark_all(made: Panel, *, by: User, value: str = "4", at: datetime = NOON) -> None:
    """One evaluator gives every answer the same mark."""
    for bid, criterion in made.answers:
        actions.give_mark(
            bid=bid,
            criterion=criterion,
            value=Decimal(value),
            reason=f"Because of what it says on {criterion}.",
            by=by,
            at=at,
        )


def hand_in_all(made: Panel) -> None:
    """Every evaluator marks and hands in: the first gives 4, the next 3, and so on."""
    for place, evaluator in enumerate(made.evaluators):
        mark_all(made, by=evaluator, value=str(4 - place))
        actions.submit_marks(tender=made.tender, by=evaluator, at=NOON)


def in_moderation(**fields) -> Panel:
    """Every mark handed in, and moderation opened by the chair."""
    made = panel(**fields)
    hand_in_all(made)
    actions.open_moderation(tender=made.tender, by=made.chair, at=NOON)
    made.refresh()
    return made


def agree_all(made: Panel, *, values: dict | None = None) -> None:
    """The chair takes down an agreed mark for every answer: 5 for bid A, 4 for B, 3 for C."""
    for place, bid in enumerate(made.bids):
        for criterion in (made.quality, made.method_statement):
            actions.agree_mark(
                bid=bid,
                criterion=criterion,
                value=Decimal((values or {}).get((place, criterion.code), 5 - place)),
                reason="The panel agreed on the strength of the plan.",
                by=made.chair,
                at=NOON,
            )


def ranked(**fields) -> Panel:
    """Moderation locked and the bids ranked: A first, with 5 everywhere and the lowest price."""
    values = fields.pop("values", None)
    made = in_moderation(**fields)
    agree_all(made, values=values)
    actions.lock(tender=made.tender, by=made.chair, at=NOON)
    made.refresh()
    return made


def recommended(**fields):
    """The first-ranked bid recommended; answers the panel and the award."""
    made = ranked(**fields)
    award = actions.recommend_award(
        tender=made.tender,
        bid=made.bids[0],
        reason="It is ranked first.",
        contract_manager=made.manager,
        by=made.officer,
        at=NOON,
    )
    return made, award
