"""The pages before a tender: who finds them, what they keep and what they refuse."""

import uuid
from datetime import date
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.roles import IN_AN_AUTHORITY, Role
from tenders.models import Groundwork
from tenders.models.planning import GroundworkQuerySet
from tests.factories.accounts import (
    AuthorityFactory,
    DealingFactory,
    MembershipFactory,
    SupplierFactory,
    UserFactory,
    bidder_of,
    person_in,
)
from tests.factories.charter import CharterFactory
from tests.factories.planning import (
    ConsultationFactory,
    GroundworkFactory,
    GroundworkFileFactory,
    PlannedContractFactory,
)
from tests.factories.tenders import TenderFactory, team_member, tender_in
from tests.tenders.early import draft_of, officer_at

pytestmark = pytest.mark.django_db

PARTS = ("title", "economic", "social", "environmental", "learned", "agreed")
CHANGERS = {Role.OFFICER, Role.ADMINISTRATOR}
KEPT = "KEPTINSIDE"
MEETING = {
    "audience": "residents",
    "who": "Tenants of the homes to be repaired",
    "how": "A public meeting",
    "held_on_day": "9",
    "held_on_month": "3",
    "held_on_year": "2026",
    "people": "31",
    "learned": "They want one visit, not five.",
}


@pytest.fixture
def record():
    record = GroundworkFactory(answered=True, title="Housing repairs")
    ConsultationFactory(groundwork=record)
    GroundworkFileFactory(groundwork=record)
    return record


@pytest.fixture
def officer(client, record):
    """An officer of the record's authority, signed in."""
    person = officer_at(record.authority)
    client.force_login(person)
    return person


def url(name, *args):
    return reverse(f"tenders:{name}", args=args)


def reading(record):
    """The addresses that show a record."""
    [file] = record.files.all()
    return [url("groundwork", record.pk), url("groundwork_file", record.pk, file.pk)]


def changing(record):
    """The addresses that change a record, by name."""
    consultation, file = record.consultations.first().pk, record.files.first().pk
    return {
        **{part: url("groundwork_edit", record.pk, part) for part in PARTS},
        "add": url("consultation_add", record.pk),
        "change": url("consultation_edit", record.pk, consultation),
        "remove": url("consultation_remove", record.pk, consultation),
        "attach": url("groundwork_attach", record.pk),
        "detach": url("groundwork_remove_file", record.pk, file),
        "use": url("groundwork_use", record.pk),
    }


def answers(ask, addresses):
    return {status(ask(address)) for address in addresses}


def status(response):
    """The number of an answer; a file is read to its end, and so closed."""
    if response.streaming:
        b"".join(response)
    return response.status_code


def save(client, address, typed):
    """Open a page, then send it with this typed in."""
    seen = client.get(address).context["form"]["seen"].value()
    return client.post(address, {**typed, "seen": seen})


def words_of(response):
    return unescape(response.content.decode())


# Who


@pytest.mark.parametrize("role", sorted(IN_AN_AUTHORITY))
def test_everybody_of_the_authority_reads(client, record, role):
    client.force_login(person_in(record.authority, role))

    assert answers(client.get, [*reading(record), url("groundwork_list")]) == {200}


@pytest.mark.parametrize("role", sorted(set(IN_AN_AUTHORITY) - CHANGERS))
def test_colleagues_without_the_right_are_told_that_they_may_not_change(client, record, role):
    client.force_login(person_in(record.authority, role))
    addresses = [*changing(record).values(), url("groundwork_begin", record.authority_id)]

    assert answers(client.get, addresses) == answers(client.post, addresses) == {403}


@pytest.mark.parametrize("role", sorted(IN_AN_AUTHORITY))
def test_the_page_offers_only_what_the_person_may_do(client, record, role):
    client.force_login(person_in(record.authority, role))

    page = words_of(client.get(url("groundwork", record.pk)))
    offered = {name for name, address in changing(record).items() if f'"{address}"' in page}
    listed = words_of(client.get(url("groundwork_list")))

    assert offered == (set(changing(record)) if role in CHANGERS else set())
    assert ("Begin a record" in listed) == (role in CHANGERS)


