"""The metrics of a draft, changed in the browser a few questions at a time."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from metrics import actions
from metrics.content import content_of
from metrics.models import AnsweredBy, FlagKind, Metric
from records.models import AuditEvent
from tenders.models import Group
from tests.factories.accounts import (
    LONG_AGO,
    AuthorityFactory,
    SupplierFactory,
    UserFactory,
    bidder_of,
    person_in,
)
from tests.factories.charter import CharterFactory, PrincipleFactory
from tests.factories.metrics import MetricFactory, MetricFlagFactory
from tests.factories.tenders import CriterionFactory
from tests.metrics.browsing import as_shown

pytestmark = pytest.mark.django_db

PAGES = ("edit_words", "edit_target", "edit_reach", "edit_overlaps")
ALL_PAGES = ("edit", *PAGES, "edit_shape", "add_flag", "remove")


def url(name, metric):
    return reverse(f"metrics:{name}", args=[metric.pk])


def words(response):
    return " ".join(response.content.decode().split())


def errors(response):
    return dict(response.context["form"].errors)


def now(metric):
    return content_of(Metric.objects.with_content().get(pk=metric.pk))


@pytest.fixture
def metric():
    """36 hours, in a draft."""
    return MetricFactory(charter=CharterFactory(draft=True), number=5)


@pytest.fixture
def officer(client, metric):
    person = person_in(metric.charter.authority, Role.OFFICER)
    client.force_login(person)
    return person


def save(client, name, metric, query="", **changes):
    """Open a page, type some of it anew, and save it."""
    address = url(name, metric) + query
    typed = as_shown(client.get(address)) | changes
    return client.post(address, typed)


def others_of(metric, count):
    """More metrics of the same draft."""
    return [MetricFactory(charter=metric.charter, number=100 + one) for one in range(count)]


def sslep(client):
    """The paper's 25 metrics in a draft, with an officer at work on it."""
    authority = AuthorityFactory()
    draft = actions.adopt_pack(
        code="sslep-2021",
        authority=authority,
        in_force=False,
        decision=None,
        by=person_in(authority, Role.ADMINISTRATOR),
        at=LONG_AGO,
    )
    client.force_login(person_in(authority, Role.OFFICER))
    return list(draft.metrics.with_content())


def test_saving_any_page_of_any_metric_of_the_paper_unchanged_changes_nothing(client):
    for metric in sslep(client):
        before = now(metric)

        for name in PAGES:
            response = save(client, name, metric)

            assert response.status_code == 302, (metric, name, errors(response))
        assert now(metric) == before


def test_keeping_the_kind_of_any_target_of_the_paper_changes_nothing(client):
    for metric in sslep(client):
        before = now(metric)
        shape = as_shown(client.get(url("edit_shape", metric)), name="label_1")
        query = "?" + "&".join(f"{k}={_quoted(v[0])}" for k, v in shape.items())

        response = save(client, "edit_target", metric, query=query)

        assert response.status_code == 302, (metric, errors(response))
        assert now(metric) == before


def _quoted(text):
    return "".join(f"%{byte:02x}" for byte in text.encode())


# Who may, and when.


@pytest.mark.parametrize("name", ALL_PAGES)
@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.OFFICER, 200),
        (Role.ADMINISTRATOR, 200),
        (Role.BOARD, 403),
        (Role.APPROVER, 404),
        (Role.EVALUATOR, 404),
        (Role.CONTRACT_MANAGER, 404),
    ],
)
def test_officers_and_administrators_edit(client, metric, name, role, status):
    client.force_login(person_in(metric.charter.authority, role))

    assert client.get(url(name, metric)).status_code == status


@pytest.mark.parametrize("name", ALL_PAGES)
def test_nobody_else_finds_the_pages(client, metric, name):
    assert client.get(url(name, metric)).status_code == 302
    for person in (
        bidder_of(SupplierFactory()),
        person_in(AuthorityFactory(), Role.ADMINISTRATOR),
        UserFactory(),
    ):
        client.force_login(person)
        assert client.get(url(name, metric)).status_code == 404


@pytest.mark.parametrize("name", [*PAGES, "remove", "add_flag"])
@pytest.mark.parametrize("state", ["published", "superseded"])
def test_a_version_in_force_never_changes(client, metric, officer, name, state):
    before = now(metric)
    metric.charter.status = state
    metric.charter.save()

    assert client.get(url(name, metric)).status_code == 409
    assert client.post(url(name, metric), {}).status_code == 409
    assert now(metric) == before


def test_a_metric_is_added_only_to_a_draft_and_only_by_those_who_may(client, metric, officer):
    address = reverse("metrics:add", args=[metric.charter_id])
    assert client.get(address).status_code == 200

    client.force_login(person_in(metric.charter.authority, Role.BOARD))
    assert client.get(address).status_code == 403

    client.force_login(officer)
    metric.charter.status = "published"
    metric.charter.save()
    assert client.get(address).status_code == 409


