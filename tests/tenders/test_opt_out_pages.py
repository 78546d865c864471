"""The pages on which letting a tender off is asked for, decided, taken back and read."""

import re
from html import unescape

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from evaluations.presenters.desk import tasks_of
from records.clock import database_time
from tenders import actions
from tenders.actions import departures
from tenders.models import OptOut
from tests.factories.accounts import AuthorityFactory, SupplierFactory, bidder_of, person_in
from tests.factories.files import PDF
from tests.factories.tenders import (
    AssignmentFactory,
    approved_to_publish,
    approver_instead,
    team_member,
)
from tests.tenders.departures import (
    COMPULSORY,
    EXPLORED,
    LATER,
    WHY_NOT,
    approver_of,
    ask,
    decide,
    follow,
    nelc_draft,
    paper,
)
from tests.tenders.drafts import NOW, colleague_of, complete_draft, officer_of
from tests.tenders.test_opt_outs import revalue, without_social_value

pytestmark = pytest.mark.django_db

ASKED = {"explored": EXPLORED, "why_not": WHY_NOT}


def address(name, tender, *parts):
    return reverse(f"tenders:{name}", args=[tender.pk, *parts])


def words_of(answer):
    return re.sub(r"\s+", " ", unescape(answer.content.decode()))


def send_request(client, tender, **fields):
    entered = {"seen": tender.edits, "evidence": [paper()], **ASKED, **fields}
    return client.post(address("request_opt_out", tender), entered)


def decision(tender, **fields):
    day = database_time().date()
    return {
        "seen": tender.edits,
        "decision": "approve",
        "reason": "The evidence is sound.",
        "body": "Leadership Team",
        "decided_on_day": day.day,
        "decided_on_month": day.month,
        "decided_on_year": day.year,
        "minute_reference": "LT 7",
        **fields,
    }


def waiting(**fields):
    """A request made a moment ago, by an officer."""
    tender = nelc_draft(**fields)
    asked = ask(tender, at=database_time())
    asked.tender.refresh_from_db()
    return asked


def test_the_officer_reads_the_clause_and_who_decides_before_asking(client):
    tender = nelc_draft("350000.01")
    client.force_login(officer_of(tender))

    text = words_of(client.get(address("request_opt_out", tender)))

    assert "Opting out of including a social value element will require evidence that" in text
    assert (
        "What your policy wants shown: that the full potential of social value has been "
        "explored, and clear evidence that social value cannot be included. At least one file "
        "must show it."
    ) in text
    assert (
        "<strong>Cabinet</strong> decides, being accountable for this contract: the policy names "
        "nobody for the opt-out itself."
    ) in text


def test_a_body_that_the_policy_names_for_the_opt_out_is_said_to_be_named_for_it(client):
    tender = nelc_draft()
    charter = tender.charter
    for one in charter.clauses:
        if one["kind"] == "opt-out":
            one["facts"]["approval"] = "the Director"
    charter.save()
    client.force_login(officer_of(tender))

    text = words_of(client.get(address("request_opt_out", tender)))

    assert "<strong>the Director</strong> decides, as the policy names them for this." in text


def test_asking_keeps_the_request_and_writes_to_the_approver(client):
    tender = nelc_draft()
    client.force_login(officer_of(tender))

    answer = send_request(client, tender)

    assert answer.url == reverse("tenders:policy", args=[tender.pk])
    assert OptOut.objects.get().files.count() == 1
    assert len(mail.outbox) == 1


def test_where_nothing_can_be_asked_the_page_says_why_and_holds_no_form(client):
    tender = nelc_draft("100000.00")
    client.force_login(officer_of(tender))

    text = words_of(client.get(address("request_opt_out", tender)))

    assert "the value, £100,000, is not over £100,000. Nothing needs opting out." in text
    assert "Ask for a decision" not in text


@pytest.mark.parametrize("missing", ["explored", "why_not", "evidence"])
def test_what_is_missing_is_said_and_the_rest_is_kept(client, missing):
    tender = nelc_draft()
    client.force_login(officer_of(tender))

    answer = send_request(client, tender, **{missing: ""})

    text = words_of(answer)
    assert answer.status_code == 200
    assert not OptOut.objects.exists()
    assert all(words in text for field, words in ASKED.items() if field != missing)
    assert "If you had chosen files, choose them again." in text


def test_a_colleague_who_asked_first_is_told_of_and_nothing_typed_is_lost(client):
    tender = nelc_draft()
    client.force_login(officer_of(tender))
    ask(tender)

    first = send_request(client, tender)
    tender.refresh_from_db()
    second = send_request(client, tender)

    assert "This draft was changed while you were working on it" in words_of(first)
    assert "waits for a decision. To say something else, withdraw it first." in words_of(second)
    assert EXPLORED in words_of(second)
    assert OptOut.objects.count() == 1