def outsiders(authority):
    """People from elsewhere: another authority, two companies and the platform's superuser."""
    known = DealingFactory(authority=authority).supplier
    return {
        "foreign": officer_at(AuthorityFactory()),
        "bidder": bidder_of(SupplierFactory()),
        "known bidder": bidder_of(known),
        "superuser": UserFactory(is_superuser=True),
    }


def found_by_outsiders(client, record):
    """What answers an outsider in any other way than that there is nothing."""
    addresses = [
        *reading(record),
        *changing(record).values(),
        url("groundwork_begin", record.authority_id),
    ]
    found = set()
    for name, person in outsiders(record.authority).items():
        client.force_login(person)
        for address in addresses:
            if status(client.get(address)) != 404:
                found.add((name, address))
    return found


def test_to_outsiders_there_is_nothing(client, record):
    assert found_by_outsiders(client, record) == set()


def test_twin_with_the_door_open_outsiders_find_it(client, record, monkeypatch):
    monkeypatch.setattr(GroundworkQuerySet, "visible_to", lambda self, user: self.all())

    found = found_by_outsiders(client, record)

    assert {name for name, _ in found} == {"foreign", "bidder", "known bidder", "superuser"}


@pytest.mark.parametrize("name", ["bidder", "known bidder", "superuser"])
def test_people_of_no_authority_have_no_list(client, record, name):
    client.force_login(outsiders(record.authority)[name])

    assert client.get(url("groundwork_list")).status_code == 404


def test_a_list_shows_one_s_own_authority_only(client, record):
    client.force_login(outsiders(record.authority)["foreign"])

    assert record.title not in words_of(client.get(url("groundwork_list")))


def test_a_visitor_is_asked_to_sign_in(client, record):
    for address in [*reading(record), *changing(record).values(), url("groundwork_list")]:
        response = client.get(address)
        assert (response.status_code, response.url[:15]) == (302, "/account/login/")
        assert client.post(address).status_code == 403


def test_the_desk_leads_there(client, officer):
    assert url("groundwork_list") in words_of(client.get(url("desk")))


def test_the_desk_does_not_lead_bidders_there(client):
    client.force_login(bidder_of(SupplierFactory()))

    assert url("groundwork_list") not in words_of(client.get(url("desk")))


# The list


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number(client, django_assert_num_queries, count):
    authority = AuthorityFactory()
    for _ in range(count):
        held = GroundworkFactory(authority=authority, tender=tender_in("O", authority=authority))
        ConsultationFactory(groundwork=held)
        GroundworkFileFactory(groundwork=held)
    client.force_login(officer_at(authority))

    with django_assert_num_queries(10):
        client.get(url("groundwork_list"))


@pytest.mark.parametrize("count", [1, 3])
def test_a_record_costs_the_same_for_any_number(client, django_assert_num_queries, count):
    record = GroundworkFactory()
    for _ in range(count):
        ConsultationFactory(groundwork=record)
        GroundworkFileFactory(groundwork=record)
    client.force_login(officer_at(record.authority))

    with django_assert_num_queries(11):
        client.get(url("groundwork", record.pk))


def test_the_list_says_how_far_each_record_is_and_where_it_stands(client, record, officer):
    GroundworkFactory(authority=record.authority, title="Begun")
    for state, title in (("D", "Drafted"), ("O", "Out")):
        tender = tender_in(state, authority=record.authority)
        GroundworkFactory(authority=record.authority, title=title, tender=tender)
    cancelled = TenderFactory(authority=record.authority, stage="cancelled")
    cancelled.cancelled_at = cancelled.created_at
    cancelled.save()
    GroundworkFactory(authority=record.authority, title="Called off", tender=cancelled)

    rows = client.get(url("groundwork_list")).context["rows"]

    assert {row.record.title: (row.done, row.of, row.consultations, row.state) for row in rows} == {
        "Housing repairs": (6, 6, 1, "No tender yet"),
        "Begun": (0, 6, 0, "No tender yet"),
        "Drafted": (0, 6, 0, "In a draft"),
        "Out": (0, 6, 0, "Published"),
        "Called off": (0, 6, 0, "Draft cancelled"),
    }


