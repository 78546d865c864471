"""One procurement with everybody in it, in any state: the ground of the permission matrix."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.contrib.auth.models import AnonymousUser

from accounts.models import Dealing, User
from accounts.roles import Role
from bids.models import Answer, Attachment, Bid
from charter.models import Charter
from delivery.models import Contract, Promise, Return, ReturnLine
from evaluations.models import AgreedMark, Award, Declaration, Mark, Marking, Result
from evaluations.scoring import score
from metrics.models import Metric
from reporting.models import Report
from tenders.cases import case_without_bids
from tenders.fingerprint import case_hash
from tenders.models import (
    Criterion,
    Extension,
    Group,
    OptOut,
    PublicationApproval,
    Question,
    Tender,
)
from tenders.states import Stage
from tests.factories.accounts import (
    LONG_AGO,
    AuthorityFactory,
    SupplierFactory,
    UserFactory,
    bidder_of,
    person_in,
)
from tests.factories.bids import AnswerFactory, BidFactory, SubmissionFactory, attached, pdf
from tests.factories.charter import CharterFactory
from tests.factories.metrics import MetricFactory
from tests.factories.tenders import CriterionFactory, ScaleStepFactory, team_member, tender_in

ON_THE_TEAM = {
    "officer": Role.OFFICER,
    "evaluator": Role.EVALUATOR,
    "chair": Role.CHAIR,
    "approver": Role.APPROVER,
    "contract_manager": Role.CONTRACT_MANAGER,
}
SOMETHING = date(2027, 5, 1)
PAPER = {"document": "Procurement policy", "paragraph": "4", "text": "Unless it is let off."}
# What the authority's policy lets a tender off, and who decides.
MAY_BE_LET_OFF = [
    {
        "id": "opt-out",
        "kind": "opt-out",
        "heading": "Leaving social value out",
        "facts": {"evidence": "that it was explored", "approval": "Cabinet"},
        **PAPER,
    },
    {
        "id": "employment",
        "kind": "compulsory",
        "heading": "One metric of employment",
        "facts": {"among": "ES", "at_least": "1", "waiver": "Cabinet"},
        **PAPER,
    },
]


@dataclass
class World:
    """A tender in one state, and a person for each of the sixteen roles."""

    state: str
    tender: Tender
    own_bid: Bid
    people: dict[str, User]
    question: Criterion
    commitment: Criterion
    attachment: Attachment
    report: Report
    draft: Charter
    missing: Metric
    opt_out: OptOut
    approval: PublicationApproval
    asked: Question
    extension: Extension
    award: Award | None = None
    contract: Contract | None = None
    line: ReturnLine | None = None


def build_world(state: str) -> World:
    """Everybody and everything, with the tender in the state of this letter."""
    tender = tender_in(state, charter__clauses=MAY_BE_LET_OFF)
    question = CriterionFactory(tender=tender, code="q1")
    metric = MetricFactory(charter=tender.charter)
    commitment = CriterionFactory(
        tender=tender,
        code=metric.code,
        group=Group.SOCIAL_VALUE,
        metric=metric,
        measure=metric.measure,
    )
    for mark in range(6):
        ScaleStepFactory(tender=tender, mark=Decimal(mark), label=f"Mark {mark}")
    people = _people(tender)
    own_bid, attachment = _bids(tender, people, question, commitment)
    draft = CharterFactory(
        authority=tender.authority, code=tender.charter.code, version=2, draft=True
    )
    world = World(
        state=state,
        tender=tender,
        own_bid=own_bid,
        people=people,
        question=question,
        commitment=commitment,
        attachment=attachment,
        report=Report.objects.create(
            authority=tender.authority, year=2026, asked_by=people["officer"], asked_at=LONG_AGO
        ),
        draft=draft,
        missing=MetricFactory(charter=draft, target_not_set=True),
        approval=PublicationApproval.objects.create(
            tender=tender,
            edits=tender.edits,
            decides="Cabinet",
            asked_by=people["officer"],
            asked_at=LONG_AGO,
        ),
        opt_out=OptOut.objects.create(
            tender=tender,
            clause="employment",
            explored="We asked.",
            why_not="It is all done by machine.",
            requested_by=people["officer"],
            requested_at=LONG_AGO,
            decides="Cabinet",
        ),
        asked=_question_waiting(own_bid, people["bidder_own"]),
        extension=_extension_waiting(tender, people["officer"]),
    )
    _evaluation(world)
    if world.contract is None:
        _plant_contract(world)
    return world


def _people(tender: Tender) -> dict[str, User]:
    authority = tender.authority
    people = {name: team_member(tender, role) for name, role in ON_THE_TEAM.items()}
    people |= {
        "anon": AnonymousUser(),
        "bidder_none": bidder_of(SupplierFactory()),
        "officer_unassigned": person_in(authority, Role.OFFICER),
        "evaluator_unassigned": person_in(authority, Role.EVALUATOR),
        "evaluator_conflicted": team_member(tender, Role.EVALUATOR, conflicted=True),
        "board": person_in(authority, Role.BOARD),
        "auth_admin": person_in(authority, Role.ADMINISTRATOR),
        "foreign_authority": person_in(
            AuthorityFactory(), *(role for role in Role if role not in {Role.CHAIR, Role.BIDDER})
        ),
        "superuser": UserFactory(is_superuser=True),
    }
    return people


def _bids(tender, people, question, commitment) -> tuple[Bid, Attachment]:
    """One bid received, whose company deals with the authority, and a rival's draft."""
    own, rival = SupplierFactory(), SupplierFactory()
    people["bidder_own"], people["bidder_other"] = bidder_of(own), bidder_of(rival)
    BidFactory(tender=tender, supplier=rival)
    bid = BidFactory(
        tender=tender,
        supplier=own,
        versions=1,
        price="900000.00",
        won_at=LONG_AGO if tender.awarded_at else None,
    )
    answers = [
        AnswerFactory(bid=bid, criterion=criterion, text="We will.")
        for criterion in (question, commitment)
    ]
    attachment = attached(answers[1], pdf("policy.pdf"))
    SubmissionFactory(
        bid=bid,
        submitted_by=people["bidder_own"],
        document={"bases": {}, "answers": [_line(answer, attachment) for answer in answers]},
    )
    if tender.stage != Stage.DRAFT:
        from_own = {"authority": tender.authority, "supplier": own, "since": LONG_AGO}
        Dealing.objects.create(**from_own)
    return bid, attachment