@pytest.mark.parametrize("name", ["edit", "edit_shape"])
def test_pages_to_look_at_are_not_posted_to(client, metric, officer, name):
    assert client.post(url(name, metric)).status_code == 405


# Adding.


def new_metric(charter, **changes):
    principle = changes.pop("principle", None) or PrincipleFactory(quadrant__charter=charter)
    return {
        "principle": principle.code,
        "number": "26",
        "short_title": "Trees planted",
        "wording": "Number of trees planted in the area",
        "answered_by": "procurement",
        "label": "Trees planted over the contract",
        "unit": "trees",
        "another_unit": "",
        "evidence_text": "Photographs",
        "source": "",
    } | changes


def add(client, charter, **changes):
    return client.post(reverse("metrics:add", args=[charter.pk]), new_metric(charter, **changes))


def test_a_metric_is_added_and_its_target_comes_next(client, metric, officer):
    response = add(client, metric.charter)

    added = Metric.objects.get(number=26)
    assert response.url == url("edit_shape", added)
    assert added.target_text == "?? trees"
    assert added.measure == {
        "id": "m26",
        "target": {"kind": "undetermined", "printed": "?? trees"},
    }
    assert added.quantities == [
        {"id": "m26", "label": "Trees planted over the contract", "unit": "trees"}
    ]
    assert [flag.kind for flag in added.flags.all()] == [FlagKind.TARGET_NOT_SET]
    assert AuditEvent.objects.get(verb="metric.added").details["metric"] == "26 Trees planted"


def test_the_next_free_number_is_offered(client, metric, officer):
    page = client.get(reverse("metrics:add", args=[metric.charter_id]))

    assert page.context["form"]["number"].value() == 6


def test_the_quantity_of_a_new_metric_never_shares_the_name_of_another(client, metric, officer):
    metric.number = 9
    metric.quantities = [{"id": "m5", "label": "Hours", "unit": "hours"}]
    metric.save()

    add(client, metric.charter, number="5")

    assert Metric.objects.get(number=5).quantities[0]["id"] == "m5_2"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"number": ""}, {"number": ["Enter the number"]}),
        ({"number": "0"}, {"number": ["Number must be 1 or more"]}),
        ({"number": "10000"}, {"number": ["Number must be 9,999 or less"]}),
        ({"number": "1.5"}, {"number": ["Number must be a whole number, for example 14"]}),
        ({"number": "5"}, {"number": ["Number 5 is “Hours for schools”. Choose another."]}),
        ({"short_title": " "}, {"short_title": ["Enter the short title"]}),
        (
            {"short_title": "x" * 101},
            {"short_title": ["Short title must be 100 characters or fewer"]},
        ),
        ({"wording": ""}, {"wording": ["Enter the metric in full"]}),
        ({"label": ""}, {"label": ["Enter what is counted"]}),
        ({"unit": ""}, {"unit": ["This field is required."]}),
        ({"unit": "another"}, {"another_unit": ["Enter the unit, for example bicycles"]}),
        (
            {"another_unit": "bicycles"},
            {"another_unit": ["Choose “Another unit” in the list, or leave this empty"]},
        ),
        (
            {"unit": "another", "another_unit": "x" * 41},
            {"another_unit": ["Another unit must be 40 characters or fewer"]},
        ),
    ],
)
def test_what_is_wrong_with_a_new_metric_stands_beside_its_field(
    client, metric, officer, changes, expected
):
    metric.short_title = "Hours for schools"
    metric.save()

    response = add(client, metric.charter, **changes)

    assert errors(response) == expected
    assert Metric.objects.count() == 1


@pytest.mark.parametrize("name", ["principle", "answered_by", "unit"])
def test_a_choice_that_is_not_offered_is_refused(client, metric, officer, name):
    response = (
        add(client, metric.charter, **{name: "nonsense"})
        if name != "principle"
        else (
            client.post(
                reverse("metrics:add", args=[metric.charter_id]),
                new_metric(metric.charter) | {"principle": "nonsense"},
            )
        )
    )

    assert list(errors(response)) == [name]


def test_a_new_unit_is_taken_as_the_list_spells_it(client, metric, officer):
    add(client, metric.charter, unit="another", another_unit="TREES")
    add(client, metric.charter, unit="another", another_unit="bicycles", number="27")

    assert [one.unit for one in Metric.objects.filter(number__gt=5)] == ["trees", "bicycles"]


def test_a_new_unit_is_then_offered_to_others(client, metric, officer):
    add(client, metric.charter, unit="another", another_unit="bicycles")

    page = client.get(reverse("metrics:add", args=[metric.charter_id]))

    assert ("bicycles", "bicycles") in page.context["form"].fields["unit"].choices