def test_a_long_list_has_pages(client, record, officer):
    GroundworkFactory.create_batch(20, authority=record.authority)

    first = client.get(url("groundwork_list"))
    second = client.get(url("groundwork_list"), {"page": "2"})

    assert (len(first.context["rows"]), len(second.context["rows"])) == (20, 1)


def test_an_empty_list_says_what_will_be_there(client):
    client.force_login(officer_at(AuthorityFactory()))

    assert "No records yet" in words_of(client.get(url("groundwork_list")))


def test_somebody_of_two_authorities_chooses_for_which_to_begin(client, record, officer):
    other = MembershipFactory(user=officer, role=Role.OFFICER).organisation

    page = words_of(client.get(url("groundwork_list")))

    assert f"Begin a record for {other.name}" in page
    assert f"Begin a record for {record.authority.name}" in page


# Beginning


def test_a_record_is_begun(client, officer, record):
    response = client.post(
        url("groundwork_begin", record.authority_id), {"title": "Grounds maintenance"}
    )

    made = Groundwork.objects.get(title="Grounds maintenance")
    assert response.url == url("groundwork", made.pk)
    assert (made.authority, made.begun_by) == (record.authority, officer)


def test_a_planned_contract_names_its_record(client, officer, record):
    line = PlannedContractFactory(authority=record.authority, title="Grounds")
    address = f"{url('groundwork_begin', record.authority_id)}?planned={line.pk}"

    asked = client.get(address)
    client.post(address, {"title": "Grounds, thought through"})

    assert asked.context["form"]["title"].value() == "Grounds"
    assert Groundwork.objects.get(planned=line).title == "Grounds, thought through"
    page = url("groundwork", line.groundwork.pk)
    assert url("plan_contract", line.pk) in words_of(client.get(page))


def test_a_contract_taken_out_of_the_plan_is_named_and_leads_nowhere(client, officer, record):
    line = PlannedContractFactory(
        authority=record.authority, title="Grounds", removed_at=record.begun_at
    )
    Groundwork.objects.filter(pk=record.pk).update(planned=line)

    page = words_of(client.get(url("groundwork", record.pk)))

    assert "Planned contract: Grounds" in page and url("plan_contract", line.pk) not in page


def test_a_planned_contract_with_a_record_leads_to_it(client, officer, record):
    record.planned = PlannedContractFactory(authority=record.authority)
    record.save()
    address = f"{url('groundwork_begin', record.authority_id)}?planned={record.planned_id}"

    assert client.get(address).url == client.post(address).url == url("groundwork", record.pk)


def test_a_draft_tender_gets_its_record(client, officer, record):
    draft = draft_of(officer, record.authority, title="Grounds")
    address = f"{url('groundwork_begin', record.authority_id)}?tender={draft.pk}"

    page = words_of(client.get(url("internal", draft.pk)))
    client.post(address, {"title": "Grounds"})

    assert address in page
    assert Groundwork.objects.get(tender=draft).title == "Grounds"


@pytest.mark.parametrize("name", ["planned", "tender"])
def test_nothing_is_begun_from_what_is_not_one_s_own(client, officer, record, name):
    elsewhere = AuthorityFactory()
    theirs = {
        "planned": PlannedContractFactory(authority=elsewhere),
        "tender": TenderFactory(authority=elsewhere),
    }[name]
    for asked in (theirs.pk, uuid.uuid4(), "x", "a\x00b", "9" * 500):
        response = client.get(url("groundwork_begin", record.authority_id), {name: asked})
        assert response.status_code == 404


def test_a_tender_of_other_officers_is_not_named(client, officer, record):
    draft = TenderFactory(authority=record.authority, title=KEPT)

    response = client.get(url("groundwork_begin", record.authority_id), {"tender": draft.pk})

    assert response.status_code == 404


# Filling in