def _question_waiting(bid: Bid, person: User) -> Question:
    return Question.objects.create(
        tender=bid.tender,
        asked_for=bid.supplier,
        asked_by=person,
        asked_at=LONG_AGO,
        text="May we visit?",
    )


def _extension_waiting(tender: Tender, person: User) -> Extension:
    closes_at = tender.closes_at or LONG_AGO
    return Extension.objects.create(
        tender=tender,
        former_closes_at=closes_at,
        closes_at=closes_at + timedelta(days=7),
        reason="A drawing came late.",
        proposed_by=person,
        proposed_at=LONG_AGO,
    )


def _line(answer: Answer, attachment: Attachment) -> dict:
    return {
        "id": str(answer.pk),
        "criterion": answer.criterion.code,
        "text": "We will.",
        "quantities": dict.fromkeys(
            (q["id"] for q in getattr(answer.criterion.metric, "quantities", [])), "36"
        ),
        "files": [
            {
                "id": str(attachment.pk),
                "name": "policy.pdf",
                "sha256": "2" * 64,
                "size": 5,
            }
        ]
        if attachment.answer_id == answer.pk
        else [],
    }


def _evaluation(world: World) -> None:
    """What must be there for the state: declarations, marks, agreement, award, contract."""
    tender, people = world.tender, world.people
    if tender.opened_at is None or tender.stage == Stage.CANCELLED:
        return
    for name in ON_THE_TEAM:
        Declaration.objects.create(
            tender=tender, person=people[name], has_interest=False, declared_at=LONG_AGO
        )
    if tender.stage == Stage.OPENED:
        return
    _marks(world)
    if tender.stage != Stage.MODERATING:
        _result(world)
    if tender.awarded_at:
        _award_and_contract(world)


