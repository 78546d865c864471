"""Leaving social value out, and having a clause waived: asked with evidence, decided by another."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404

from accounts.access import Conflict
from accounts.roles import Role
from charter.clauses import LONGEST_FACT
from records.models import AuditEvent, StoredFile
from tenders import actions
from tenders.actions import departures
from tenders.actions.team import mark_conflicted
from tenders.models import Assignment, ContractKind, OptOut, Tender
from tenders.policy import is_left_out, policy_day, policy_of, still_holds, whole_policy
from tenders.policy_needs import of_policy
from tenders.presenters.policy import disputes_of, let_off
from tenders.readiness import needs_of
from tenders.refusals import Stale, Unfit
from tests.factories.accounts import person_in
from tests.factories.tenders import approved_to_publish, approver_instead, team_member
from tests.races import at_once, slowly
from tests.tenders.departures import (
    COMPULSORY,
    LATER,
    approver_of,
    ask,
    decide,
    follow,
    nelc_draft,
    paper,
)
from tests.tenders.drafts import NOW, colleague_of, complete_draft, officer_of

pytestmark = pytest.mark.django_db

TOMORROW = LATER + timedelta(days=1)


def without_social_value(tender):
    """The draft as an officer makes it once social value may be left out."""
    tender.criteria.filter(group="social_value").delete()
    tender.price_weight, tender.quality_weight = Decimal(40), Decimal(60)
    tender.social_value_weight = Decimal(0)
    tender.save()
    return tender


def departures_needed(tender):
    asked = policy_of(tender, policy_day(tender, NOW))
    return [words for words in of_policy(tender, asked) if "contradict" not in words]


def revalue(tender, value):
    tender.refresh_from_db()
    tender.contract_value = Decimal(value)
    tender.save()


def test_a_request_keeps_its_words_its_files_and_who_decides():
    tender = nelc_draft("250000.00")
    officer = officer_of(tender)

    asked = ask(tender, by=officer, explored="  We asked. ", evidence=[paper(), paper("b.pdf")])

    assert (asked.explored, asked.clause, asked.is_approved) == ("We asked.", "", None)
    assert (asked.requested_by, asked.requested_at) == (officer, NOW)
    assert asked.decides == "Leadership Team"
    assert [one.file.name for one in asked.files.all()] == ["paper.pdf", "b.pdf"]


@pytest.mark.parametrize(
    ("value", "decides"),
    [
        ("100000.01", "Leadership Team"),
        ("350000.00", "Leadership Team"),
        ("350000.01", "Cabinet"),
        ("900000.00", "Cabinet"),
    ],
)
def test_who_decides_goes_by_the_value_to_the_penny(value, decides):
    assert ask(nelc_draft(value)).decides == decides


def test_at_exactly_100000_nothing_needs_opting_out_and_the_words_are_exact():
    with pytest.raises(Unfit) as refusal:
        ask(nelc_draft("100000.00"))

    assert str(refusal.value) == (
        "Your policy does not require social value in this contract: the value, £100,000, is not "
        "over £100,000. Nothing needs opting out. To ask for none, weigh social value with 0 and "
        "choose no metrics."
    )


def test_a_policy_without_an_opt_out_says_what_to_do_instead():
    with pytest.raises(Unfit, match="no clause by which this contract may leave social value out"):
        ask(complete_draft())


def test_a_policy_that_names_nobody_who_approves_says_whom_to_ask():
    tender = nelc_draft()
    keep = [one for one in tender.charter.clauses if one["kind"] != "accountability"]
    tender.charter.clauses = keep
    tender.charter.save()

    with pytest.raises(Unfit, match="names nobody who may approve.*Ask an administrator"):
        ask(tender)


def test_a_draft_that_does_not_say_what_it_buys_is_asked_that_first():
    tender = nelc_draft(kind="")
    for one in [*tender.charter.rules, *tender.charter.clauses]:
        if one.get("when"):
            one["when"]["kinds"] = ["services"]
    tender.charter.save()

    with pytest.raises(Unfit, match="Say first whether goods, services or works are bought"):
        ask(tender)
    tender.kind = ContractKind.SERVICES
    tender.save()

    assert ask(tender).decides == "Leadership Team"


@pytest.mark.parametrize(
    ("entered", "field", "words"),
    [
        ({"explored": " \n"}, "explored", "Enter what was looked at"),
        ({"why_not": ""}, "why_not", "Enter why it cannot be done"),
        ({"evidence": []}, "evidence", "Choose at least one file. Your policy asks for evidence."),
        (
            {"evidence": [SimpleUploadedFile("paper.pdf", b"<script>alert(1)</script>")]},
            "evidence",
            "does not hold what its name says",
        ),
        ({"evidence": [SimpleUploadedFile("paper.pdf", b"")]}, "evidence", "is empty"),
    ],
)
def test_what_is_missing_is_named_beside_its_field_and_nothing_is_kept(entered, field, words):
    tender = nelc_draft()

    with pytest.raises(Unfit, match=words) as refusal:
        ask(tender, **entered)

    assert refusal.value.field == field
    assert not OptOut.objects.exists()
    assert not StoredFile.objects.exists()
    assert mail.outbox == []


def test_more_files_than_can_be_read_are_refused():
    with pytest.raises(Unfit, match="Choose 20 files or fewer"):
        ask(nelc_draft(), evidence=[paper(f"{number}.pdf") for number in range(21)])


def test_one_request_waits_at_a_time_and_may_be_made_anew_once_withdrawn_or_turned_down():
    tender = nelc_draft()
    officer = officer_of(tender)
    first = ask(tender, by=officer)

    with pytest.raises(Unfit, match="waits for a decision. To say something else, withdraw it"):
        ask(tender, by=officer)
    departures.withdraw_opt_out(opt_out=first, by=officer, at=LATER)
    second = ask(tender, by=officer, at=LATER)
    decide(second, is_approved=False, decided_on=LATER.date())
    third = ask(tender, by=officer, at=LATER)
    decide(third, decided_on=LATER.date())

    with pytest.raises(Unfit, match="approved already. Nothing more needs to be asked"):
        ask(tender, by=officer, at=LATER)


def test_a_request_made_on_a_page_that_has_grown_old_is_refused():
    tender = nelc_draft()
    follow(tender)

    with pytest.raises(Stale):
        ask(tender, seen=0)

    assert ask(tender, seen=1).decides == "Leadership Team"


@pytest.mark.parametrize("role", [Role.APPROVER, Role.EVALUATOR, Role.CONTRACT_MANAGER])
def test_only_an_officer_asks(role):
    tender = nelc_draft()

    with pytest.raises(PermissionDenied):
        ask(tender, by=team_member(tender, role))


def test_a_colleague_without_a_part_in_it_can_neither_ask_nor_decide():
    tender = nelc_draft()
    asked = ask(tender)

    with pytest.raises(Http404):
        ask(tender, by=colleague_of(tender, Role.OFFICER))
    with pytest.raises(Http404):
        decide(asked, by=colleague_of(tender, Role.APPROVER))


def test_a_published_tender_is_asked_nothing_more():
    tender = nelc_draft()
    follow(tender)
    actions.publish_tender(tender=approved_to_publish(tender), by=officer_of(tender), at=NOW)

    with pytest.raises(Conflict, match="Only a draft may still be let off"):
        ask(tender)


def test_the_approvers_are_written_to_and_nobody_else():
    tender = nelc_draft()
    out = team_member(tender, Role.APPROVER, conflicted=True)
    left = team_member(tender, Role.APPROVER)
    left.memberships.all().delete()
    there = Assignment.objects.filter(tender=tender, role=Role.APPROVER)
    wanted = sorted(one.person.email for one in there if one.person not in (out, left))

    ask(tender)

    assert sorted(to for letter in mail.outbox for to in letter.to) == wanted
    assert len(wanted) == 1


def test_the_letter_says_who_asks_who_decides_and_where():
    tender = nelc_draft(title="Repairs\nBcc: all@example.org")

    asked = ask(tender)

    (letter,) = mail.outbox
    assert letter.subject == "Decide on leaving social value out: Repairs Bcc: all@example.org"
    assert f"/tenders/{tender.pk}/opt-out/{asked.pk}/" in letter.body
    assert "Leadership Team" in letter.body
    assert letter.body.count("http") == 1


def test_a_decision_keeps_who_when_where_and_why():
    asked = ask(nelc_draft())
    approver = approver_of(asked.tender)

    decide(asked, by=approver, reason=" Sound. ", body="Leadership Team", minute_reference="LT 7")

    asked.refresh_from_db()
    assert (asked.is_approved, asked.decision_reason) == (True, "Sound.")
    assert (asked.decided_by, asked.decided_at) == (approver, LATER)
    assert (asked.decided_by_body, asked.decided_on) == ("Leadership Team", date(2026, 6, 2))
    assert asked.minute_reference == "LT 7"


@pytest.mark.parametrize(
    ("entered", "field", "words"),
    [
        ({"reason": " "}, "reason", "Enter why it was decided so"),
        ({"body": ""}, "body", "Enter which body or post decided"),
        ({"decided_on": date(2026, 6, 4)}, "decided_on", "has not come yet"),
        (
            {"decided_on": date(2026, 5, 31)},
            "decided_on",
            "asked for on 1 June 2026, so it cannot have been decided before",
        ),
    ],
)
def test_a_decision_that_is_incomplete_or_out_of_time_is_refused(entered, field, words):
    asked = ask(nelc_draft())

    with pytest.raises(Unfit, match=words) as refusal:
        decide(asked, **entered)

    asked.refresh_from_db()
    assert refusal.value.field == field
    assert asked.is_approved is None


@pytest.mark.parametrize("day", [date(2026, 6, 1), date(2026, 6, 3)])
def test_the_day_asked_and_today_are_days_of_a_decision(day):
    assert decide(ask(nelc_draft()), decided_on=day).decided_on == day


def test_the_days_are_london_s_and_not_greenwich_s():
    asked = ask(nelc_draft(), at=datetime(2026, 6, 1, 23, 30, tzinfo=UTC))

    with pytest.raises(Unfit, match="asked for on 2 June 2026"):
        decide(asked, decided_on=date(2026, 6, 1))
    late = datetime(2026, 6, 3, 23, 30, tzinfo=UTC)

    assert decide(asked, at=late, decided_on=date(2026, 6, 4)).is_approved


def test_nobody_decides_what_they_asked_for():
    tender = nelc_draft()
    officer = officer_of(tender)
    asked = ask(tender, by=officer)
    approver_instead(tender, officer)

    with pytest.raises(PermissionDenied, match="Another person must decide"):
        decide(asked, by=officer)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.EVALUATOR])
def test_only_an_approver_decides(role):
    asked = ask(nelc_draft())

    with pytest.raises(PermissionDenied):
        decide(asked, by=team_member(asked.tender, role))


def test_what_is_decided_or_withdrawn_is_not_decided_again():
    asked = ask(nelc_draft())
    decide(asked)
    other = ask(nelc_draft())
    departures.withdraw_opt_out(opt_out=other, by=officer_of(other.tender), at=LATER)

    with pytest.raises(Conflict, match="decided already"):
        decide(asked, is_approved=False)
    with pytest.raises(Conflict, match="withdrawn"):
        decide(other)


def test_a_decision_on_a_draft_that_was_changed_since_it_was_read_is_refused():
    asked = ask(nelc_draft())
    follow(asked.tender)

    with pytest.raises(Stale) as refusal:
        decide(asked, seen=1)

    assert refusal.value.edits == 2
    assert decide(asked, seen=2).is_approved


def test_a_request_asked_of_somebody_else_can_only_be_turned_down():
    asked = ask(nelc_draft("350000.00"))
    revalue(asked.tender, "350000.01")

    with pytest.raises(Unfit, match="only be turned down now.*your policy names Cabinet") as told:
        decide(asked)
    turned_down = decide(asked, is_approved=False)

    assert told.value.field == "decision"
    assert turned_down.is_approved is False


def test_the_officers_hear_what_was_decided_and_why():
    asked = ask(nelc_draft())
    mail.outbox.clear()

    decide(asked, is_approved=False, reason="Ask the tenants again.")

    (letter,) = mail.outbox
    assert letter.to == [asked.requested_by.email]
    assert letter.subject == f"Turned down: leaving social value out, {asked.tender.title}"
    assert "Ask the tenants again." in letter.body


def test_the_trail_tells_every_step_and_no_free_words():
    asked = ask(nelc_draft())
    decide(asked)
    departures.withdraw_opt_out(opt_out=asked, by=officer_of(asked.tender), at=TOMORROW)

    events = AuditEvent.objects.filter(stream=asked.tender.audit_stream).order_by("position")
    assert [one.verb for one in events] == [
        "tender.opt_out_requested",
        "tender.opt_out_approved",
        "tender.opt_out_withdrawn",
    ]
    assert {one.details["opt_out"] for one in events} == {str(asked.pk)}
    assert events[0].details["decides"] == "Leadership Team"
    assert len(events[0].details["evidence"]) == 1
    assert all("framework" not in str(one.details) for one in events)


def test_a_request_that_waits_holds_up_publication():
    tender = nelc_draft()
    follow(tender)
    ask(tender)

    assert needs_of(tender, NOW) == [
        "The opt-out waits for the decision of Leadership Team. An approver of this tender "
        "records it, or an officer withdraws it."
    ]


def test_with_an_approved_opt_out_a_tender_is_published_without_social_value():
    tender = nelc_draft()
    decide(ask(tender))

    with_metrics = needs_of(tender, LATER)
    without_social_value(tender)
    approved_to_publish(tender)
    published = actions.publish_tender(tender=tender, by=officer_of(tender), at=LATER)

    assert (
        "Social value is left out of this tender. Weigh it with 0 and remove its metrics and "
        "conditions." in with_metrics
    )
    assert published.published_case["weights"]["social_value"] == "0"
    (told,) = let_off(published, TOMORROW)
    assert (told.what, told.opt_out.decided_by_body) == (
        "Leaving social value out",
        "Leadership Team",
    )


def test_where_social_value_is_left_out_no_rule_on_its_weight_is_left_to_choose():
    tender = nelc_draft()
    whole = whole_policy(tender, policy_day(tender, LATER))
    before = disputes_of(tender, whole)

    decide(ask(tender))

    assert len(before) == 1
    assert disputes_of(Tender.objects.get(pk=tender.pk), whole) == []


def test_without_one_a_tender_is_not_published_without_social_value():
    tender = without_social_value(nelc_draft())
    follow(tender)
    decide(ask(tender), is_approved=False)

    assert any("too little" in words for words in needs_of(tender, LATER))
    assert let_off(tender, LATER) == []


def test_what_somebody_with_an_interest_approved_must_be_decided_by_another():
    tender = nelc_draft()
    approver = approver_of(tender)
    decide(ask(tender), by=approver)
    before = departures_needed(tender)

    mark_conflicted(tender=tender, person=approver, by=approver, at=LATER)

    assert (before, departures_needed(tender)) == (
        [],
        [
            "The opt-out was approved by somebody who has declared an interest since. Withdraw it "
            "and ask again, so that another approver decides."
        ],
    )


def test_weights_of_0_may_be_saved_once_it_is_approved_and_not_before():
    tender = nelc_draft()
    officer = officer_of(tender)
    weights = {
        "basis": "overall",
        "price_weight": Decimal(40),
        "quality_weight": Decimal(60),
        "social_value_weight": Decimal(0),
        "price_method": "lowest_over_bid",
        "is_relative_accepted": True,
        "price_full_at": None,
        "price_zero_at": None,
        "rounding_places": 2,
        "rounding_level": "total",
        "rank_on": "rounded",
        "tie_break": [],
    }
    follow(tender)
    asked = ask(tender, by=officer)

    with pytest.raises(Unfit, match="too little"):
        actions.set_weights(tender=tender, by=officer, at=LATER, **weights)
    decide(asked)

    assert actions.set_weights(tender=tender, by=officer, at=LATER, **weights).weights == {
        "basis": "overall",
        "price": "40",
        "quality": "60",
        "social_value": "0",
    }


@pytest.mark.parametrize(
    ("value", "holds"),
    [
        ("100000.00", False),
        ("100000.01", True),
        ("350000.00", True),
        ("350000.01", False),
    ],
)
def test_an_approval_holds_only_while_the_policy_names_the_same_decider(value, holds):
    asked = ask(nelc_draft("350000.00"))
    decide(asked)

    revalue(asked.tender, value)

    asked.refresh_from_db()
    whole = whole_policy(asked.tender, policy_day(asked.tender, LATER))
    assert still_holds(asked, whole) is holds
    assert is_left_out(asked.tender, whole) is holds
    assert bool(let_off(asked.tender, LATER)) is holds


def test_what_has_lapsed_says_who_decides_now_and_what_to_do():
    asked = ask(nelc_draft("350000.00"))
    decide(asked)
    tender = asked.tender

    revalue(tender, "350000.01")
    dearer = departures_needed(tender)
    revalue(tender, "100000.00")
    cheaper = departures_needed(tender)
    with pytest.raises(Unfit) as again:
        ask(tender)

    assert dearer == [
        "The opt-out was asked of Leadership Team. For the contract as it is now your policy "
        "names Cabinet. Withdraw it and ask again."
    ]
    assert cheaper == [
        "The opt-out was asked of Leadership Team. For the contract as it is now your policy "
        "names nobody who decides on it. Withdraw it."
    ]
    assert str(again.value) == cheaper[0]


def test_an_approval_withdrawn_lets_nothing_off_any_more():
    asked = ask(nelc_draft())
    decide(asked)
    officer = officer_of(asked.tender)

    departures.withdraw_opt_out(opt_out=asked, by=officer, at=TOMORROW)

    asked.refresh_from_db()
    asked.tender.refresh_from_db()
    assert (asked.withdrawn_by, asked.withdrawn_at) == (officer, TOMORROW)
    assert policy_of(asked.tender, NOW.date()).is_required
    assert asked.tender.edits == 2


def test_only_what_stands_is_withdrawn_only_by_an_officer_and_only_in_a_draft():
    asked = ask(nelc_draft())
    officer = officer_of(asked.tender)

    with pytest.raises(PermissionDenied):
        departures.withdraw_opt_out(opt_out=asked, by=approver_of(asked.tender), at=LATER)
    decide(asked, is_approved=False)
    with pytest.raises(Conflict, match="nothing to withdraw"):
        departures.withdraw_opt_out(opt_out=asked, by=officer, at=LATER)
    approved = ask(asked.tender, by=officer, at=LATER)
    decide(approved, decided_on=LATER.date())
    tender = approved_to_publish(without_social_value(asked.tender))
    actions.publish_tender(tender=tender, by=officer, at=LATER)
    with pytest.raises(Conflict, match="Only a draft"):
        departures.withdraw_opt_out(opt_out=approved, by=officer, at=TOMORROW)


def waivable(**fields):
    tender = nelc_draft(clauses=[COMPULSORY], **fields)
    follow(tender)
    return tender


def test_a_compulsory_metric_may_be_waived_by_whom_its_clause_names():
    tender = waivable()
    before = needs_of(tender, NOW)

    asked = ask(tender, clause="employment", evidence=[])
    waits = needs_of(tender, NOW)
    decide(asked)

    assert before == [
        "Your policy asks for at least 1 metric of ES (One metric of employment and skills). "
        "Choose one, or ask for a waiver."
    ]
    assert asked.decides == "the Chief Executive"
    assert len(waits) == 2
    assert needs_of(tender, LATER) == []
    (shown,) = let_off(tender, LATER)
    assert shown.what == "Waiver: One metric of employment and skills"


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        ("nothing", "no such clause"),
        ("required", "names nobody who may waive “Required over £100,000”"),
        ("accountable-cabinet", "does not reach this contract: the value, £250,000, is not over"),
    ],
)
def test_what_cannot_be_waived_says_why(clause, words):
    with pytest.raises(Unfit, match=words):
        ask(waivable(), clause=clause)


def test_whoever_decides_is_kept_however_long_a_policy_names_them():
    named = "The Cabinet of the council, " * 71
    longest = named[:LONGEST_FACT].strip()
    facts = {**COMPULSORY["facts"], "waiver": longest}

    asked = ask(nelc_draft(clauses=[{**COMPULSORY, "facts": facts}]), clause="employment")

    assert asked.decides == longest
    assert OptOut._meta.get_field("decides").max_length == LONGEST_FACT


def test_a_clause_that_names_nobody_is_not_waived():
    facts = {"among": "ES", "at_least": "1"}
    tender = nelc_draft(clauses=[{**COMPULSORY, "facts": facts}])

    with pytest.raises(Unfit, match="names nobody who may waive.*Ask for what it names"):
        ask(tender, clause="employment")


def test_where_social_value_is_left_out_nothing_is_left_to_waive():
    tender = waivable()
    decide(ask(tender))

    with pytest.raises(Unfit, match="let off already, because social value is left out"):
        ask(tender, clause="employment", at=LATER)


def test_an_opt_out_and_a_waiver_are_asked_for_beside_each_other():
    tender = waivable()

    ask(tender)
    ask(tender, clause="employment")

    assert OptOut.objects.filter(tender=tender).count() == 2


def both_decide(tender):
    asked = ask(tender)
    one, other = approver_of(tender), approver_of(tender)
    return at_once(
        lambda: decide(asked, by=one),
        lambda: decide(asked, by=other, is_approved=False),
    )


@pytest.mark.django_db(transaction=True)
def test_of_two_approvers_at_once_one_decides_and_the_other_is_told(monkeypatch):
    slowly(monkeypatch, departures, "check_can_decide")

    came = both_decide(nelc_draft())

    assert came.count(Conflict) == 1
    assert OptOut.objects.get().decided_by is not None


@pytest.mark.django_db(transaction=True)
def test_twin_without_the_lock_both_decide(monkeypatch):
    monkeypatch.setattr(departures, "hold_tender", lambda tender: tender)
    slowly(monkeypatch, departures, "lapse_of")

    came = both_decide(nelc_draft())

    assert came.count(Conflict) == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_requests_at_once_one_waits_and_the_other_is_told():
    tender = nelc_draft()
    one, other = officer_of(tender), officer_of(tender)

    came = at_once(lambda: ask(tender, by=one), lambda: ask(tender, by=other))

    assert came.count(Unfit) == 1
    assert OptOut.objects.count() == 1
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_a_publication_waits_for_a_withdrawal_that_began_before(monkeypatch):
    tender = without_social_value(nelc_draft())
    officer = officer_of(tender)
    asked = ask(tender, by=officer)
    decide(asked)
    approved_to_publish(tender)
    slowly(monkeypatch, departures, "check_can_withdraw")

    def publish():
        return actions.publish_tender(tender=tender, by=officer, at=TOMORROW)

    def withdraw():
        return departures.withdraw_opt_out(opt_out=asked, by=officer, at=TOMORROW)

    came = at_once(withdraw, publish)

    tender.refresh_from_db()
    asked.refresh_from_db()
    is_published, is_withdrawn = tender.is_public, asked.withdrawn_at is not None
    assert is_published != is_withdrawn
    assert len([one for one in came if isinstance(one, type)]) == 1


def test_somebody_of_another_authority_finds_no_opt_out():
    asked = ask(nelc_draft())
    stranger = person_in(nelc_draft().authority, Role.OFFICER)

    assert not OptOut.objects.visible_to(stranger).exists()
    assert OptOut.objects.visible_to(asked.requested_by).get() == asked