@pytest.mark.parametrize("part", ["economic", "social", "environmental", "learned"])
def test_a_part_is_filled_in_and_read_again(client, officer, record, part):
    address = url("groundwork_edit", record.pk, part)

    response = save(client, address, {part: "One visit.\n\nNot five."})

    assert response.url == url("groundwork", record.pk)
    assert "<p>One visit.</p>" in words_of(client.get(response.url))


def test_what_was_agreed_is_filled_in_with_its_day(client, officer, record):
    sent = {
        "agreed": "Two.",
        "agreed_on_day": "20",
        "agreed_on_month": "3",
        "agreed_on_year": "2026",
    }

    save(client, url("groundwork_edit", record.pk, "agreed"), sent)

    record.refresh_from_db()
    assert (record.agreed, record.agreed_on) == ("Two.", date(2026, 3, 20))


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (("31", "2", "2026"), "must be a real date"),
        (("", "", ""), "Enter the day on which this was agreed"),
        (("1", "", "2026"), "must include a month"),
        (("1", "1", "2999"), "has not come yet"),
        (("1", "1", "0206"), "Look at the year"),
        (("²", "x", "\x00"), "must be a real date"),
    ],
)
def test_a_bad_day_is_refused_and_kept(client, officer, record, day, words):
    sent = dict(zip(("agreed_on_day", "agreed_on_month", "agreed_on_year"), day, strict=True))

    response = save(
        client,
        url("groundwork_edit", record.pk, "agreed"),
        {"agreed": "What was typed", **sent},
    )

    record.refresh_from_db()
    [error] = response.context["form"].errors["agreed_on"]
    assert words in error
    assert "What was typed" in words_of(response)
    assert record.agreed_on == date(2026, 3, 20)


@pytest.mark.parametrize("part", [part for part in PARTS if part != "agreed"])
@pytest.mark.parametrize(
    ("typed", "words"),
    [("long " * 4000, "characters or fewer"), ("a\x00b", "characters that cannot be saved")],
)
def test_what_cannot_be_kept_is_refused_beside_its_field(
    client, officer, record, part, typed, words
):
    response = client.post(url("groundwork_edit", record.pk, part), {part: typed})

    assert words in response.context["form"].errors[part][0]


def test_markup_is_shown_as_it_was_typed(client, officer, record):
    typed = "<script>alert('x')</script>"
    for part in ("title", "economic", "learned"):
        save(client, url("groundwork_edit", record.pk, part), {part: typed})
    client.post(
        url("consultation_add", record.pk),
        MEETING | {"who": typed, "how": typed, "learned": typed},
    )
    draft = draft_of(officer, record.authority)
    Groundwork.objects.filter(pk=record.pk).update(tender=draft)

    for address in (
        *(url("groundwork", record.pk), url("groundwork_list")),
        *(url("internal", draft.pk), url("consultation_add", record.pk)),
    ):
        page = client.get(address).content.decode()
        assert "&lt;script&gt;alert" in page
        assert "<script>alert" not in page


def test_a_part_that_is_not_one_is_not_found(client, officer, record):
    assert client.get(url("groundwork_edit", record.pk, "authority")).status_code == 404


@pytest.mark.parametrize("part", [part for part in PARTS if part != "agreed"])
def test_a_stale_answer_keeps_what_was_typed_and_shows_what_is_saved(client, officer, record, part):
    address = url("groundwork_edit", record.pk, part)
    seen = client.get(address).context["form"]["seen"].value()
    client.post(address, {part: "What a colleague saved", "seen": seen})

    stale = client.post(address, {part: "What I typed", "seen": seen})
    record.refresh_from_db()
    saved = getattr(record, part)
    again = client.post(
        address, {part: "What I typed", "seen": stale.context["form"]["seen"].value()}
    )

    assert saved == "What a colleague saved"
    assert stale.status_code == 200
    assert "What I typed" in words_of(stale) and "What a colleague saved" in words_of(stale)
    assert again.status_code == 302


def test_two_parts_filled_in_at_once_are_both_kept(client, officer, record):
    addresses = {part: url("groundwork_edit", record.pk, part) for part in ("economic", "social")}
    seen = {it: client.get(one).context["form"]["seen"].value() for it, one in addresses.items()}

    for part, address in addresses.items():
        client.post(address, {part: "Anew", "seen": seen[part]})

    record.refresh_from_db()
    assert record.economic == record.social == "Anew"