def _marks(world: World) -> None:
    people = world.people
    for criterion in (world.question, world.commitment):
        given = {"bid": world.own_bid, "criterion": criterion, "value": 4, "reason": "Sound."}
        Mark.objects.create(**given, evaluator=people["evaluator"], version=1, given_at=LONG_AGO)
        AgreedMark.objects.create(
            **given, agreed_by=people["chair"], agreed_at=LONG_AGO, individual_marks=[]
        )
    Marking.objects.create(
        tender=world.tender, evaluator=people["evaluator"], submitted_at=LONG_AGO
    )


def _result(world: World, **fields) -> Result:
    """What the engine answers for the rules as published, whose hash must match at award."""
    tender = world.tender
    tender.published_case = case_without_bids(tender)
    tender.case_hash = case_hash(tender.published_case)
    tender.save()
    marks = {criterion.code: "4" for criterion in (world.question, world.commitment)}
    bid = {"id": str(world.own_bid.pk), "price": "900000", "marks": marks}
    case = {**tender.published_case, "bids": [bid]}
    return Result.objects.create(
        tender=tender, case=case, result=score(case), computed_at=LONG_AGO, **fields
    )


def recommend(world: World, **fields) -> Award:
    """The officer's recommendation, waiting for approval."""
    given = {"result": Result.objects.filter(tender=world.tender, voided_at=None).first()} | fields
    world.award = Award.objects.create(
        tender=world.tender,
        bid=world.own_bid,
        reason="It came first.",
        contract_manager=world.people["contract_manager"],
        recommended_by=world.people["officer"],
        recommended_at=LONG_AGO,
        **given,
    )
    return world.award


def _plant_contract(world: World) -> None:
    """A contract that cannot be there yet, of an award that was withdrawn: with it, those who
    may read it later have something to be refused."""
    award = recommend(
        world,
        result=_result(world, voided_at=LONG_AGO),
        withdrawn_at=LONG_AGO,
        withdrawn_because="Planted.",
    )
    _contract(world, award)


def wait_for_approval(world: World) -> None:
    """A live recommendation, and no contract yet."""
    for records in (ReturnLine, Return, Promise, Contract):
        records.objects.all().delete()
    recommend(world)


def _award_and_contract(world: World) -> None:
    award = recommend(world)
    award.approved_by, award.approved_at = world.people["approver"], LONG_AGO
    award.save()
    _contract(world, award)


def _contract(world: World, award: Award) -> None:
    world.contract = Contract.objects.create(
        tender=world.tender,
        award=award,
        supplier=world.own_bid.supplier,
        manager=world.people["contract_manager"],
        price=Decimal("900000.00"),
        starts_on=world.tender.starts_on,
        ends_on=date(2030, 3, 31),
        made_at=LONG_AGO,
        started_at=LONG_AGO if world.tender.live_at else None,
    )
    promise = Promise.objects.create(
        contract=world.contract,
        answer_id=world.own_bid.answers.last().pk,
        criterion=world.commitment,
        metric=world.commitment.metric,
        quantity_id=world.commitment.code,
        label="Hours",
        unit="hours",
        quantity=Decimal(36),
    )
    sent = Return.objects.create(
        contract=world.contract,
        period_from=SOMETHING,
        period_to=SOMETHING,
        sent_by=world.people["bidder_own"],
        sent_at=LONG_AGO,
    )
    world.line = ReturnLine.objects.create(
        part_of=sent,
        promise=promise,
        quantity=Decimal(4),
        evidence=world.attachment.file,
    )