def test_a_waiver_is_asked_for_on_a_page_of_its_own(client):
    tender = nelc_draft(clauses=[COMPULSORY])
    client.force_login(officer_of(tender))
    page = address("request_waiver", tender, "employment")

    text = words_of(client.get(page))
    answer = client.post(page, {"seen": tender.edits, **ASKED})

    assert (
        "<strong>the Chief Executive</strong> decides, as the policy names them for this." in text
    )
    assert "At least one measure is of employment and skills" in text
    assert answer.status_code == 302
    assert OptOut.objects.get().clause == "employment"


@pytest.mark.parametrize("clause", ["nothing", "required", "opt-out"])
def test_what_is_no_compulsory_clause_has_no_waiver(client, clause):
    tender = nelc_draft(clauses=[COMPULSORY])
    client.force_login(officer_of(tender))

    assert client.get(address("request_waiver", tender, clause)).status_code == 404


def test_the_approver_s_first_page_leads_to_what_waits(client):
    asked = waiting()
    approver = approver_of(asked.tender)
    client.force_login(approver)

    (task,) = tasks_of(approver, database_time())
    desk = words_of(client.get(reverse("evaluations:desk")))

    assert task.title == "Decide whether social value is left out"
    assert task.href == address("decide_opt_out", asked.tender, asked.pk)
    assert task.href in desk
    assert f"{asked.requested_by} asked" in desk


def queries_for(client, count):
    authority = AuthorityFactory()
    approver = person_in(authority, Role.APPROVER)
    for _ in range(count):
        asked = waiting(authority=authority)
        AssignmentFactory(tender=asked.tender, person=approver, role=Role.APPROVER)
    client.force_login(approver)
    with CaptureQueriesContext(connection) as found:
        page = client.get(reverse("evaluations:desk"))
    assert len(page.context["tasks"]) == count
    return len(found)


def test_the_desk_costs_the_same_for_any_number_of_requests(client):
    assert queries_for(client, 3) == queries_for(client, 1) < 30


def test_nothing_waits_once_it_is_decided_withdrawn_or_one_s_own():
    decided, withdrawn, own = waiting(), waiting(), waiting()
    decide(decided, at=database_time(), decided_on=database_time().date())
    officer = officer_of(withdrawn.tender)
    departures.withdraw_opt_out(opt_out=withdrawn, by=officer, at=database_time())
    asker = own.requested_by
    approver_instead(own.tender, asker)

    people = [approver_of(decided.tender), approver_of(withdrawn.tender), asker]

    assert [tasks_of(person, database_time()) for person in people] == [[], [], []]


def test_the_approver_reads_everything_and_decides(client):
    asked = waiting()
    tender = asked.tender
    client.force_login(approver_of(tender))
    page = address("decide_opt_out", tender, asked.pk)

    text = words_of(client.get(page))
    answer = client.post(page, decision(tender))

    asked.refresh_from_db()
    assert all(words in text for words in (EXPLORED, WHY_NOT, "paper.pdf", "£250,000"))
    assert 'value="Leadership Team"' in text
    assert "Leadership Team, being accountable for this contract: the policy names nobody" in text
    assert answer.url == reverse("tenders:policy", args=[tender.pk])
    assert (asked.is_approved, asked.minute_reference) == (True, "LT 7")


def test_a_body_that_the_policy_no_longer_names_is_not_said_to_be_named(client):
    asked = waiting(value="350000.00")
    revalue(asked.tender, "350000.01")
    client.force_login(approver_of(asked.tender))

    text = words_of(client.get(address("decide_opt_out", asked.tender, asked.pk)))

    assert "your policy names Cabinet. Withdraw it and ask again." in text
    assert "Leadership Team</dd>" in text


def test_the_approver_turns_it_down(client):
    asked = waiting()
    client.force_login(approver_of(asked.tender))
    page = address("decide_opt_out", asked.tender, asked.pk)

    client.post(page, decision(asked.tender, decision="turn-down"))

    asked.refresh_from_db()
    assert asked.is_approved is False


@pytest.mark.parametrize(
    ("entered", "words"),
    [
        ({"decision": ""}, "Choose whether it was approved or turned down"),
        ({"decision": "perhaps"}, "What was decided?: choose one of the answers listed"),
        ({"reason": ""}, "Answer “Why was it decided so?”"),
        ({"body": " "}, "Answer “Who decided?”"),
        ({"decided_on_day": "31", "decided_on_month": "2"}, "must be a real date"),
        ({"decided_on_year": "2040"}, "This day has not come yet"),
        ({"decided_on_year": "2020"}, "it cannot have been decided before"),
    ],
)
def test_a_bad_decision_keeps_what_was_typed(client, entered, words):
    asked = waiting()
    client.force_login(approver_of(asked.tender))
    page = address("decide_opt_out", asked.tender, asked.pk)

    answer = client.post(page, decision(asked.tender, **entered))

    asked.refresh_from_db()
    assert answer.status_code == 200
    assert words in words_of(answer)
    assert 'value="LT 7"' in words_of(answer)
    assert asked.is_approved is None


def test_a_draft_that_changed_while_it_was_read_is_read_again(client):
    asked = waiting()
    tender = asked.tender
    client.force_login(approver_of(tender))
    page = address("decide_opt_out", tender, asked.pk)

    first = client.post(page, decision(tender, seen=tender.edits - 1))
    again = client.post(page, decision(tender))

    assert "This draft was changed while you were working on it" in words_of(first)
    assert again.status_code == 302