# Consultations


def test_a_consultation_is_added_changed_and_removed(client, officer, record):
    record.consultations.all().delete()

    client.post(url("consultation_add", record.pk), MEETING)
    [held] = record.consultations.all()
    save(client, url("consultation_edit", record.pk, held.pk), MEETING | {"people": ""})
    page = words_of(client.get(url("groundwork", record.pk)))
    asked = client.get(url("consultation_remove", record.pk, held.pk))
    gone = client.post(url("consultation_remove", record.pk, held.pk))

    assert (held.people, held.held_on) == (31, date(2026, 3, 9))
    assert "A public meeting, 9 March 2026. Nobody counted how many took part." in page
    assert "Remove the consultation of “Tenants" in words_of(asked)
    assert gone.url == f"{url('groundwork', record.pk)}#consulted"
    assert not record.consultations.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"audience": "emperors"}, "audience"),
        ({"who": ""}, "who"),
        ({"how": "a\x00b"}, "how"),
        ({"who": "x" * 201}, "who"),
        ({"people": "-1"}, "people"),
        ({"people": "1.5"}, "people"),
        ({"people": "9" * 30}, "people"),
        ({"held_on_year": "2999"}, "held_on"),
        ({"held_on_day": "32"}, "held_on"),
        ({"learned": "long " * 4000}, "learned"),
    ],
)
def test_a_consultation_that_cannot_stand_is_refused_and_kept(
    client, officer, record, wrong, field
):
    response = client.post(url("consultation_add", record.pk), MEETING | wrong)

    assert list(response.context["form"].errors) == [field]
    assert MEETING["learned"] in words_of(response) or field == "learned"
    assert record.consultations.count() == 1


def test_a_stale_consultation_keeps_what_was_typed(client, officer, record):
    change = url("consultation_edit", record.pk, record.consultations.get().pk)
    seen = client.get(change).context["form"]["seen"].value()
    client.post(change, MEETING | {"who": "What a colleague saved", "seen": seen})

    stale = client.post(change, MEETING | {"who": "What I typed", "seen": seen})

    assert "What I typed" in words_of(stale) and "What a colleague saved" in words_of(stale)
    assert record.consultations.get().who == "What a colleague saved"


def test_a_consultation_belongs_to_its_own_record(client, officer, record):
    other = ConsultationFactory(groundwork__authority=record.authority)
    for name in ("consultation_edit", "consultation_remove"):
        assert client.get(url(name, record.pk, other.pk)).status_code == 404


def test_the_picture_counts_each_audience_those_left_out_too(client, officer, record):
    ConsultationFactory(groundwork=record, audience="market", people=None)
    ConsultationFactory(groundwork=record, audience="market", people=6)

    chart = client.get(url("groundwork", record.pk)).context["chart"]

    assert chart.rows == [
        ["Residents", "1"],
        ["A stakeholder group", "0"],
        ["Possible suppliers", "2"],
        ["Others", "0"],
    ]
    assert chart.description == (
        "3 consultations before the tender. 20 people took part in the 2 where somebody counted."
    )


@pytest.mark.parametrize(
    ("people", "words"),
    [
        (1, "1 consultation before the tender. 1 person took part in it."),
        (None, "1 consultation before the tender. Nobody counted how many took part."),
    ],
)
def test_the_picture_speaks_of_one_as_of_one(client, officer, record, people, words):
    record.consultations.update(people=people)

    assert client.get(url("groundwork", record.pk)).context["chart"].description == words


def test_there_is_no_picture_of_nobody(client, officer, record):
    record.consultations.all().delete()

    response = client.get(url("groundwork", record.pk))

    assert response.context["chart"] is None
    assert "Nobody has been consulted yet." in words_of(response)