# Words.


def test_the_words_are_changed(client, metric, officer):
    save(client, "edit_words", metric, short_title="Visits", answered_by="both", number="7")

    metric.refresh_from_db()
    assert (metric.short_title, metric.answered_by, metric.number) == (
        "Visits",
        AnsweredBy.BOTH,
        7,
    )
    assert AuditEvent.objects.get().verb == "metric.words_edited"


def test_a_metric_keeps_its_own_number(client, metric, officer):
    assert save(client, "edit_words", metric).status_code == 302


def test_missing_evidence_is_noted_and_the_note_goes_when_it_is_there(client, metric, officer):
    save(client, "edit_words", metric, evidence_text="")
    assert [flag.kind for flag in metric.flags.all()] == [FlagKind.EVIDENCE_MISSING]

    save(client, "edit_words", metric, evidence_text="Timesheets")
    assert metric.flags.count() == 0


def test_two_people_at_once_do_not_overwrite_each_other(client, metric, officer):
    shown = as_shown(client.get(url("edit_words", metric)))
    Metric.objects.filter(pk=metric.pk).update(wording="Changed meanwhile")

    response = client.post(url("edit_words", metric), shown | {"short_title": "Mine"})

    assert "This metric was changed while you were working on it." in words(response)
    assert response.context["form"]["short_title"].value() == "Mine"
    metric.refresh_from_db()
    assert metric.wording == "Changed meanwhile"
    again = as_shown(response)
    assert client.post(url("edit_words", metric), again).status_code == 302


def test_a_base_of_the_authority_is_not_asked_of_bidders(client, metric, officer):
    metric.answered_by = AnsweredBy.POLICY
    metric.bases = [{"id": "cost", "label": "Cost", "unit": "£", "stated_by": "authority"}]
    metric.measure = {"id": "m5", "target": {"kind": "share", "percent": "1", "base": "cost"}}
    metric.save()

    response = save(client, "edit_words", metric, answered_by="both")

    assert errors(response) == {
        "answered_by": [
            "“Cost” is stated by the authority, and no tender states it. "
            "Where bidders answer, let the bidder state it."
        ]
    }


# Where and whom.


def test_where_and_whom_are_said(client, metric, officer):
    save(
        client,
        "edit_reach",
        metric,
        geography="LEP postcodes",
        geography_definition="The list of 2026",
        whom="counted",
        at_least="1,000",
        size_unit="employees",
        size_words="companies with 1,000 or more employees",
        past_label="Hours last year",
        past_unit="hours",
        past_months="12",
    )

    metric.refresh_from_db()
    assert metric.geography == "LEP postcodes"
    assert metric.applies_to == {
        "words": "companies with 1,000 or more employees",
        "who": "counted",
        "at_least": "1000",
        "unit": "employees",
    }
    assert metric.track_record == {"label": "Hours last year", "unit": "hours", "months": 12}


def test_a_unit_of_its_own_stays_where_it_is(client, metric, officer):
    metric.applies_to = {"words": "Large", "who": "bidder", "at_least": "5.0", "unit": "boats"}
    metric.track_record = {"label": "Trips", "unit": "voyages", "months": 12}
    metric.save()
    before = now(metric)

    assert save(client, "edit_reach", metric).status_code == 302

    assert now(metric) == before


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"geography": "Here"}, {"geography_definition": ["Enter what that area is"]}),
        ({"geography_definition": "Here"}, {"geography": ["Enter the area"]}),
        (
            {"whom": "bidder"},
            {
                "at_least": ["Enter the smallest size"],
                "size_words": ["Enter whom it is about, in words"],
            },
        ),
        (
            {"whom": "counted", "at_least": "0", "size_words": "large ones"},
            {"at_least": ["Smallest size must be above 0"]},
        ),
        (
            {"at_least": "50"},
            {"at_least": ["Leave this empty if the metric is about everyone"]},
        ),
        (
            {"past_label": "Hours"},
            {
                "past_unit": ["Choose the unit of what was done"],
                "past_months": ["Enter over how many months"],
            },
        ),
        (
            {"whom": "nobody"},
            {"whom": ["Select a valid choice. nobody is not one of the available choices."]},
        ),
    ],
)
def test_what_is_half_said_is_refused_beside_its_field(client, metric, officer, changes, expected):
    response = save(client, "edit_reach", metric, **changes)

    assert errors(response) == expected


# Overlaps.


def test_an_overlap_is_said_of_both(client, metric, officer):
    (other,) = others_of(metric, 1)

    save(client, "edit_overlaps", metric, overlaps=[str(other.pk)])

    assert list(metric.overlaps.all()) == [other]
    assert list(other.overlaps.all()) == [metric]