def test_a_request_for_another_value_warns_and_is_only_turned_down(client):
    asked = waiting(value="350000.00")
    revalue(asked.tender, "350000.01")
    client.force_login(approver_of(asked.tender))
    page = address("decide_opt_out", asked.tender, asked.pk)

    text = words_of(client.get(page))
    answer = client.post(page, decision(asked.tender))

    assert "your policy names Cabinet" in text
    assert "It can only be turned down now." in words_of(answer)


def test_a_second_decision_is_a_conflict_and_a_second_look_leads_to_the_first(client):
    asked = waiting()
    client.force_login(approver_of(asked.tender))
    page = address("decide_opt_out", asked.tender, asked.pk)
    client.post(page, decision(asked.tender))

    assert client.post(page, decision(asked.tender)).status_code == 409
    assert client.get(page).url == reverse("tenders:policy", args=[asked.tender.pk])


def test_whoever_asked_has_no_decision_to_make(client):
    asked = waiting()
    asker, tender = asked.requested_by, asked.tender
    approver_instead(tender, asker)
    client.force_login(asker)
    page = address("decide_opt_out", tender, asked.pk)

    policy = words_of(client.get(reverse("tenders:policy", args=[tender.pk])))

    assert client.get(page).status_code == 403
    assert client.post(page, decision(tender)).status_code == 403
    assert "Read and decide" not in policy


def test_the_officer_withdraws_after_being_asked_once_more(client):
    asked = waiting()
    client.force_login(asked.requested_by)
    page = address("withdraw_opt_out", asked.tender, asked.pk)

    text = words_of(client.get(page))
    client.post(page)

    asked.refresh_from_db()
    assert "Nobody decides on it any more." in text
    assert asked.withdrawn_by == asked.requested_by
    assert client.post(page).status_code == 409
    assert client.get(page).status_code == 403


@pytest.mark.parametrize("name", ["decide_opt_out", "withdraw_opt_out"])
def test_a_request_of_another_tender_is_not_found(client, name):
    asked, other = waiting(), complete_draft()
    role = Role.APPROVER if name == "decide_opt_out" else Role.OFFICER
    client.force_login(team_member(other, role))

    assert client.get(address(name, other, asked.pk)).status_code == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.OFFICER, 200),
        (Role.APPROVER, 200),
        (Role.EVALUATOR, 403),
        (Role.CONTRACT_MANAGER, 403),
    ],
)
def test_the_files_are_for_those_who_work_on_the_draft(client, role, status):
    asked = waiting()
    client.force_login(team_member(asked.tender, role))
    kept = asked.files.get()

    answer = client.get(address("opt_out_file", asked.tender, asked.pk, kept.file_id))

    assert answer.status_code == status
    if status == 200:
        assert b"".join(answer) == PDF
        assert answer["Content-Disposition"] == 'attachment; filename="paper.pdf"'
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_administrator_opens_the_files_and_the_board_does_not(client):
    asked = waiting()
    page = address("opt_out_file", asked.tender, asked.pk, asked.files.get().file_id)

    for role, status in ((Role.ADMINISTRATOR, 200), (Role.BOARD, 403)):
        client.force_login(person_in(asked.tender.authority, role))
        answer = client.get(page)
        assert answer.status_code == status
        if status == 200:
            assert b"".join(answer) == paper().read()


def test_strangers_find_no_file_even_when_the_tender_is_public(client):
    asked = waiting()
    officer = asked.requested_by
    decide(asked, at=database_time(), decided_on=database_time().date())
    tender = approved_to_publish(without_social_value(asked.tender))
    actions.publish_tender(tender=tender, by=officer, at=NOW)
    page = address("opt_out_file", tender, asked.pk, asked.files.get().file_id)

    for person in (
        colleague_of(tender),
        person_in(AuthorityFactory(), Role.OFFICER),
        bidder_of(SupplierFactory()),
    ):
        client.force_login(person)
        assert client.get(page).status_code == 404


def test_a_file_of_another_request_is_not_found_beneath_this_one(client):
    asked, other = waiting(), waiting()
    client.force_login(officer_of(asked.tender))
    foreign = other.files.get().file_id

    assert client.get(address("opt_out_file", asked.tender, asked.pk, foreign)).status_code == 404


def test_after_publication_every_page_of_a_request_is_closed(client):
    tender = nelc_draft()
    follow(tender)
    asked = ask(tender)
    decide(asked, is_approved=False)
    officer, approver = officer_of(tender), approver_of(tender)
    actions.publish_tender(tender=approved_to_publish(tender), by=officer, at=LATER)

    for person, page in (
        (officer, address("request_opt_out", tender)),
        (officer, address("withdraw_opt_out", tender, asked.pk)),
        (approver, address("decide_opt_out", tender, asked.pk)),
    ):
        client.force_login(person)
        assert (client.get(page).status_code, client.post(page).status_code) == (403, 409)