def test_what_happened_stands_in_order_of_its_days(client, officer, record):
    ConsultationFactory(groundwork=record, audience="market", held_on=date(2026, 2, 1))

    entries = client.get(url("groundwork", record.pk)).context["entries"]

    assert [(entry.on, entry.title) for entry in entries] == [
        (date(2026, 2, 1), "Possible suppliers consulted"),
        (date(2026, 3, 2), "Record begun"),
        (date(2026, 3, 2), "File added"),
        (date(2026, 3, 9), "Residents consulted"),
        (date(2026, 3, 20), "Agreed with the market"),
    ]


def test_the_policy_s_own_aims_are_quoted_with_their_place(client, officer, record):
    aim = {"id": "o", "kind": "objective", "heading": "One", "document": "Our policy"}
    CharterFactory(
        authority=record.authority,
        clauses=[
            aim | {"paragraph": "Objectives, 1", "text": "Involve local people."},
            aim | {"kind": "review", "paragraph": "9", "text": "In April each year."},
        ],
    )
    CharterFactory(clauses=[aim | {"paragraph": "1", "text": KEPT}])

    page = words_of(client.get(url("groundwork", record.pk)))

    assert "Involve local people." in page and "Our policy, Objectives, 1" in page
    assert "In April each year." not in page and KEPT not in page


# Files


def test_a_file_is_kept_and_given_back_as_a_download(client, officer, record):
    upload = SimpleUploadedFile("market day.csv", b"question,answer\n")

    response = client.post(
        url("groundwork_attach", record.pk), {"upload": upload, "about": "The market day"}
    )

    kept = record.files.get(about="The market day")
    given = client.get(url("groundwork_file", record.pk, kept.pk))
    assert response.url == f"{url('groundwork', record.pk)}#files"
    assert b"".join(given.streaming_content) == b"question,answer\n"
    assert given["Content-Disposition"].startswith("attachment")
    assert given["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("run.exe", b"MZ", "is not one of the kinds we take"),
        ("notes.pdf", b"<html><script>alert(1)</script>", "does not hold what its name says"),
    ],
)
def test_a_file_that_cannot_be_kept_is_refused_in_words(
    client, officer, record, name, content, words
):
    upload = SimpleUploadedFile(name, content)

    response = client.post(
        url("groundwork_attach", record.pk), {"upload": upload, "about": "What was typed"}
    )

    assert words in response.context["form"].errors["upload"][0]
    assert "What was typed" in words_of(response)
    assert "Browsers do not keep a chosen file" in words_of(response)


def test_a_file_is_needed(client, officer, record):
    response = client.post(url("groundwork_attach", record.pk), {"about": "Notes"})

    assert list(response.context["form"].errors) == ["upload"]


def test_a_file_is_removed_after_asking(client, officer, record):
    remove = url("groundwork_remove_file", record.pk, record.files.get().pk)

    asked, gone = client.get(remove), client.post(remove)

    assert "Remove “Notes of the meeting”?" in words_of(asked)
    assert (gone.status_code, record.files.exists()) == (302, False)


def test_a_file_belongs_to_its_own_record(client, officer, record):
    other = GroundworkFileFactory(groundwork__authority=record.authority)
    for name in ("groundwork_file", "groundwork_remove_file"):
        assert client.get(url(name, record.pk, other.pk)).status_code == 404


# In a tender


def test_only_one_s_own_free_drafts_are_offered(client, officer, record):
    free = draft_of(officer, record.authority, title="Free")
    taken = draft_of(officer, record.authority, title="Taken")
    GroundworkFactory(authority=record.authority, tender=taken)
    TenderFactory(authority=record.authority, title="Another officer's")
    draft_of(officer, record.authority, title="Out", published=True)
    elsewhere = MembershipFactory(user=officer, role=Role.OFFICER).organisation
    draft_of(officer, elsewhere, title="Elsewhere")

    form = client.get(url("groundwork_use", record.pk)).context["form"]

    assert form.fields["tender"].choices == [(str(free.pk), f"Free ({free.reference})")]