def test_a_metric_of_another_charter_does_not_overlap(client, metric, officer):
    others_of(metric, 1)
    foreign = MetricFactory()

    response = save(client, "edit_overlaps", metric, overlaps=[str(foreign.pk)])

    assert list(errors(response)) == ["overlaps"]


# Notes.


def test_a_note_is_added_and_removed(client, metric, officer):
    save(client, "add_flag", metric, kind="compound", words="Two in one.", source="Paper, 17")
    (flag,) = metric.flags.all()
    assert (flag.kind, flag.words, flag.source) == ("compound", "Two in one.", "Paper, 17")

    client.post(reverse("metrics:remove_flag", args=[metric.pk, flag.kind]))
    assert metric.flags.count() == 0


@pytest.mark.parametrize(
    "kind", [FlagKind.TARGET_NOT_SET, FlagKind.LEFT_OPEN, FlagKind.EVIDENCE_MISSING]
)
def test_notes_that_follow_from_a_metric_are_nobodys_to_add_or_remove(
    client, metric, officer, kind
):
    response = save(client, "add_flag", metric, kind=kind, words="x", source="y")
    assert list(errors(response)) == ["kind"]

    flag = MetricFlagFactory(metric=metric, kind=kind)
    gone = client.post(reverse("metrics:remove_flag", args=[metric.pk, flag.kind]))
    assert gone.status_code == 409
    assert metric.flags.count() == 1


def test_a_kind_of_note_stands_once(client, metric, officer):
    MetricFlagFactory(metric=metric, kind=FlagKind.ROUNDING)

    response = save(client, "add_flag", metric, kind="rounding", words="x", source="y")

    assert list(errors(response)) == ["kind"]


def test_a_note_of_another_metric_is_not_found(client, metric, officer):
    flag = MetricFlagFactory()

    gone = client.post(reverse("metrics:remove_flag", args=[metric.pk, flag.kind]))

    assert gone.status_code == 404


# Removing.


def test_removing_asks_first(client, metric, officer):
    page = client.get(url("remove", metric))
    assert f"Remove “{metric.short_title}”?" in words(page)
    assert Metric.objects.count() == 1

    client.post(url("remove", metric))
    assert Metric.objects.count() == 0
    assert AuditEvent.objects.get().details["metric"] == str(metric)


def test_a_metric_in_use_is_not_removed(client, metric, officer):
    CriterionFactory(group=Group.SOCIAL_VALUE, metric=metric, measure=metric.measure)

    response = client.post(url("remove", metric))

    assert response.status_code == 409
    assert Metric.objects.filter(pk=metric.pk).exists()


# The pages.


def test_the_first_page_shows_the_target_in_words_and_every_part(client, metric, officer):
    page = words(client.get(url("edit", metric)))

    assert "At least 36 hours." in page
    for name in ("edit_target", "edit_words", "edit_reach", "edit_overlaps", "add_flag", "remove"):
        assert url(name, metric) in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_first_page_needs_no_more_queries_for_more_notes(
    client, metric, officer, django_assert_num_queries, count
):
    MetricFlagFactory.create_batch(count, metric=metric)
    metric.overlaps.set(others_of(metric, count))

    with django_assert_num_queries(9):
        client.get(url("edit", metric))


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", ["edit_target", "edit_overlaps"])
def test_a_form_needs_no_more_queries_for_more_metrics(
    client, metric, officer, django_assert_num_queries, name, count
):
    others_of(metric, count)

    with django_assert_num_queries({"edit_target": 10, "edit_overlaps": 11}[name]):
        client.get(url(name, metric))


def test_markup_typed_into_a_metric_is_printed_as_text(client, metric, officer):
    bad = "<script>alert(1)</script>"
    save(client, "edit_words", metric, short_title=bad, wording=bad, evidence_text=bad)
    save(client, "edit_reach", metric, geography=bad, geography_definition=bad)
    save(client, "edit_target", metric, target_text=f"36 {bad}")
    save(client, "add_flag", metric, kind="compound", words=bad, source=bad)

    for name in (*ALL_PAGES, "detail"):
        assert bad not in client.get(url(name, metric)).content.decode()
    catalogue = client.get(reverse("metrics:list"), {"charter": metric.charter_id})
    assert bad not in catalogue.content.decode()


def test_a_published_metric_offers_no_way_to_change_it(client, metric, officer):
    assert url("edit", metric) in words(client.get(url("detail", metric)))

    metric.charter.status = "published"
    metric.charter.save()

    assert url("edit", metric) not in words(client.get(url("detail", metric)))


def test_only_those_who_may_are_offered_a_new_metric(client, metric, officer):
    address = reverse("metrics:add", args=[metric.charter_id])
    catalogue = reverse("metrics:list") + f"?charter={metric.charter_id}"
    assert address in words(client.get(catalogue))

    client.force_login(person_in(metric.charter.authority, Role.BOARD))

    assert address not in words(client.get(catalogue))
