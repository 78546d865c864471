"""An authority keeps designs for the next time, for itself alone, and says what must begin so."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse

from accounts.access import Conflict
from accounts.roles import Role
from records.models import AuditEvent
from tenders.actions.templates import edit_template, keep_template, retire_template
from tenders.bands import band_words, reaches
from tenders.models import DesignTemplate
from tenders.presenters.beginning import holds_words
from tenders.refusals import StaleTemplate, Unfit
from tests.factories.accounts import AuthorityFactory, SupplierFactory, bidder_of, person_in
from tests.factories.tenders import CriterionFactory, TenderFactory, team_member
from tests.tenders.drafts import NOW

pytestmark = pytest.mark.django_db
QUERIES_OF_LIST = 8


@pytest.fixture
def tender():
    tender = TenderFactory(published=True)
    CriterionFactory(tender=tender, code="q1")
    return tender


@pytest.fixture
def officer(tender):
    return person_in(tender.authority, Role.OFFICER)


@pytest.fixture
def administrator(tender):
    return person_in(tender.authority, Role.ADMINISTRATOR)


def kept(tender, by, **fields) -> DesignTemplate:
    return keep_template(tender=tender, by=by, at=NOW, **{"title": "Services", **fields})


def url(name, template):
    return reverse(f"tenders:{name}", args=[template.pk])


def list_of(tender):
    return reverse("tenders:templates", args=[tender.authority_id])


def test_the_design_of_any_tender_of_the_authority_is_kept(client, tender, officer):
    client.force_login(officer)

    response = client.post(
        url("keep_template", tender),
        {"title": "Services over £100,000", "about": "Care.", "over": "100,000", "up_to": ""},
    )

    template = DesignTemplate.objects.get()
    assert response.url == list_of(tender)
    assert (template.title, template.over, template.up_to) == (
        "Services over £100,000",
        100_000,
        None,
    )
    assert [one["code"] for one in template.design["questions"]] == ["q1"]
    assert AuditEvent.objects.get(verb="template.kept").details["tender"] == tender.reference


def test_a_band_that_ends_before_it_begins_is_answered_beside_the_field(tender, officer):
    with pytest.raises(Unfit) as refusal:
        kept(tender, officer, over=Decimal(200), up_to=Decimal(200))

    assert refusal.value.field == "up_to"


def test_a_title_stands_for_one_template_until_that_is_retired(tender, officer):
    first = kept(tender, officer)
    with pytest.raises(Unfit) as refusal:
        kept(tender, officer)
    retire_template(template=first, by=officer, at=NOW)

    assert refusal.value.field == "title"
    assert kept(tender, officer).title == first.title


def test_only_an_administrator_makes_a_template_compulsory(client, tender, officer, administrator):
    with pytest.raises(PermissionDenied):
        kept(tender, officer, is_compulsory=True)
    client.force_login(officer)
    page = client.get(url("keep_template", tender))

    assert "is_compulsory" not in page.context["form"].fields
    assert "An administrator of your authority can say" in page.content.decode()
    assert kept(tender, administrator, is_compulsory=True).is_compulsory


@pytest.mark.parametrize(
    ("role", "is_led"), [(Role.ADMINISTRATOR, True), (Role.OFFICER, True), (Role.BOARD, False)]
)
def test_whoever_may_say_what_tenders_begin_from_is_led_to_it(client, tender, role, is_led):
    client.force_login(person_in(tender.authority, role))

    desk = client.get(reverse("metrics:desk")).content.decode()

    assert (list_of(tender) in desk) == is_led


def test_an_officer_changes_no_template_that_is_compulsory(client, tender, officer, administrator):
    template = kept(tender, administrator, is_compulsory=True)
    client.force_login(officer)

    assert client.get(url("edit_template", template)).status_code == 404
    assert client.post(url("retire_template", template)).status_code == 404
    [row] = client.get(list_of(tender)).context["rows"]
    assert not row.can_change


def test_a_change_that_was_not_seen_is_told_and_what_was_typed_is_kept(
    client, tender, officer, administrator
):
    template = kept(tender, officer)
    edit_template(template=template, title="Care", by=administrator, at=NOW)
    client.force_login(officer)

    response = client.post(url("edit_template", template), {"title": "Works", "seen": "0"})

    [words] = response.context["form"].non_field_errors()
    assert words.startswith("This template was changed while you were working on it.")
    form = response.context["form"]
    assert (form["title"].value(), form["seen"].value()) == ("Works", 1)


def test_a_change_that_was_not_seen_is_refused(tender, officer):
    template = kept(tender, officer)
    edit_template(template=template, title="Care", by=officer, at=NOW, seen=0)

    with pytest.raises(StaleTemplate):
        edit_template(template=template, title="Works", by=officer, at=NOW, seen=0)


def test_a_template_is_changed_and_retired_in_the_browser(client, tender, officer):
    template = kept(tender, officer)
    client.force_login(officer)

    client.post(url("edit_template", template), {"title": "Care", "up_to": "5000", "seen": "0"})
    template.refresh_from_db()
    client.post(url("retire_template", template))

    assert (template.title, template.up_to) == ("Care", 5000)
    assert client.get(list_of(tender)).context["rows"] == []
    assert client.get(url("edit_template", template)).status_code == 404


def test_a_template_is_retired_once(tender, officer):
    template = kept(tender, officer)
    retire_template(template=template, by=officer, at=NOW)

    with pytest.raises(Conflict):
        retire_template(template=template, by=officer, at=NOW)


def test_nobody_of_another_authority_sees_or_uses_a_template(client, tender, officer):
    template = kept(tender, officer)
    pages = [list_of(tender), url("edit_template", template), url("retire_template", template)]
    for stranger in (
        person_in(AuthorityFactory(), Role.ADMINISTRATOR),
        bidder_of(SupplierFactory()),
    ):
        client.force_login(stranger)

        found = [client.get(page).status_code for page in pages]
        assert found + [client.post(page).status_code for page in pages[1:]] == [404] * 5
        with pytest.raises(Http404):
            edit_template(template=template, title="Mine", by=stranger, at=NOW)


def test_a_draft_one_may_not_read_is_not_kept(client):
    draft = TenderFactory()
    colleague = person_in(draft.authority, Role.OFFICER)
    client.force_login(colleague)

    assert client.get(url("keep_template", draft)).status_code == 404
    with pytest.raises(Http404):
        kept(draft, colleague)


def test_an_evaluator_keeps_nothing(client, tender):
    client.force_login(team_member(tender, Role.EVALUATOR))

    assert client.post(url("keep_template", tender), {"title": "Mine"}).status_code == 403
    assert DesignTemplate.objects.count() == 0


def test_the_list_costs_the_same_with_one_template_and_with_three(
    client, tender, officer, django_assert_num_queries
):
    client.force_login(officer)
    kept(tender, officer)
    client.get(list_of(tender))
    with django_assert_num_queries(QUERIES_OF_LIST):
        client.get(list_of(tender))
    for title in ("Goods", "Works"):
        kept(tender, person_in(tender.authority, Role.OFFICER), title=title)

    with django_assert_num_queries(QUERIES_OF_LIST):
        client.get(list_of(tender))


@pytest.mark.parametrize(
    ("over", "up_to", "words", "within"),
    [
        (None, None, "Any value", [True, True, True]),
        ("100", None, "Over £100", [False, True, True]),
        (None, "200", "Up to £200", [True, True, False]),
        ("100", "200", "Over £100, up to £200", [False, True, False]),
    ],
)
def test_a_band_leaves_out_its_lower_end_and_takes_in_its_upper(over, up_to, words, within):
    template = DesignTemplate(
        over=Decimal(over) if over else None, up_to=Decimal(up_to) if up_to else None
    )

    assert band_words(template) == words
    found = [reaches(template, Decimal(sum_)) for sum_ in ("100", "200", "200.01")]
    assert found == within


def test_a_template_is_told_in_a_line():
    design = {
        "questions": [{}],
        "metrics": [{}, {}],
        "conditions": [],
        "weights": {"basis": "overall", "price": "0", "quality": "90", "social_value": "10"},
    }

    assert holds_words(design) == ("1 quality question, 2 metrics. Quality 90%, social value 10%.")
