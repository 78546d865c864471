"""What somebody who has never seen Tenth is told, and the ways back to their charter."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from metrics import actions
from metrics.models import AnsweredBy, Metric
from tests.factories.accounts import AuthorityFactory, person_in
from tests.factories.charter import CharterFactory, PartnerFactory, PrincipleFactory
from tests.factories.metrics import MetricFactory
from tests.metrics.lives import NOW, administrator_of, empty_draft, whole_charter

pytestmark = pytest.mark.django_db

TO_DESK = "Your charter</a>"


def words(response):
    return " ".join(response.content.decode().split())


def page(client, name, *args, **query):
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response


@pytest.fixture
def authority(client):
    made = AuthorityFactory(name="Newtown Council")
    client.force_login(administrator_of(made))
    return made


def draft_of(charter):
    by = administrator_of(charter.authority)
    return actions.start_new_version(charter=charter, reason="The review.", by=by, at=NOW)


def pages_of(authority):
    """Every page on the way from nothing to a second version."""
    draft = draft_of(whole_charter(authority=authority))
    hours, unset = draft.metrics.get(number=1), draft.metrics.get(number=3)
    return [
        ("metrics:desk",),
        ("metrics:adopt", "nelc-2018", authority.pk),
        ("metrics:begin", authority.pk),
        ("metrics:new_version", draft.copied_from.pk),
        ("metrics:changes", draft.pk),
        ("metrics:publish", draft.pk),
        ("metrics:discard", draft.pk),
        ("metrics:add", draft.pk),
        ("metrics:edit", hours.pk),
        ("metrics:edit_words", hours.pk),
        ("metrics:edit_reach", hours.pk),
        ("metrics:edit_overlaps", hours.pk),
        ("metrics:edit_shape", hours.pk),
        ("metrics:edit_target", hours.pk),
        ("metrics:add_flag", hours.pk),
        ("metrics:remove", hours.pk),
        ("metrics:targets", draft.pk),
        ("metrics:resolve", unset.pk),
        ("metrics:set_owner", unset.pk),
        ("charter:edit", draft.pk),
    ]


def test_every_page_says_for_which_authority_it_is(client, authority):
    for name, *args in pages_of(authority):
        printed = words(page(client, name, *args))
        assert '<span class="tenth-header__authority">Newtown Council</span>' in printed, name


@pytest.mark.parametrize(
    "name", ["metrics:changes", "metrics:publish", "metrics:targets", "charter:edit"]
)
def test_each_part_of_the_draft_leads_back_to_the_authoritys_own_page(client, authority, name):
    other = AuthorityFactory(name="A council that comes first")
    person_in(other, Role.ADMINISTRATOR)
    draft = draft_of(whole_charter(authority=authority))

    printed = words(page(client, name, draft.pk))

    assert f'{reverse("metrics:desk")}?authority={authority.pk}" class="govuk-back-link"' in printed


def test_the_metrics_lead_back_for_colleagues_and_not_for_visitors(client, authority):
    charter = whole_charter(authority=authority)

    assert f"?authority={authority.pk}" in words(page(client, "metrics:list"))
    client.logout()
    assert "govuk-back-link" not in words(page(client, "metrics:list", charter=charter.pk))


def test_what_changed_leads_visitors_to_the_charter(client):
    charter = whole_charter()

    printed = words(page(client, "metrics:changes", charter.pk))

    assert f"?authority={charter.authority_id}" not in printed
    assert f'{reverse("charter:detail", args=[charter.pk])}" class="govuk-back-link"' in printed


def test_the_policies_lead_back_to_where_one_came_from(client, authority):
    assert f'{reverse("metrics:desk")}" class="govuk-back-link"' in words(
        page(client, "metrics:packs")
    )
    client.logout()
    assert f'{reverse("charter:list")}" class="govuk-back-link"' in words(
        page(client, "metrics:packs")
    )


def test_who_adopts_a_policy_is_told_what_it_will_be_called(client, authority):
    printed = words(page(client, "metrics:adopt", "nelc-2018", authority.pk))

    assert (
        "It is called “North East Lincolnshire Social Value Policy” and is for "
        "North East Lincolnshire until you change that in a draft."
    ) in printed


def test_without_a_metric_the_desk_says_how_to_have_the_first(client, authority):
    charter = CharterFactory(authority=authority)

    printed = words(page(client, "metrics:desk"))

    assert "To add the first metric or change any word, you start a new version." in printed
    assert reverse("metrics:export", args=[charter.pk, "xlsx"]) not in printed


def test_without_a_metric_a_draft_asks_for_the_first(client, authority):
    draft = empty_draft(authority=authority)

    assert "Add the first one." in words(page(client, "metrics:desk"))
    assert "Add the first: say what is measured" in words(
        page(client, "metrics:list", charter=draft.pk)
    )


def test_partners_who_wait_are_shown_where_there_is_no_draft(client, authority):
    charter = CharterFactory(authority=authority)
    PartnerFactory(charter=charter)

    printed = words(page(client, "metrics:desk"))

    assert "1 waiting" in printed
    assert reverse("charter:partners", args=[charter.pk]) in printed
    assert reverse("charter:comments", args=[charter.pk]) in printed


def test_an_officer_is_not_led_to_the_partners(client):
    charter = CharterFactory()
    client.force_login(person_in(charter.authority, Role.OFFICER))

    assert reverse("charter:partners", args=[charter.pk]) not in words(page(client, "metrics:desk"))


def added(draft):
    return actions.add_metric(
        charter=draft,
        principle=PrincipleFactory(quadrant__charter=draft),
        number=9,
        short_title="Trees",
        wording="Trees planted",
        answered_by=AnsweredBy.PROCUREMENT,
        evidence_text="",
        source="",
        label="Trees planted",
        unit="trees",
        by=administrator_of(draft.authority),
        at=NOW,
    )


def test_a_number_is_asked_for_without_question_marks_to_delete(client, authority):
    metric = added(CharterFactory(draft=True, authority=authority))
    kind = {"label_1": "Trees", "unit_1": "trees", "direction_1": "higher", "join": "any"}

    with_number = page(client, "metrics:edit_target", metric.pk, kind_1="absolute", **kind)
    without = page(client, "metrics:edit_target", metric.pk, kind_1="undetermined", **kind)

    assert with_number.context["form"]["target_text"].value() == ""
    assert without.context["form"]["target_text"].value() == "?? trees"


def test_a_metric_without_a_target_has_one_thing_to_do(client, authority):
    metric = added(CharterFactory(draft=True, authority=authority))

    printed = words(page(client, "metrics:edit", metric.pk))

    shape = reverse("metrics:edit_shape", args=[metric.pk])
    assert printed.count(f'href="{shape}"') == 1
    assert "Set the target </a>" in printed
    assert reverse("metrics:add", args=[metric.charter_id]) in printed


def test_no_picture_is_drawn_where_no_target_was_ever_missing(client, authority):
    draft = CharterFactory(draft=True, authority=authority)
    MetricFactory(charter=draft)

    assert page(client, "metrics:targets", draft.pk).context["chart"] is None


def test_one_metric_is_spoken_of_as_one(client, authority):
    draft = CharterFactory(draft=True, authority=authority)
    MetricFactory(charter=draft, target_not_set=True)

    assert "The only metric is shown." in words(page(client, "metrics:list", charter=draft.pk))
    assert "a draft, 1 metric<" in words(page(client, "metrics:targets", draft.pk))
    assert Metric.objects.count() == 1


def test_a_draft_without_a_principle_says_so_before_the_decision_is_typed(client, authority):
    draft = CharterFactory(draft=True, authority=authority)
    ready = empty_draft(authority=authority, code="other")

    printed = words(page(client, "metrics:publish", draft.pk))

    assert "Add a field of action and a principle first." in printed
    assert f"{reverse('charter:edit', args=[draft.pk])}#quadrants" in printed
    assert "Publish now" not in printed
    assert "Publish now" in words(page(client, "metrics:publish", ready.pk))


@pytest.mark.parametrize(
    ("role", "said", "is_led_there"),
    [
        (Role.ADMINISTRATOR, "Add a field of action and a principle first.", True),
        (Role.OFFICER, "An administrator of your authority adds those.", False),
    ],
)
def test_a_metric_waits_for_a_principle(client, role, said, is_led_there):
    draft = CharterFactory(draft=True)
    client.force_login(person_in(draft.authority, role))

    printed = words(page(client, "metrics:add", draft.pk))

    assert said in printed
    assert "Save and set the target" not in printed
    assert (reverse("charter:edit", args=[draft.pk]) in printed) is is_led_there
