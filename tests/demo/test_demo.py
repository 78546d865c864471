"""The demo is built once, by the product's own actions, and everyone in it can sign in."""

import json
import stat

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from bids.documents import files_in
from bids.models import Submission
from charter.models import Charter, Partner
from delivery.models import Contract
from demo import cast, firm
from demo.subjects import HOUSING
from evaluations.cases import round_of
from evaluations.choosing import best_choice
from evaluations.models import Result
from evaluations.swaps import answer
from metrics.models import OwnResult
from records import audit
from records.clock import database_time
from records.models import AuditEvent
from tenders.models import Groundwork, PlannedContract, Tender
from tenders.policy import policy_day, policy_of
from tests.factories.bids import received

# As outside testers name them; "anon" needs no sign-in.
ROLES = {
    "bidder_own", "bidder_other", "bidder_none", "officer", "officer_unassigned", "evaluator",
    "evaluator_unassigned", "evaluator_conflicted", "chair", "approver", "contract_manager",
    "board", "auth_admin", "foreign_authority", "superuser",
}  # fmt: skip


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """One demo for the whole module; taken away again afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("build_demo", verbosity=0)
        yield
        transaction.set_rollback(True)


def test_there_is_something_to_see_in_each_state(demo):
    now = database_time()

    states = {tender.title: tender.state(now) for tender in Tender.objects.all()}

    assert states == {
        "Housing repairs and maintenance": "L",
        "A mental health service in the community": "C",
        "Community childcare": "O",
        "Highway drainage": "D",
        "Community enterprise fund, round 1": "M",
        "Enterprise centre for north Staffordshire": "O",
    }


def test_a_year_is_planned_and_one_procurement_was_thought_through(demo):
    [record] = Groundwork.objects.all()

    assert record.tender.title == "Community childcare"
    assert [one.audience for one in record.consultations.all()] == ["residents", "group", "market"]
    assert record.agreed_on < record.tender.published_at.date()
    assert PlannedContract.objects.count() == 5


def test_the_neighbour_has_a_contradiction_to_choose_about(demo):
    draft = Tender.objects.get(title="Highway drainage")

    asked = policy_of(draft, policy_day(draft, database_time()))

    assert [[one.key, other.key] for one, other in asked.unsettled] == [
        ["rule:quality-element", "rule:overall"]
    ]
    assert asked.accountable.facts["who"] == "Cabinet"


def test_the_finished_procurement_has_a_winner_by_the_engine(demo):
    result = Result.objects.get(tender__title=HOUSING.title).result

    first = next(bid for bid in result["bids"].values() if bid["rank"] == 1)
    assert len(result["bids"]) == 3
    assert Contract.objects.get().supplier.name == cast.WINNER.organisation
    assert result["winners"] == [str(Contract.objects.get().award.bid_id)]
    assert first["status"] == "ranked"


def test_a_small_firm_has_a_sealed_bid_with_all_a_bid_can_hold(demo):
    [version] = Submission.objects.filter(bid__tender__title="Community childcare")
    document = received(version).document

    assert (version.document, version.price) == (None, None)
    assert sorted(document["profile"]) == sorted(firm.PROFILE)
    assert sorted(one["name"] for one in files_in(document)) == [
        "last inspection.pdf",
        "letter from the college.pdf",
    ]
    assert [one["alternative"] for one in document["answers"] if "alternative" in one] == [
        firm.INSTEAD
    ]


def test_the_funding_round_can_be_decided_on_and_its_best_set_is_not_the_ranking(demo):
    asked = round_of(Result.objects.get(tender__opportunity="funding_round"))

    found = answer(asked)

    funded = {
        "best": [one.name for one in found.best.funded],
        "by ranking": [one.name for one in found.by_ranking.funded],
        "without minimums": [one.name for one in best_choice(asked.without_minimums()).funded],
    }
    assert funded == {
        "best": [cast.WINNER.organisation, cast.MOORLAND.organisation, cast.RIVAL.organisation],
        "by ranking": [cast.WINNER.organisation, cast.CASTLE.organisation],
        "without minimums": [
            *(cast.CASTLE.organisation, cast.MOORLAND.organisation, cast.NEWCOMER.organisation)
        ],
    }


def test_the_contract_has_returns_accepted_waiting_and_queried(demo):
    decisions = {
        line.decision for part in Contract.objects.get().returns.all() for line in part.lines.all()
    }

    assert decisions == {"accepted", "waiting", "queried"}


def test_two_authorities_have_adopted_a_policy_on_a_minuted_decision(demo):
    adopted = Charter.objects.in_force().order_by("code")

    told = adopted.values_list("code", "version", "decided_by_body", "minute_reference")
    assert list(told) == [
        ("nelc-2018", 1, "Board", "Demo minute 7"),
        ("sslep-2021", 1, "Board", "Demo minute 7"),
    ]


def test_a_second_version_is_under_way_with_one_comment_to_answer(demo):
    draft = Charter.objects.drafts().get()

    assert (draft.code, draft.version) == ("sslep-2021", 2)
    assert draft.metrics.with_target_not_set().count() == 3
    assert draft.metrics.with_target_left_open().count() == 1
    assert (draft.comments.count(), draft.comments.unanswered().count()) == (2, 1)


def test_partners_have_signed_and_the_authority_has_answered_for_itself(demo):
    assert Partner.objects.confirmed().count() == 2
    assert list(OwnResult.objects.values_list("metric__number", flat=True)) == [5, 22]


def test_the_story_leaves_a_sound_trail(demo):
    for stream in set(AuditEvent.objects.values_list("stream", flat=True)):
        assert list(audit.broken_links(stream)) == []


def test_building_again_changes_nothing(demo):
    events = AuditEvent.objects.count()

    call_command("build_demo", verbosity=0)

    assert AuditEvent.objects.count() == events


def test_every_role_of_the_matrix_has_a_sign_in(demo, capsys):
    call_command("personas", "-")

    entries = json.loads(capsys.readouterr().out)
    assert {entry["role"] for entry in entries} - {"supplier"} == ROLES
    assert set(entries[0]) == {
        "role", "name", "authority", "company", "email", "password", "totp_secret",
    }  # fmt: skip


@pytest.mark.parametrize("person", cast.EVERYBODY, ids=lambda person: person.name)
def test_everyone_can_sign_in(demo, person):
    browser = Client()

    browser.post(
        reverse("account_login"),
        {"login": person.email, "password": cast.password_of(person)},
    )

    assert browser.session["_auth_user_id"] == str(cast.user(person).pk)


def test_the_file_of_sign_ins_is_for_its_owner_only(demo, tmp_path):
    target = tmp_path / "personas.json"

    call_command("personas", str(target))

    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert len(json.loads(target.read_text())) == len(cast.EVERYBODY)


@pytest.mark.django_db
def test_without_a_demo_there_are_no_sign_ins():
    with pytest.raises(CommandError):
        call_command("personas", "-")
