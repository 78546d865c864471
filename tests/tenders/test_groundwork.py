"""Thought before a tender: who may begin, change and link a record, and what is refused."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404

from accounts.access import Conflict
from accounts.roles import IN_AN_AUTHORITY, Role
from charter.refusals import Stale, Unfit
from records import audit
from records.models import AuditEvent
from tenders import permissions
from tenders.actions import groundwork as actions
from tenders.actions.life import note_cancelled
from tenders.models import Groundwork, GroundworkFile
from tests.factories.accounts import AuthorityFactory, SupplierFactory, bidder_of, person_in
from tests.factories.files import PDF
from tests.factories.planning import (
    BEGUN,
    ConsultationFactory,
    GroundworkFactory,
    GroundworkFileFactory,
    PlannedContractFactory,
)
from tests.factories.tenders import TenderFactory, team_member, tender_in
from tests.tenders.early import MEETING, NOW, draft_of, officer_at

pytestmark = pytest.mark.django_db

CHANGERS = {Role.OFFICER, Role.ADMINISTRATOR}


@pytest.fixture
def record():
    return GroundworkFactory()


@pytest.fixture
def officer(record):
    return officer_at(record.authority)


def upload(name="notes.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def verbs_of(record):
    events = AuditEvent.objects.filter(stream=record.audit_stream).order_by("position")
    return list(events.values_list("verb", flat=True))


def say(record, by, **answers):
    part = answers.pop("part", next(iter(answers), "economic"))
    return actions.edit_groundwork(groundwork=record, part=part, by=by, at=NOW, **answers)


# Beginning


@pytest.mark.parametrize("role", sorted(CHANGERS))
def test_officers_and_administrators_begin_a_record(role):
    authority = AuthorityFactory()
    by = person_in(authority, role)

    record = actions.begin_groundwork(authority=authority, title=" Repairs ", by=by, at=NOW)

    assert (record.title, record.begun_by, record.begun_at, record.changed_at) == (
        *("Repairs", by, NOW, NOW),
    )
    assert verbs_of(record) == ["groundwork.begun"]


@pytest.mark.parametrize("role", sorted(set(IN_AN_AUTHORITY) - CHANGERS))
def test_other_colleagues_begin_none(role):
    authority = AuthorityFactory()
    by = person_in(authority, role)

    with pytest.raises(PermissionDenied):
        actions.begin_groundwork(authority=authority, title="Repairs", by=by, at=NOW)

    assert not Groundwork.objects.exists()


@pytest.mark.parametrize(
    "stranger", [lambda: officer_at(AuthorityFactory()), lambda: bidder_of(SupplierFactory())]
)
def test_strangers_and_bidders_begin_none(stranger):
    with pytest.raises(Http404):
        actions.begin_groundwork(authority=AuthorityFactory(), title="x", by=stranger(), at=NOW)


def test_a_record_has_a_name(record, officer):
    for attempt in (
        lambda: actions.begin_groundwork(authority=record.authority, title=" ", by=officer, at=NOW),
        lambda: say(record, officer, title="  "),
    ):
        with pytest.raises(Unfit, match="Enter what the record is about") as refusal:
            attempt()
        assert refusal.value.field == "title"


def test_a_record_begun_for_a_draft_stands_in_its_file_at_once(officer, record):
    draft = draft_of(officer, record.authority)

    made = actions.begin_groundwork(
        authority=record.authority, title="Repairs", by=officer, at=NOW, tender=draft
    )

    assert Groundwork.objects.get(tender=draft) == made
    assert verbs_of(made) == ["groundwork.begun", "groundwork.linked"]


def test_a_record_that_cannot_stand_in_the_file_is_not_begun_either(officer, record):
    draft = draft_of(officer, record.authority)
    Groundwork.objects.filter(pk=record.pk).update(tender=draft)

    with pytest.raises(Unfit, match="is used in this tender"):
        actions.begin_groundwork(
            authority=record.authority, title="Another", by=officer, at=NOW, tender=draft
        )

    assert list(Groundwork.objects.all()) == [record]


def begin_from(line, by):
    return actions.begin_groundwork(
        authority=by.memberships.get().organisation, title="Repairs", by=by, at=NOW, planned=line
    )


def test_a_record_is_begun_from_a_planned_contract(officer, record):
    line = PlannedContractFactory(authority=record.authority)

    made = begin_from(line, officer)

    assert made.planned == line
    [event] = AuditEvent.objects.filter(stream=made.audit_stream)
    assert event.details == {"title": "Repairs", "planned": str(line.pk)}


def test_a_planned_contract_has_one_record(officer, record):
    line = PlannedContractFactory(authority=record.authority)
    begin_from(line, officer)

    with pytest.raises(Unfit, match="has a pre-procurement record already"):
        begin_from(line, officer)


@pytest.mark.parametrize("is_elsewhere", [True, False])
def test_what_is_not_in_the_plan_any_more_begins_nothing(officer, record, is_elsewhere):
    home = AuthorityFactory() if is_elsewhere else record.authority
    line = PlannedContractFactory(authority=home, removed_at=None if is_elsewhere else NOW)

    with pytest.raises(Conflict, match="taken out of the plan"):
        begin_from(line, officer)


# Answering


@pytest.mark.parametrize("part", ["economic", "social", "environmental", "learned"])
def test_each_part_is_answered_alone(record, officer, part):
    held = say(record, officer, **{part: "  More apprentices.\n\nAnd more.  "})

    record.refresh_from_db()
    assert getattr(record, part) == "More apprentices.\n\nAnd more."
    assert (record.edits, record.changed_at) == (1, NOW)
    [event] = AuditEvent.objects.filter(stream=held.audit_stream)
    assert (event.verb, event.details) == ("groundwork.edited", {"part": part})


def test_an_answer_may_be_emptied(officer, record):
    say(record, officer, economic="Something")
    say(record, officer, economic="")

    record.refresh_from_db()
    assert record.economic == ""


def test_what_was_agreed_has_its_day(record, officer):
    say(record, officer, part="agreed", agreed="One apprentice.", agreed_on=date(2026, 4, 1))

    record.refresh_from_db()
    assert (record.agreed, record.agreed_on) == ("One apprentice.", date(2026, 4, 1))


@pytest.mark.parametrize(
    ("agreed", "agreed_on", "field", "words"),
    [
        ("One apprentice.", None, "agreed_on", "Enter the day"),
        (" ", date(2026, 3, 1), "agreed", "Enter what was agreed"),
        ("One apprentice.", date(2026, 4, 2), "agreed_on", "has not come yet"),
        ("One apprentice.", date(2013, 3, 31), "agreed_on", "Look at the year"),
        ("One apprentice.", date(1, 1, 1), "agreed_on", "Look at the year"),
    ],
)
def test_what_was_agreed_and_its_day_stand_together(
    record, officer, agreed, agreed_on, field, words
):
    with pytest.raises(Unfit, match=words) as refusal:
        say(record, officer, part="agreed", agreed=agreed, agreed_on=agreed_on)

    record.refresh_from_db()
    assert (refusal.value.field, record.agreed, record.agreed_on) == (field, "", None)


def test_a_day_is_counted_in_london(record, officer):
    """At half past eleven in the evening of 1 April in UTC it is 2 April in London."""
    late = NOW.replace(hour=23, minute=30)

    actions.edit_groundwork(
        groundwork=record,
        part="agreed",
        agreed="One apprentice.",
        agreed_on=date(2026, 4, 2),
        by=officer,
        at=late,
    )

    record.refresh_from_db()
    assert record.agreed_on == date(2026, 4, 2)


@pytest.mark.parametrize("answers", [{}, {"economic": "a", "social": "b"}, {"authority": "x"}])
def test_a_part_takes_its_own_fields_and_no_other(record, officer, answers):
    with pytest.raises(Unfit, match="The page has changed"):
        actions.edit_groundwork(groundwork=record, part="economic", by=officer, at=NOW, **answers)


def test_a_stale_answer_is_refused_with_what_is_saved(record, officer):
    say(record, officer, economic="Mine")

    with pytest.raises(Stale) as refusal:
        say(record, officer, economic="Yours", seen="of before")

    record.refresh_from_db()
    assert (record.economic, refusal.value.state) == ("Mine", {"economic": "Mine"})


# Who was asked


def test_a_consultation_is_added(record, officer):
    made = actions.add_consultation(groundwork=record, told=MEETING, by=officer, at=NOW)

    [held] = record.consultations.all()
    assert held == made
    assert (held.who, held.held_on, held.people) == (MEETING.who, MEETING.held_on, 31)
    assert verbs_of(record) == ["groundwork.consultation_added"]


def test_the_trail_keeps_no_words_that_may_name_a_person(record, officer):
    actions.add_consultation(groundwork=record, told=MEETING, by=officer, at=NOW)

    [event] = AuditEvent.objects.filter(stream=record.audit_stream)
    assert sorted(event.details) == ["audience", "consultation", "held_on"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"audience": "emperors"}, "audience"),
        ({"who": " "}, "who"),
        ({"how": ""}, "how"),
        ({"learned": "\n"}, "learned"),
        ({"people": -1}, "people"),
        ({"held_on": date(2026, 4, 2)}, "held_on"),
        ({"held_on": date(206, 4, 1)}, "held_on"),
    ],
)
def test_a_consultation_that_cannot_stand_is_refused(record, officer, wrong, field):
    held = ConsultationFactory(groundwork=record)
    for act, about in (
        (actions.add_consultation, {"groundwork": record}),
        (actions.edit_consultation, {"consultation": held}),
    ):
        with pytest.raises(Unfit) as refusal:
            act(**about, told=replace(MEETING, **wrong), by=officer, at=NOW)
        assert refusal.value.field == field

    assert list(record.consultations.values_list("who", flat=True)) == [held.who]
    assert verbs_of(record) == []


def test_a_consultation_on_the_day_itself_of_nobody_is_one(record, officer):
    told = replace(MEETING, held_on=date(2026, 4, 1), people=0)

    made = actions.add_consultation(groundwork=record, told=told, by=officer, at=NOW)

    assert made.people == 0


def test_there_is_an_end_to_consultations_and_files(record, officer, monkeypatch):
    monkeypatch.setattr(actions, "MOST_CONSULTATIONS", 1)
    monkeypatch.setattr(actions, "MOST_FILES", 1)
    ConsultationFactory(groundwork=record)
    GroundworkFileFactory(groundwork=record)

    with pytest.raises(Unfit, match="A record takes 1 consultations"):
        actions.add_consultation(groundwork=record, told=MEETING, by=officer, at=NOW)
    with pytest.raises(Unfit, match="A record takes 1 files"):
        actions.attach_file(groundwork=record, upload=upload(), about="Notes", by=officer, at=NOW)


def test_a_consultation_is_changed_and_removed(record, officer):
    held = ConsultationFactory(groundwork=record)

    actions.edit_consultation(consultation=held, told=MEETING, by=officer, at=NOW)
    held.refresh_from_db()
    actions.remove_consultation(consultation=held, by=officer, at=NOW)

    assert held.who == MEETING.who
    assert not record.consultations.exists()
    assert verbs_of(record) == [
        "groundwork.consultation_edited",
        "groundwork.consultation_removed",
    ]


def test_a_stale_consultation_is_refused(record, officer):
    held = ConsultationFactory(groundwork=record)

    with pytest.raises(Stale):
        actions.edit_consultation(
            consultation=held, told=MEETING, by=officer, at=NOW, seen="of before"
        )


def test_what_is_removed_already_can_be_neither_changed_nor_removed(record, officer):
    held, kept = ConsultationFactory(groundwork=record), GroundworkFileFactory(groundwork=record)
    actions.remove_consultation(consultation=held, by=officer, at=NOW)
    actions.remove_file(kept=kept, by=officer, at=NOW)

    for attempt in (
        lambda: actions.edit_consultation(consultation=held, told=MEETING, by=officer, at=NOW),
        lambda: actions.remove_consultation(consultation=held, by=officer, at=NOW),
        lambda: actions.remove_file(kept=kept, by=officer, at=NOW),
    ):
        with pytest.raises(Conflict, match="was removed meanwhile"):
            attempt()


# Files


def test_a_file_is_kept_with_what_it_shows(record, officer):
    made = actions.attach_file(
        groundwork=record, upload=upload(), about=" Notes ", by=officer, at=NOW
    )

    assert (made.about, made.file.name, made.file.stored_by_id) == (
        *("Notes", "notes.pdf", officer.pk),
    )
    [event] = AuditEvent.objects.filter(stream=record.audit_stream)
    assert (event.verb, event.details) == (
        "groundwork.file_attached",
        {"sha256": made.file.sha256},
    )


@pytest.mark.parametrize(
    ("sent", "about", "field"),
    [
        (("notes.pdf", b"not a pdf at all"), "Notes", "upload"),
        (("run.exe", PDF), "Notes", "upload"),
        (("empty.pdf", b""), "Notes", "upload"),
        (("notes.pdf", PDF), "  ", "about"),
    ],
)
def test_a_file_that_cannot_be_kept_is_refused(record, officer, sent, about, field):
    with pytest.raises(Unfit) as refusal:
        actions.attach_file(
            groundwork=record, upload=upload(*sent), about=about, by=officer, at=NOW
        )

    assert refusal.value.field == field
    assert not GroundworkFile.objects.exists()


def test_a_file_is_taken_out(record, officer):
    kept = GroundworkFileFactory(groundwork=record)

    actions.remove_file(kept=kept, by=officer, at=NOW)

    assert not record.files.exists()
    assert verbs_of(record) == ["groundwork.file_removed"]


# Used in a tender


def test_a_record_goes_into_the_file_of_one_s_own_draft(record, officer):
    draft = draft_of(officer, record.authority)

    actions.use_in_tender(groundwork=record, tender=draft, by=officer, at=NOW)

    record.refresh_from_db()
    assert record.tender == draft
    [event] = AuditEvent.objects.filter(stream=record.audit_stream)
    assert (event.verb, event.details) == ("groundwork.linked", {"tender": str(draft.pk)})


def test_only_an_officer_of_the_draft_puts_a_record_there(record):
    draft = TenderFactory(authority=record.authority)
    for by, refusal in (
        (officer_at(record.authority), Http404),
        (person_in(record.authority, Role.ADMINISTRATOR), PermissionDenied),
    ):
        with pytest.raises(refusal):
            actions.use_in_tender(groundwork=record, tender=draft, by=by, at=NOW)


@pytest.mark.parametrize("state", "POCERMALX")
def test_a_record_goes_into_drafts_only(record, state):
    tender = tender_in(state, authority=record.authority)
    by = team_member(tender, Role.OFFICER)

    with pytest.raises(Conflict):
        actions.use_in_tender(groundwork=record, tender=tender, by=by, at=NOW)


def test_a_record_stays_with_its_authority(record, officer):
    elsewhere = draft_of(officer, AuthorityFactory())
    person_in(elsewhere.authority, Role.OFFICER)
    officer.memberships.create(organisation=elsewhere.authority, role=Role.OFFICER, since=BEGUN)

    with pytest.raises(Unfit, match="of the same authority"):
        actions.use_in_tender(groundwork=record, tender=elsewhere, by=officer, at=NOW)


def test_a_record_is_in_one_tender_and_a_tender_has_one_record(record, officer):
    one, two = draft_of(officer, record.authority), draft_of(officer, record.authority)
    actions.use_in_tender(groundwork=record, tender=one, by=officer, at=NOW)
    another = GroundworkFactory(authority=record.authority)

    with pytest.raises(Conflict, match="Take it out of that one first"):
        actions.use_in_tender(groundwork=record, tender=two, by=officer, at=NOW)
    with pytest.raises(Unfit, match="Take it out first"):
        actions.use_in_tender(groundwork=another, tender=one, by=officer, at=NOW)


def test_a_record_is_taken_out_of_a_draft(record, officer):
    draft = draft_of(officer, record.authority)
    actions.use_in_tender(groundwork=record, tender=draft, by=officer, at=NOW)

    actions.take_out_of_tender(groundwork=record, by=officer, at=NOW)

    record.refresh_from_db()
    assert record.tender is None
    assert verbs_of(record) == ["groundwork.linked", "groundwork.unlinked"]
    assert list(audit.broken_links(record.audit_stream)) == []


def test_only_an_officer_of_the_draft_takes_a_record_out(record, officer):
    record.tender = draft_of(officer, record.authority)
    record.save()

    with pytest.raises(Http404):
        actions.take_out_of_tender(groundwork=record, by=officer_at(record.authority), at=NOW)


def test_of_a_cancelled_draft_any_officer_takes_the_record_out(record, officer):
    record.tender = draft_of(officer, record.authority)
    record.save()
    note_cancelled(tender=record.tender, reason="No money.", by=officer, at=NOW)

    actions.take_out_of_tender(groundwork=record, by=officer_at(record.authority), at=NOW)

    record.refresh_from_db()
    assert record.tender is None


def test_what_is_in_no_tender_cannot_be_taken_out(record, officer):
    with pytest.raises(Conflict, match="is used in no tender"):
        actions.take_out_of_tender(groundwork=record, by=officer, at=NOW)


# Who may change, and until when


def changes(record, by):
    """Every change to a record by its name."""
    held = ConsultationFactory(groundwork=record)
    kept = GroundworkFileFactory(groundwork=record)
    spare = ConsultationFactory(groundwork=record)
    who = {"by": by, "at": NOW}
    return {
        "edit": lambda: say(record, by, economic="Later thought"),
        "rename": lambda: say(record, by, title="Another name"),
        "add": lambda: actions.add_consultation(groundwork=record, told=MEETING, **who),
        "change": lambda: actions.edit_consultation(consultation=held, told=MEETING, **who),
        "remove": lambda: actions.remove_consultation(consultation=spare, **who),
        "attach": lambda: actions.attach_file(
            groundwork=record, upload=upload(), about="Notes", **who
        ),
        "detach": lambda: actions.remove_file(kept=kept, **who),
    }


def refused(record, by, *refusals):
    """The changes that are refused so, by name."""
    told = set()
    for name, change in changes(record, by).items():
        try:
            change()
        except refusals:
            told.add(name)
    return told


ALL = {"edit", "rename", "add", "change", "remove", "attach", "detach"}


@pytest.mark.parametrize("role", sorted(IN_AN_AUTHORITY))
def test_only_officers_and_administrators_change_a_record(record, role):
    by = person_in(record.authority, role)

    assert refused(record, by, PermissionDenied) == (set() if role in CHANGERS else ALL)


def test_to_strangers_and_bidders_there_is_no_record(record):
    for stranger in (officer_at(AuthorityFactory()), bidder_of(SupplierFactory())):
        assert refused(record, stranger, Http404) == ALL


def test_in_a_draft_a_record_still_changes(record, officer):
    record.tender = draft_of(officer, record.authority)
    record.save()

    assert refused(record, officer, Conflict) == set()


def published(record):
    """The record in the file of a published tender, and an officer of that tender."""
    record.tender = tender_in("O", authority=record.authority)
    record.save()
    return team_member(record.tender, Role.OFFICER)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ADMINISTRATOR])
def test_once_its_tender_is_published_a_record_is_frozen(record, role):
    published(record)

    assert refused(record, person_in(record.authority, role), Conflict) == ALL


def test_the_frozen_record_says_where_it_stands_and_what_to_do(record):
    officer = published(record)

    with pytest.raises(Conflict) as refusal:
        actions.take_out_of_tender(groundwork=record, by=officer, at=NOW)

    assert record.tender.reference in str(refusal.value)
    assert "Begin another record" in str(refusal.value)


@pytest.mark.parametrize("state", "POCERMALX")
def test_a_record_stays_frozen_to_the_end_of_its_tender(record, state):
    record.tender = tender_in(state, authority=record.authority)
    record.save()

    with pytest.raises(Conflict):
        say(record, officer_at(record.authority), economic="Later thought")


def test_twin_without_the_freeze_a_record_changes_after_publication(record, monkeypatch):
    monkeypatch.setattr(permissions, "refuse_frozen", lambda record: None)

    assert refused(record, published(record), Conflict) == set()