def test_a_record_is_used_in_a_tender_and_taken_out_again(client, officer, record):
    draft = draft_of(officer, record.authority)

    used = client.post(url("groundwork_use", record.pk), {"tender": draft.pk})
    page = words_of(client.get(url("groundwork", record.pk)))
    file = words_of(client.get(url("internal", draft.pk)))
    again = client.get(url("groundwork_use", record.pk))
    freed = client.post(url("groundwork_take_out", record.pk))

    record.refresh_from_db()
    assert used.url == freed.url == f"{url('groundwork', record.pk)}#tender"
    assert url("groundwork_take_out", record.pk) in page
    assert url("groundwork", record.pk) in file and record.economic in file
    assert "Take it out of that one first" in words_of(again)
    assert record.tender is None


def test_a_choice_that_was_not_offered_is_refused(client, officer, record):
    draft_of(officer, record.authority)
    strange = TenderFactory(authority=record.authority)

    response = client.post(url("groundwork_use", record.pk), {"tender": strange.pk})

    assert list(response.context["form"].errors) == ["tender"]


def test_without_a_draft_the_page_says_how_to_begin_one(client, officer, record):
    page = words_of(client.get(url("groundwork_use", record.pk)))

    assert "No draft tender to choose" in page
    assert url("choose_charter") in page


def test_what_is_used_already_is_a_conflict(client, officer, record):
    one, two = draft_of(officer, record.authority), draft_of(officer, record.authority)
    Groundwork.objects.filter(pk=record.pk).update(tender=one)

    response = client.post(url("groundwork_use", record.pk), {"tender": two.pk})

    assert response.status_code == 409
    assert "Take it out of that one first" in words_of(response)


def test_what_is_in_no_tender_is_not_taken_out(client, officer, record):
    assert client.post(url("groundwork_take_out", record.pk)).status_code == 409


def test_a_colleague_with_no_part_in_a_draft_does_not_learn_its_name(client, officer, record):
    record.tender = TenderFactory(authority=record.authority, title=KEPT)
    record.save()

    page = words_of(client.get(url("groundwork", record.pk)))
    listed = words_of(client.get(url("groundwork_list")))

    assert "in the file of a tender that is being prepared" in page
    assert KEPT not in page + listed and record.tender.reference not in page + listed


@pytest.mark.parametrize("state", "POCERMALX")
def test_a_published_tender_is_named_and_the_record_fixed(client, officer, record, state):
    record.tender = tender_in(state, authority=record.authority, title="Out to tender")
    record.save()

    page = words_of(client.get(url("groundwork", record.pk)))

    assert "Out to tender" in page and "Since then the record stays as it is." in page
    assert [name for name, address in changing(record).items() if f'"{address}"' in page] == []
    assert answers(client.get, changing(record).values()) == {403}
    assert answers(client.post, changing(record).values()) == {409}


@pytest.mark.parametrize("role", [Role.OFFICER, Role.CHAIR, Role.APPROVER])
@pytest.mark.parametrize("state", "DOA")
def test_everyone_who_sees_the_tender_s_file_reads_the_record_there(client, record, role, state):
    record.tender = tender_in(state, authority=record.authority)
    record.save()
    client.force_login(team_member(record.tender, role))

    page = words_of(client.get(url("internal", record.tender_id)))

    assert url("groundwork", record.pk) in page
    assert "Residents: Tenants of block" in page
    assert "(20 March 2026)" in page


@pytest.mark.parametrize(
    ("role", "state", "is_offered"),
    [(Role.OFFICER, "D", True), (Role.APPROVER, "D", False), (Role.OFFICER, "O", False)],
)
def test_only_the_officer_of_a_draft_without_a_record_is_asked_to_begin_one(
    client, role, state, is_offered
):
    tender = tender_in(state)
    client.force_login(team_member(tender, role))

    page = words_of(client.get(url("internal", tender.pk)))

    assert "This tender has no pre-procurement record." in page
    assert (url("groundwork_begin", tender.authority_id) in page) == is_offered


def test_the_record_is_no_part_of_the_public_page(client, record):
    record.tender = tender_in("O", authority=record.authority)
    record.save()

    page = words_of(client.get(url("public", record.tender_id)))

    assert record.economic not in page and "pre-procurement" not in page.lower()
