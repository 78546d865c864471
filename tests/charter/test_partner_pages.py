"""The pages of partners: the public form, what the public sees, and what administrators do."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from charter.models import Partner
from charter.states import PartnerState
from tests.factories.accounts import (
    AuthorityFactory,
    DealingFactory,
    SupplierFactory,
    UserFactory,
    bidder_of,
    person_in,
)
from tests.factories.charter import (
    CharterFactory,
    PartnerFactory,
    PrincipleFactory,
    QuadrantFactory,
)

pytestmark = pytest.mark.django_db

MARKUP = "<script>alert('x')</script>"


def words(response):
    return " ".join(response.content.decode().split())


def address(name, record):
    return reverse(f"charter:{name}", args=[record.pk])


def signature(*principles, **told):
    """What the public form sends."""
    ticked = {}
    for one in principles:
        ticked.setdefault(f"aligns_{one.quadrant.code}", []).append(str(one.pk))
    return {
        "name": "Canal Trust",
        "statement": "We mend what we can.",
        "own_statement": "",
        "contact_name": "Jo Field",
        "contact_email": "jo@canal.example",
        **ticked,
        **told,
    }


@pytest.fixture
def principle():
    return PrincipleFactory()


@pytest.fixture
def charter(principle):
    return principle.quadrant.charter


@pytest.fixture
def administrator(charter):
    return person_in(charter.authority, Role.ADMINISTRATOR)


def test_anyone_signs_up_and_is_told_what_happens_next(client, charter, principle):
    response = client.post(address("sign_up", charter), signature(principle), follow=True)

    partner = Partner.objects.get()
    assert response.redirect_chain == [(address("signed", charter), 302)]
    assert "It waits to be confirmed" in words(response)
    assert (partner.name, partner.state) == ("Canal Trust", PartnerState.WAITING)
    assert list(partner.principles.all()) == [principle]
    assert len(mail.outbox) == 1


def test_principles_of_several_fields_of_action_are_ticked(client, charter, principle):
    other = PrincipleFactory(quadrant=QuadrantFactory(charter=charter))
    PrincipleFactory(quadrant=other.quadrant)

    client.post(address("sign_up", charter), signature(principle, other))

    assert set(Partner.objects.get().principles.all()) == {principle, other}


def test_a_charter_without_principles_is_signed_all_the_same(client):
    client.post(address("sign_up", CharterFactory()), signature())

    assert Partner.objects.get().principles.count() == 0


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ({"name": ""}, ["name"]),
        ({"name": "a" * 201}, ["name"]),
        ({"name": "a\x00b"}, ["name"]),
        ({"statement": ""}, ["statement"]),
        ({"statement": "a" * 2001}, ["statement"]),
        ({"own_statement": "a" * 2001}, ["own_statement"]),
        ({"contact_name": ""}, ["contact_name"]),
        ({"contact_email": ""}, ["contact_email"]),
        ({"contact_email": "nobody"}, ["contact_email"]),
        ({"contact_email": "a@b.example\nBcc: c@d.example"}, ["contact_email"]),
        ({"contact_email": "a" * 250 + "@b.example"}, ["contact_email"]),
    ],
)
def test_what_cannot_be_kept_is_refused_beside_its_field(client, charter, principle, told, wrong):
    response = client.post(address("sign_up", charter), signature(principle, **told))

    assert response.status_code == 200
    assert list(response.context["form"].errors) == wrong
    assert (Partner.objects.count(), mail.outbox) == (0, [])


@pytest.mark.parametrize("ticked", [[], ["not an id"], ["00000000-0000-0000-0000-000000000007"]])
def test_at_least_one_principle_of_this_charter_is_ticked(client, charter, principle, ticked):
    name = f"aligns_{principle.quadrant.code}"

    response = client.post(address("sign_up", charter), signature(**{name: ticked}))

    assert list(response.context["form"].errors) == [name]


def test_a_principle_of_another_charter_cannot_be_ticked(client, charter, principle):
    foreign = PrincipleFactory()
    name = f"aligns_{principle.quadrant.code}"

    response = client.post(address("sign_up", charter), signature(**{name: [str(foreign.pk)]}))

    assert list(response.context["form"].errors) == [name]
    assert not Partner.objects.exists()


def test_a_name_of_two_lines_is_kept_in_one(client, charter, principle):
    told = signature(principle, name="Canal\r\nBcc: spy@example.org")

    client.post(address("sign_up", charter), told)

    assert Partner.objects.get().name == "Canal Bcc: spy@example.org"
    assert mail.outbox[0].recipients() == ["jo@canal.example"]


def test_the_same_signature_twice_is_answered_like_the_first(client, charter, principle):
    first = client.post(address("sign_up", charter), signature(principle))

    response = client.post(
        address("sign_up", charter), signature(principle, statement="And we mean it.")
    )

    assert (response.status_code, response.url) == (302, first.url)
    assert "the first signature stands" in words(client.get(response.url))
    assert Partner.objects.get().statement == signature(principle)["statement"]


def test_the_form_says_nothing_of_others(client, charter):
    PartnerFactory(charter=charter, name="Shy Company", contact_name="Shy Person")

    for name in ("sign_up", "signed", "detail"):
        printed = words(client.get(address(name, charter)))

        assert "Shy" not in printed


def test_a_form_without_its_token_is_refused(charter, principle):
    browser = Client(enforce_csrf_checks=True)

    assert browser.post(address("sign_up", charter), signature(principle)).status_code == 403
    assert not Partner.objects.exists()


def test_a_draft_cannot_be_signed_by_those_who_may_not_know_of_it(client):
    draft = CharterFactory(draft=True)

    assert client.get(address("sign_up", draft)).status_code == 404
    assert client.post(address("sign_up", draft), signature()).status_code == 404
    assert client.get(address("signed", draft)).status_code == 404


def test_a_superseded_version_says_which_one_to_sign(client):
    old = CharterFactory(superseded=True)

    for response in (
        client.get(address("sign_up", old)),
        client.post(address("sign_up", old), signature()),
    ):
        assert response.status_code == 409
        assert "Partners sign the version in force" in words(response)


def test_the_public_page_shows_confirmed_partners_of_every_version(client, charter, principle):
    old = CharterFactory(superseded=True, authority=charter.authority, code=charter.code, version=7)
    early = PartnerFactory(confirmed=True, charter=old, name="Early Bird")
    own = PartnerFactory(confirmed=True, charter=charter, name="Own Partner")
    own.principles.add(principle)
    PartnerFactory(confirmed=True, name="Partner elsewhere")
    for trait in ({}, {"declined": True}, {"withdrawn": True}):
        PartnerFactory(charter=charter, name="Not shown", **trait)

    response = client.get(address("detail", charter))

    assert list(response.context["partners"]) == [early, own]
    assert f"Aligns with: {principle.short_title}." in words(response)
    assert "Signed version 7" in words(response)
    assert "Not shown" not in words(response)


def test_the_public_page_never_shows_a_contact(client, charter):
    partner = PartnerFactory(confirmed=True, charter=charter, contact_name="Shy Person")

    printed = words(client.get(address("detail", charter)))

    assert "Shy Person" not in printed
    assert partner.contact_email not in printed
    assert partner.decision_reason not in printed


@pytest.mark.parametrize("count", [1, 3])
def test_the_public_page_asks_once_for_any_number_of_partners(
    client, django_assert_num_queries, charter, principle, count
):
    for _ in range(count):
        partner = PartnerFactory(confirmed=True, charter=charter)
        partner.principles.set(PrincipleFactory.create_batch(count, quadrant=principle.quadrant))

    with django_assert_num_queries(6):
        client.get(address("detail", charter))


def test_an_address_is_a_link_and_nothing_else_is(client, charter):
    own_statement = "https://canal.example/a?b=1&c=2 javascript:alert(1) <b>"
    PartnerFactory(confirmed=True, charter=charter, own_statement=own_statement)

    printed = words(client.get(address("detail", charter)))

    assert '<a href="https://canal.example/a?b=1&amp;c=2" rel="nofollow">' in printed
    assert 'href="javascript' not in printed
    assert "<b>" not in printed


def test_markup_of_a_partner_is_printed_as_text(client, charter, administrator):
    told = {"name": MARKUP, "statement": MARKUP, "own_statement": MARKUP, "contact_name": MARKUP}
    partner = PartnerFactory(confirmed=True, charter=charter, decision_reason=MARKUP, **told)
    client.force_login(administrator)

    for path in (
        address("detail", charter),
        address("partners", charter),
        address("partner", partner),
    ):
        printed = client.get(path).content.decode()

        assert "<script>alert" not in printed
        assert "&lt;script&gt;alert" in printed


def test_the_list_puts_those_who_wait_first(client, charter, administrator):
    withdrawn = PartnerFactory(charter=charter, withdrawn=True)
    declined = PartnerFactory(charter=charter, declined=True)
    confirmed = PartnerFactory(charter=charter, confirmed=True)
    waiting = PartnerFactory(charter=charter)
    PartnerFactory()
    client.force_login(administrator)

    groups = client.get(address("partners", charter)).context["groups"]

    assert [(state.value, found) for state, found in groups] == [
        ("waiting", [waiting]),
        ("confirmed", [confirmed]),
        ("declined", [declined]),
        ("withdrawn", [withdrawn]),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_needs_no_more_queries_for_more(
    client, django_assert_num_queries, charter, administrator, count
):
    for _ in range(count):
        PartnerFactory(charter=charter)
        PartnerFactory(charter=charter, confirmed=True)
    client.force_login(administrator)
    client.get(address("partners", charter))

    with django_assert_num_queries(6):
        client.get(address("partners", charter))


def test_an_empty_list_says_what_will_be_here(client, charter, administrator):
    client.force_login(administrator)

    assert "No partner yet" in words(client.get(address("partners", charter)))


@pytest.mark.parametrize(
    ("decision", "reason"), [("confirmed", ""), ("declined", "It closed last year.")]
)
def test_an_administrator_decides(client, charter, administrator, decision, reason):
    partner = PartnerFactory(charter=charter)
    client.force_login(administrator)

    response = client.post(address("partner", partner), {"decision": decision, "reason": reason})

    partner.refresh_from_db()
    assert response["Location"] == address("partners", charter)
    assert (partner.state, partner.decision_reason) == (decision, reason)


def test_an_administrator_withdraws_a_partner(client, charter, administrator):
    partner = PartnerFactory(charter=charter, confirmed=True)
    client.force_login(administrator)
    page = words(client.get(address("partner", partner)))

    client.post(address("partner", partner), {"decision": "withdrawn", "reason": "It asked."})

    partner.refresh_from_db()
    assert '<input type="hidden" name="decision" value="withdrawn"' in page
    assert (partner.state, partner.decision_reason) == ("withdrawn", "It asked.")


def test_a_decision_that_came_too_late_is_a_conflict(client, charter, administrator):
    """The page showed a signature that waits; a colleague has confirmed it since."""
    partner = PartnerFactory(charter=charter, confirmed=True)
    client.force_login(administrator)

    response = client.post(address("partner", partner), {"decision": "declined", "reason": "No."})

    partner.refresh_from_db()
    assert (response.status_code, partner.state) == (409, "confirmed")


@pytest.mark.parametrize("trait", ["declined", "withdrawn"])
def test_what_is_over_is_only_read(client, charter, administrator, trait):
    partner = PartnerFactory(charter=charter, **{trait: True})
    client.force_login(administrator)

    assert "<form" not in client.get(address("partner", partner)).content.decode()
    response = client.post(address("partner", partner), {"decision": "confirmed", "reason": ""})
    assert response.status_code == 409


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ({}, ["decision"]),
        ({"decision": "accepted"}, ["decision"]),
        ({"decision": "declined"}, ["reason"]),
        ({"decision": "declined", "reason": "a\x00b"}, ["reason"]),
    ],
)
def test_a_decision_that_cannot_stand_is_refused(client, charter, administrator, told, wrong):
    partner = PartnerFactory(charter=charter)
    client.force_login(administrator)

    response = client.post(address("partner", partner), told)

    assert list(response.context["form"].errors) == wrong
    partner.refresh_from_db()
    assert partner.state == "waiting"


def test_an_administrator_records_a_partner(client, charter, principle, administrator):
    client.force_login(administrator)
    told = signature(principle, contact_name="", contact_email="", decision_reason="Minute 7.")

    response = client.post(address("record_partner", charter), told)

    partner = Partner.objects.get()
    assert response["Location"] == address("partners", charter)
    assert (partner.state, partner.decided_by) == ("confirmed", administrator)
    assert partner.decision_reason == "Minute 7."


def test_recording_needs_to_say_how_it_is_known(client, charter, principle, administrator):
    client.force_login(administrator)

    response = client.post(address("record_partner", charter), signature(principle))

    assert list(response.context["form"].errors) == ["decision_reason"]


def test_the_public_cannot_confirm_itself_by_the_sign_up_form(client, charter, principle):
    told = signature(principle, state="confirmed", decision="confirmed", decision_reason="Me.")

    client.post(address("sign_up", charter), told)

    assert Partner.objects.get().state == PartnerState.WAITING


@pytest.mark.parametrize("page", ["partners", "record_partner", "partner"])
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("engaged officer", 403),
        ("board", 403),
        ("officer", 404),
        ("stranger", 404),
        ("bidder", 404),
        ("bidder who deals", 403),
        ("superuser", 403),
    ],
)
def test_only_administrators_of_the_authority_manage_partners(client, charter, page, who, status):
    record = PartnerFactory(charter=charter) if page == "partner" else charter
    client.force_login(somebody(who, charter.authority))

    assert client.get(address(page, record)).status_code == status
    if page != "partners":
        assert client.post(address(page, record), {"decision": "confirmed"}).status_code == status
    assert not Partner.objects.confirmed().exists()


def somebody(who, authority):
    """A person who is not an administrator of this authority."""
    company = SupplierFactory()
    if who == "bidder who deals":
        DealingFactory(authority=authority, supplier=company)
    return {
        "engaged officer": lambda: engaged(person_in(authority, Role.OFFICER)),
        "board": lambda: person_in(authority, Role.BOARD),
        "officer": lambda: person_in(authority, Role.OFFICER),
        "stranger": lambda: person_in(AuthorityFactory(), Role.ADMINISTRATOR),
        "bidder": lambda: bidder_of(company),
        "bidder who deals": lambda: bidder_of(company),
        "superuser": lambda: UserFactory(is_superuser=True),
    }[who]()


def engaged(person):
    person.memberships.update(engaged_at="2026-01-05T09:00Z")
    return person


@pytest.mark.parametrize("page", ["partners", "record_partner", "partner"])
def test_visitors_are_asked_to_sign_in_and_change_nothing(client, charter, page):
    record = PartnerFactory(charter=charter) if page == "partner" else charter

    assert client.get(address(page, record)).status_code == 302
    assert client.post(address(page, record), {"decision": "confirmed"}).status_code == 403
    assert not Partner.objects.confirmed().exists()


def test_only_administrators_are_led_to_the_list(client, charter, administrator):
    link = address("partners", charter)

    assert link not in words(client.get(address("detail", charter)))
    client.force_login(person_in(charter.authority, Role.OFFICER))
    assert link not in words(client.get(address("detail", charter)))
    client.force_login(administrator)
    assert link in words(client.get(address("detail", charter)))
