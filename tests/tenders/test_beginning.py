"""A tender begins one question at a time: of which kind, and from which design."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.http import Http404
from django.urls import reverse

from accounts.access import Conflict
from accounts.roles import Role
from records.models import AuditEvent
from tenders import actions
from tenders.actions.lots import add_lot
from tenders.actions.templates import keep_template, retire_template
from tenders.models import DesignTemplate, Opportunity, Tender
from tenders.readiness import sections
from tenders.refusals import Unfit
from tests.factories.accounts import AuthorityFactory, person_in
from tests.factories.charter import CharterFactory
from tests.factories.metrics import MetricFactory
from tests.factories.tenders import CriterionFactory, TenderFactory, team_member
from tests.tenders.drafts import NOW, officer_of

pytestmark = pytest.mark.django_db
CALL = {
    "title": "Local growth fund",
    "summary": "Projects for the towns.",
    "contract_value": "500000",
    "starts_on_day": "1",
    "starts_on_month": "4",
    "starts_on_year": "2027",
    "months": "24",
}
PURCHASE = {**CALL, "kind": "services"}


@pytest.fixture
def charter():
    return CharterFactory()


@pytest.fixture
def officer(client, charter):
    person = person_in(charter.authority, Role.OFFICER)
    client.force_login(person)
    return person


def begin(charter, by, **fields) -> Tender:
    fields = {"contract_value": Decimal(500_000), **fields}
    if fields.get("opportunity", "procurement") == "procurement":
        fields.setdefault("kind", "services")
    return actions.create_tender(
        authority=charter.authority,
        charter=charter,
        title="Local growth",
        summary="For the towns.",
        starts_on=date(2027, 4, 1),
        months=24,
        by=by,
        at=NOW,
        **fields,
    )


def kept(charter, **fields) -> DesignTemplate:
    """A template with one question, kept by an administrator."""
    opportunity = fields.pop("opportunity", Opportunity.PROCUREMENT)
    unpriced = {"price_weight": 0, "quality_weight": 90} if opportunity != "procurement" else {}
    tender = TenderFactory(
        charter=charter, authority=charter.authority, opportunity=opportunity, **unpriced
    )
    CriterionFactory(tender=tender, code="q1", title="Method")
    fields = {"title": "Services", **fields}
    by = person_in(charter.authority, Role.ADMINISTRATOR)
    return keep_template(tender=tender, by=by, at=NOW, **fields)


def address(charter, **chosen):
    return reverse("tenders:create", args=[charter.pk], query=chosen)


def errors(response) -> dict:
    return {name: list(words) for name, words in response.context["form"].errors.items()}


QUERIES_OF_CHOICE = 8


# The kind.


def test_no_choice_of_a_kind_is_answered_beside_the_field(client, charter, officer):
    response = client.post(reverse("tenders:choose_opportunity", args=[charter.pk]))

    assert errors(response) == {
        "opportunity": ["Choose a procurement, a business case or a funding round"]
    }


def test_the_kind_leads_to_what_it_begins_from(client, charter, officer):
    here = reverse("tenders:choose_opportunity", args=[charter.pk])

    response = client.post(here, {"opportunity": "funding_round"})

    assert response.url == reverse("tenders:choose_beginning", args=[charter.pk, "funding_round"])


@pytest.mark.parametrize("kind", ["business_case", "funding_round"])
def test_what_is_funded_scores_no_price_and_is_of_no_kind_of_contract(
    client, charter, officer, kind
):
    response = client.post(address(charter, opportunity=kind), CALL)

    tender = Tender.objects.get()
    assert response.url == reverse("tenders:internal", args=[tender.pk])
    assert (tender.opportunity, tender.kind) == (kind, "")
    weights = (tender.price_weight, tender.quality_weight, tender.social_value_weight)
    assert weights == (0, 90, 10)


def test_a_funding_round_is_asked_for_in_its_own_words(client, charter, officer):
    page = client.get(address(charter, opportunity="funding_round")).content.decode()

    said = ("Budget of the round", "Length of the projects", "Begin a funding round")
    assert [words for words in said if words not in page] == []
    assert "What is bought" not in page


def test_a_budget_of_nothing_is_answered_in_the_words_of_the_round(client, charter, officer):
    response = client.post(
        address(charter, opportunity="funding_round"), {**CALL, "contract_value": "0"}
    )

    assert errors(response) == {
        "contract_value": ["Enter the budget of the round, above £0, for example £1,250,000."]
    }


def test_the_basics_of_a_funding_round_are_saved_without_a_kind(client, charter, officer):
    tender = begin(charter, officer, opportunity="funding_round")

    response = client.post(
        reverse("tenders:edit_basics", args=[tender.pk]),
        {**CALL, "contract_value": "600000", "contact": "ask@example.org", "seen": "0"},
    )

    tender.refresh_from_db()
    assert response.status_code == 302
    assert (tender.contract_value, tender.kind) == (600_000, "")


def test_a_kind_of_contract_is_refused_where_nothing_is_bought(charter, officer):
    with pytest.raises(Unfit) as refusal:
        begin(charter, officer, opportunity="business_case", kind="works")

    assert refusal.value.field == "kind"


@pytest.mark.parametrize("page", ["create", "choose_beginning"])
def test_a_kind_that_there_is_not_is_not_found(client, charter, officer, page):
    if page == "create":
        here = address(charter, opportunity="lottery")
    else:
        here = reverse("tenders:choose_beginning", args=[charter.pk, "lottery"])

    assert client.get(here).status_code == 404


def test_a_policy_that_tells_kinds_apart_asks_a_round_for_none(client, charter, officer):
    charter.rules = [{**charter.rules[0], "when": {"kinds": ["services"]}}]
    charter.save()
    tender = begin(charter, officer, opportunity="funding_round")

    page = client.get(reverse("tenders:policy", args=[tender.pk])).content.decode()

    assert "nothing is bought, so it is not for services" in page
    assert "Say whether goods" not in page
    assert [one.needs for one in sections(tender, NOW) if one.code == "policy"] == [()]


# The design.


def test_a_tender_begun_from_a_template_asks_what_it_asks(client, charter, officer):
    template = kept(charter)

    client.post(address(charter, template=template.pk), PURCHASE)

    tender = Tender.objects.get(template=template)
    assert [one.title for one in tender.criteria.all()] == ["Method"]
    page = client.get(reverse("tenders:internal", args=[tender.pk])).content.decode()
    assert "Begun from the template “Services”." in page


def test_a_tender_begun_from_an_earlier_one_says_so(client, charter, officer):
    earlier = TenderFactory(charter=charter, authority=charter.authority, awarded=True)
    CriterionFactory(tender=earlier, code="q1", title="Method")

    client.post(address(charter, tender=earlier.pk), PURCHASE)

    tender = Tender.objects.get(copied_from=earlier)
    assert [one.title for one in tender.criteria.all()] == ["Method"]
    page = client.get(reverse("tenders:internal", args=[tender.pk])).content.decode()
    assert f"Begun from {earlier.reference}, “{earlier}”, without its bids." in page
    event = AuditEvent.objects.get(verb="tender.created", target_id=str(tender.pk))
    assert event.details["copied_from"] == earlier.reference


def test_the_page_offers_templates_of_the_kind_and_earlier_tenders_open_to_the_person(
    client, charter, officer
):
    template = kept(charter)
    kept(charter, opportunity="funding_round", title="Rounds")
    foreign = CharterFactory()
    kept(foreign)
    same = {"charter": charter, "authority": charter.authority}
    published = TenderFactory(**same, published=True)
    TenderFactory(charter=foreign, authority=foreign.authority, published=True)

    response = client.get(reverse("tenders:choose_beginning", args=[charter.pk, "procurement"]))

    assert [one.template for one in response.context["offers"]] == [template]
    assert [one.tender for one in response.context["earlier"]] == [published]


def test_an_earlier_tender_is_found_by_its_reference(client, charter, officer):
    same = {"charter": charter, "authority": charter.authority, "published": True}
    wanted, _ = TenderFactory(**same), TenderFactory(**same)
    here = reverse("tenders:choose_beginning", args=[charter.pk, "procurement"])

    response = client.get(here, {"words": wanted.reference})

    assert [one.tender for one in response.context["earlier"]] == [wanted]


def test_the_page_costs_the_same_with_one_of_each_and_with_three(
    client, charter, officer, django_assert_num_queries
):
    here = reverse("tenders:choose_beginning", args=[charter.pk, "procurement"])
    same = {"charter": charter, "authority": charter.authority, "published": True}
    kept(charter)
    TenderFactory(**same)
    client.get(here)
    with django_assert_num_queries(QUERIES_OF_CHOICE):
        client.get(here)
    for title in ("Goods", "Works"):
        kept(charter, title=title)
        TenderFactory(**same)

    with django_assert_num_queries(QUERIES_OF_CHOICE):
        client.get(here)


@pytest.mark.parametrize("what", ["template", "tender"])
def test_nobody_begins_from_what_is_another_authoritys(client, charter, officer, what):
    foreign = CharterFactory()
    tender = TenderFactory(charter=foreign, authority=foreign.authority, published=True)
    theirs = kept(foreign) if what == "template" else tender

    assert client.get(address(charter, **{what: theirs.pk})).status_code == 404
    assert client.post(address(charter, **{what: theirs.pk}), PURCHASE).status_code == 404
    with pytest.raises(Http404):
        begin(charter, officer, begun_from=theirs)


@pytest.mark.parametrize("asked", ["x", "00000000-0000-0000-0000-000000000007", "'"])
def test_a_design_that_is_nowhere_is_not_found(client, charter, officer, asked):
    assert client.get(address(charter, template=asked)).status_code == 404


def test_a_colleagues_draft_is_not_begun_from(charter, officer):
    draft = TenderFactory(charter=charter, authority=charter.authority)

    with pytest.raises(Http404):
        begin(charter, officer, begun_from=draft)


def test_ones_own_draft_is(charter):
    draft = TenderFactory(charter=charter, authority=charter.authority)

    assert begin(charter, officer_of(draft), begun_from=draft).copied_from == draft


def test_a_retired_template_is_not_begun_from(charter, officer):
    template = kept(charter)
    by = person_in(charter.authority, Role.ADMINISTRATOR)
    template = retire_template(template=template, by=by, at=NOW)

    with pytest.raises(Conflict):
        begin(charter, officer, begun_from=template)


def test_the_design_of_another_kind_is_refused_in_words(charter, officer):
    template = kept(charter, opportunity="funding_round")

    with pytest.raises(Unfit, match="is the design of a funding round"):
        begin(charter, officer, begun_from=template)


def test_metrics_that_the_charter_lacks_are_named_before_the_draft_is_saved(
    client, charter, officer
):
    earlier = TenderFactory(authority=charter.authority, published=True)
    metric = MetricFactory(charter=earlier.charter, number=5, short_title="Schools")
    CriterionFactory(tender=earlier, code="m5", group="social_value", metric=metric)

    page = client.get(address(charter, tender=earlier.pk))

    assert page.context["left_out"] == [
        f"1 metric is not in {charter} or cannot be asked from it, so it is left out: 5 Schools."
    ]


# Templates that must be begun from.

COMPULSORY = {"over": Decimal(100_000), "up_to": Decimal(500_000), "is_compulsory": True}


@pytest.mark.parametrize(
    ("value", "is_refused"),
    [("100000", False), ("100000.01", True), ("500000", True), ("500000.01", False)],
)
def test_a_band_kept_to_templates_refuses_a_blank_to_the_penny(
    client, charter, officer, value, is_refused
):
    kept(charter, **COMPULSORY)

    response = client.post(address(charter), {**PURCHASE, "contract_value": value})

    assert (response.status_code == 200) == is_refused


def test_the_refusal_names_the_templates_that_may_be_used(client, charter, officer):
    kept(charter, **COMPULSORY)
    kept(charter, title="Care", **COMPULSORY)
    kept(charter, title="Anything")

    response = client.post(address(charter), PURCHASE)

    assert errors(response) == {
        "contract_value": [
            "Your authority begins a tender of £500,000 from one of the templates “Care” or "
            "“Services”. Go back and choose what to begin from."
        ]
    }


@pytest.mark.parametrize("which", ["earlier", "free", "elsewhere"])
def test_nothing_else_may_be_begun_from_in_that_band(charter, officer, which):
    kept(charter, **COMPULSORY)
    others = {
        "earlier": lambda: TenderFactory(
            charter=charter, authority=charter.authority, published=True
        ),
        "free": lambda: kept(charter, title="Anything"),
        "elsewhere": lambda: (
            kept(charter, title="Large", over=Decimal(1), is_compulsory=True)
            and kept(charter, title="Small", up_to=Decimal(10), is_compulsory=True)
        ),
    }

    with pytest.raises(Unfit, match="from"):
        begin(charter, officer, begun_from=others[which]())


def test_a_compulsory_template_is_begun_from(charter, officer):
    template = kept(charter, **COMPULSORY)

    assert begin(charter, officer, begun_from=template).template == template


def test_templates_for_rounds_do_not_bind_tenders(charter, officer):
    kept(charter, opportunity="funding_round", is_compulsory=True)

    assert begin(charter, officer).template is None


def needs_of_basics(tender) -> list[str]:
    tender = Tender.objects.with_design().get(pk=tender.pk)
    return [words for one in sections(tender, NOW) if one.code == "basics" for words in one.needs]


def test_a_draft_that_grows_into_the_band_cannot_be_published(charter, officer):
    kept(charter, **COMPULSORY)
    tender = begin(charter, officer, contract_value=Decimal(90_000))
    assert needs_of_basics(tender) == []

    Tender.objects.update(contract_value=Decimal(200_000))

    assert needs_of_basics(tender) == [
        "Your authority begins a tender of £200,000 from the template “Services”. Begin another "
        "that way and cancel this draft, or mend its value."
    ]


def test_a_draft_begun_before_a_template_was_kept_may_go_on_and_so_may_a_lot_of_it(
    charter, officer
):
    tender = begin(charter, officer)
    kept(charter, **COMPULSORY)
    DesignTemplate.objects.update(kept_at=NOW + timedelta(seconds=1))
    lot = add_lot(
        tender=tender,
        title="Gardens",
        summary="For the villages.",
        contract_value=Decimal(1),
        by=officer,
        at=NOW + timedelta(days=1),
    )

    assert needs_of_basics(tender) == []
    assert needs_of_basics(lot) == []


def test_a_draft_keeps_its_beginning_when_its_template_is_retired(charter, officer):
    template = kept(charter, **COMPULSORY)
    tender = begin(charter, officer, begun_from=template)
    by = person_in(charter.authority, Role.ADMINISTRATOR)
    retire_template(template=template, by=by, at=NOW)
    kept(charter, **COMPULSORY)

    assert needs_of_basics(tender) == []


def test_a_colleague_without_the_right_begins_nothing(client, charter):
    person = team_member(
        TenderFactory(charter=charter, authority=charter.authority), Role.EVALUATOR
    )
    client.force_login(person)

    for name, more in (("choose_opportunity", []), ("choose_beginning", ["procurement"])):
        here = reverse(f"tenders:{name}", args=[charter.pk, *more])
        assert client.get(here).status_code == 403


def test_an_officer_of_another_authority_finds_none_of_it(client, charter):
    client.force_login(person_in(AuthorityFactory(), Role.OFFICER))

    for name, more in (("choose_opportunity", []), ("choose_beginning", ["procurement"])):
        here = reverse(f"tenders:{name}", args=[charter.pk, *more])
        assert client.get(here).status_code == 404
