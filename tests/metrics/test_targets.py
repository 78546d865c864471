"""Missing targets: who sees to each, how each is resolved, and how many are left."""

import uuid
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.http import urlencode

from accounts.roles import IN_AN_AUTHORITY, Role
from charter.decisions import Decision
from metrics import actions
from metrics.content import digest_of_metrics
from metrics.models import FlagKind, Metric, Route, TargetResolution
from records.models import AuditEvent
from tests.factories.accounts import (
    LONG_AGO,
    AuthorityFactory,
    SupplierFactory,
    UserFactory,
    bidder_of,
    person_in,
)
from tests.factories.charter import CharterFactory
from tests.factories.metrics import MetricFactory
from tests.metrics.browsing import as_shown
from tests.metrics.lives import answer

pytestmark = pytest.mark.django_db


def url(name, metric):
    return reverse(f"metrics:{name}", args=[metric.pk])


def words(response):
    return " ".join(response.content.decode().split())


def errors(response):
    return dict(response.context["form"].errors)


def targets(client, charter):
    return client.get(reverse("metrics:targets", args=[charter.pk]))


def states(response):
    return [(row.metric.number, row.printed, row.state) for row in response.context["rows"]]


@pytest.fixture
def metric():
    """?? hours, in a draft."""
    return MetricFactory(charter=CharterFactory(draft=True), number=5, target_not_set=True)


@pytest.fixture
def admin(client, metric):
    person = person_in(metric.charter.authority, Role.ADMINISTRATOR)
    client.force_login(person)
    return person


def shape(route="baseline", kind="absolute", **changes):
    asked = {
        "route": route,
        "label_1": "Hours planned",
        "unit_1": "hours",
        "another_1": "",
        "kind_1": kind,
        "direction_1": "higher",
        "join": "any",
    }
    return "?" + urlencode(asked | changes)


GROUNDS = {
    "baseline": {"baseline": "30 hours", "baseline_year": "2025"},
    "benchmark": {"benchmark": "40 hours", "benchmark_source": "A published study"},
    "stakeholders": {"groups": "Schools and colleges", "groups_when": "12 March 2026"},
    "left-open": {"looked_for": "How well it fits the school year"},
}
DECISION = {
    "target_text": "At least 36 hours",
    "reason": "A fifth more than last year",
    "approved_by": "The Board",
    "decided_on_day": "5",
    "decided_on_month": "1",
    "decided_on_year": "2026",
}


def resolve(client, metric, route="baseline", query=None, **changes):
    """Take the last page of a resolution by one route, and save it."""
    query = query or (shape(route) if route != "left-open" else f"?route={route}")
    address = url("resolve", metric) + query
    typed = as_shown(client.get(address)) | DECISION | GROUNDS[route]
    if route == "left-open":
        typed["target_text"] = "Left open"
    else:
        typed["amount_1"] = "36"
    response = client.post(address, typed | changes)
    metric.refresh_from_db()
    return response


# The four routes.


@pytest.mark.parametrize(
    ("route", "grounds"),
    [
        ("baseline", "Our own baseline: 30 hours\nYear of the baseline: 2025"),
        ("benchmark", "Benchmark: 40 hours\nWhere it comes from: A published study"),
        ("stakeholders", "Who decided: Schools and colleges\nWhen: 12 March 2026"),
    ],
)
def test_a_missing_target_is_set_by_a_recorded_route(client, metric, admin, route, grounds):
    response = resolve(client, metric, route)

    assert response.url == reverse("metrics:targets", args=[metric.charter_id])
    measure = {"id": "m5", "target": {"kind": "absolute", "value": "36"}}
    assert (metric.measure, metric.target_text, metric.unit) == (
        measure,
        "At least 36 hours",
        "hours",
    )
    assert metric.flags.count() == 0
    record = TargetResolution.objects.get()
    assert (record.route, record.printed, record.target_text, record.unit) == (
        route,
        "?? hours",
        "At least 36 hours",
        "hours",
    )
    assert (record.measure, record.grounds, record.reason) == (
        measure,
        grounds,
        "A fifth more than last year",
    )
    assert (record.approved_by, record.decided_on, record.recorded_by) == (
        "The Board",
        date(2026, 1, 5),
        admin,
    )
    assert AuditEvent.objects.get().details["route"] == route


def test_a_target_may_be_left_open_in_words(client, metric, admin):
    resolve(client, metric, "left-open")

    assert not metric.is_target_set
    assert metric.target_text == "Left open"
    assert [(flag.kind, flag.words, flag.source) for flag in metric.flags.all()] == [
        (
            FlagKind.LEFT_OPEN,
            "What evaluators look for: How well it fits the school year",
            "Approved by The Board",
        )
    ]
    assert TargetResolution.objects.get().unit == ""
    page = words(client.get(url("detail", metric)))
    assert "Left open: no number is asked for, and evaluators mark the answer." in page
    assert "Target left open" in page


def test_a_target_left_open_can_be_set_later_by_another_decision(client, metric, admin):
    resolve(client, metric, "left-open")

    resolve(client, metric, "benchmark")

    assert metric.is_target_set
    assert metric.flags.count() == 0
    assert [one.route for one in TargetResolution.objects.all()] == ["left-open", "benchmark"]
    assert [one.printed for one in TargetResolution.objects.all()] == ["?? hours", "Left open"]


def test_a_target_left_open_is_not_left_open_again(client, metric, admin):
    resolve(client, metric, "left-open")

    response = resolve(client, metric, "left-open")

    assert errors(response) == {"target_text": ["This target is left open already."]}


def test_a_target_left_open_may_still_be_worded_anew(client, metric, admin):
    resolve(client, metric, "left-open")

    typed = as_shown(client.get(url("edit_target", metric)))
    client.post(url("edit_target", metric), typed | {"target_text": "Say what you offer"})

    metric.refresh_from_db()
    assert metric.target_text == "Say what you offer"
    assert [flag.kind for flag in metric.flags.all()] == [FlagKind.LEFT_OPEN]


def test_a_resolution_may_set_a_share_a_unit_and_a_step(client, metric, admin):
    resolve(
        client,
        metric,
        query=shape(kind="share", unit_1="people", label_1="People"),
        base_label_1="Staff",
        base_unit_1="people",
        from_1_1_day="1",
        from_1_1_month="1",
        from_1_1_year="2030",
        to_1_1="50",
    )

    assert metric.measure["target"] == {"kind": "share", "percent": "36", "base": "staff"}
    assert (metric.unit, metric.bases[0]["label"]) == ("people", "Staff")
    assert metric.later_measures[0]["measure"]["target"]["percent"] == "50"


def test_the_pages_lead_from_the_route_to_the_kind_to_the_decision(client, metric, admin):
    first = client.get(url("resolve", metric))
    assert [value for value, _ in first.context["form"].fields["route"].choices] == Route.values

    second = client.get(url("resolve", metric) + "?route=benchmark")
    assert "undetermined" not in [
        kind for kind, _ in second.context["form"].fields["kind_1"].choices
    ]
    assert second.context["form"]["label_1"].value() == "Hours planned"

    third = client.get(url("resolve", metric) + shape("benchmark"))
    assert "Where the benchmark comes from" in words(third)


@pytest.mark.parametrize("query", ["?route=magic", "?route=", "?route=baseline&label_1="])
def test_an_address_that_makes_no_sense_is_refused_in_words(client, metric, admin, query):
    for response in (
        client.get(url("resolve", metric) + query),
        client.post(url("resolve", metric) + query, DECISION),
    ):
        assert response.status_code == 200
        assert errors(response)
    assert TargetResolution.objects.count() == 0


@pytest.mark.parametrize(
    ("route", "changes", "expected"),
    [
        ("baseline", {"baseline": ""}, {"baseline": ["Enter your baseline"]}),
        ("baseline", {"baseline_year": ""}, {"baseline_year": ["Enter the year of the baseline"]}),
        ("benchmark", {"benchmark": " "}, {"benchmark": ["Enter the benchmark"]}),
        (
            "benchmark",
            {"benchmark_source": ""},
            {"benchmark_source": ["Enter where the benchmark comes from"]},
        ),
        ("stakeholders", {"groups": ""}, {"groups": ["Answer “Which groups decided?”"]}),
        (
            "stakeholders",
            {"groups_when": ""},
            {"groups_when": ["Answer “When did they decide?”"]},
        ),
        (
            "left-open",
            {"looked_for": ""},
            {"looked_for": ["Answer “What should evaluators look for?”"]},
        ),
        ("left-open", {"reason": ""}, {"reason": ["Answer “Why is it left open?”"]}),
        ("baseline", {"reason": ""}, {"reason": ["Answer “Why this target?”"]}),
        ("baseline", {"approved_by": ""}, {"approved_by": ["Answer “Who approved it?”"]}),
        ("baseline", {"amount_1": ""}, {"amount_1": ["Enter the target amount"]}),
        ("baseline", {"target_text": ""}, {"target_text": ["Enter the target in words"]}),
        (
            "baseline",
            {"target_text": "?? hours"},
            {"target_text": ["Put the target in place of ??."]},
        ),
        (
            "left-open",
            {"target_text": "?? hours"},
            {"target_text": ["Put the target in place of ??."]},
        ),
        (
            "baseline",
            {"decided_on_day": "", "decided_on_month": "", "decided_on_year": ""},
            {"decided_on": ["Enter the date of the decision"]},
        ),
        (
            "baseline",
            {"decided_on_day": "31", "decided_on_month": "2"},
            {"decided_on": ["Date of the decision must be a real date, for example 27 3 2027"]},
        ),
        (
            "baseline",
            {"decided_on_year": "2999"},
            {"decided_on": ["Date of the decision must be today or in the past."]},
        ),
    ],
)
def test_what_a_decision_lacks_stands_beside_its_field(
    client, metric, admin, route, changes, expected
):
    response = resolve(client, metric, route, **changes)

    assert errors(response) == expected
    assert TargetResolution.objects.count() == 0
    assert metric.target_text == "?? hours"
    assert [flag.kind for flag in metric.flags.all()] == [FlagKind.TARGET_NOT_SET]


def test_a_decision_of_today_counts_as_taken(metric, admin):
    actions.resolve_target(**decision(metric), decided_on=LONG_AGO.date(), by=admin, at=LONG_AGO)

    assert TargetResolution.objects.get().decided_on == LONG_AGO.date()


def decision(metric):
    return {
        "metric": metric,
        "route": Route.LEFT_OPEN,
        "grounds": "What evaluators look for: sense",
        "reason": "No number would be fair",
        "approved_by": "The Board",
        "target_text": "Left open",
        "apart": None,
        "new_bases": [],
    }


def test_a_decision_on_what_changed_meanwhile_is_not_recorded(client, metric, admin):
    address = url("resolve", metric) + "?route=left-open"
    typed = as_shown(client.get(address)) | DECISION | GROUNDS["left-open"]
    Metric.objects.filter(pk=metric.pk).update(wording="Changed meanwhile")

    response = client.post(address, typed | {"target_text": "Left open"})

    assert "This metric was changed while you were working on it." in words(response)
    assert TargetResolution.objects.count() == 0


# Who may, and when.


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.ADMINISTRATOR, 200),
        (Role.OFFICER, 404),
        (Role.BOARD, 403),
        (Role.EVALUATOR, 404),
        (Role.APPROVER, 404),
        (Role.CONTRACT_MANAGER, 404),
    ],
)
@pytest.mark.parametrize("name", ["resolve", "set_owner"])
def test_administrators_resolve_targets(client, metric, name, role, status):
    client.force_login(person_in(metric.charter.authority, role))

    assert client.get(url(name, metric)).status_code == status


@pytest.mark.parametrize("name", ["resolve", "set_owner"])
def test_nobody_from_outside_finds_the_pages(client, metric, name):
    assert client.get(url(name, metric)).status_code == 302
    for person in (
        bidder_of(SupplierFactory()),
        person_in(AuthorityFactory(), Role.ADMINISTRATOR),
        UserFactory(),
    ):
        client.force_login(person)
        assert client.get(url(name, metric)).status_code == 404
        assert targets(client, metric.charter).status_code == 404


def test_the_actions_themselves_refuse_whoever_may_not(metric):
    officer = person_in(metric.charter.authority, Role.OFFICER, Role.BOARD)

    with pytest.raises(PermissionDenied):
        actions.resolve_target(
            **decision(metric), decided_on=date(2026, 1, 1), by=officer, at=LONG_AGO
        )
    with pytest.raises(PermissionDenied):
        actions.set_owner(metric=metric, owner=officer, by=officer, at=LONG_AGO)


@pytest.mark.parametrize("state", ["published", "superseded"])
def test_a_target_of_a_version_in_force_is_not_resolved(client, metric, admin, state):
    metric.charter.status = state
    metric.charter.save()

    assert client.get(url("resolve", metric)).status_code == 409
    assert client.post(url("resolve", metric), DECISION).status_code == 409


def test_a_target_that_is_set_is_not_resolved(client, metric, admin):
    resolve(client, metric)

    assert client.get(url("resolve", metric)).status_code == 409


# Who sees to it.


def name_owner(client, metric, person):
    return client.post(url("set_owner", metric), {"owner": str(person.pk) if person else ""})


def test_a_colleague_is_named_and_no_longer_named(client, metric, admin):
    colleague = person_in(metric.charter.authority, Role.OFFICER, Role.EVALUATOR)

    name_owner(client, metric, colleague)
    metric.refresh_from_db()
    assert metric.target_owner == colleague
    assert colleague.full_name in words(targets(client, metric.charter))

    name_owner(client, metric, None)
    metric.refresh_from_db()
    assert metric.target_owner is None


def test_naming_an_owner_changes_no_content(client, metric, admin):
    metric.charter.status = "published"
    metric.charter.save()
    before = digest_of_metrics(Metric.objects.with_content())

    assert name_owner(client, metric, admin).status_code == 302

    assert digest_of_metrics(Metric.objects.with_content()) == before
    metric.refresh_from_db()
    assert metric.target_owner == admin


def test_the_draft_and_the_version_in_force_name_the_same_person(client, metric, admin):
    in_force = MetricFactory(
        charter__authority=metric.charter.authority, lineage=metric.lineage, target_not_set=True
    )

    name_owner(client, metric, admin)

    in_force.refresh_from_db()
    assert in_force.target_owner == admin


def test_somebody_from_elsewhere_is_not_named(client, metric, admin):
    stranger = person_in(AuthorityFactory(), Role.OFFICER)

    response = name_owner(client, metric, stranger)

    assert list(errors(response)) == ["owner"]


def test_nobody_needs_to_see_to_a_target_that_is_set_or_superseded(client, metric, admin):
    resolve(client, metric)
    assert name_owner(client, metric, admin).status_code == 409

    old = MetricFactory(
        charter=CharterFactory(superseded=True, authority=metric.charter.authority),
        target_not_set=True,
    )
    assert name_owner(client, old, admin).status_code == 409


# The list.


@pytest.mark.parametrize("role", IN_AN_AUTHORITY)
def test_everybody_in_the_authority_sees_what_is_missing(client, metric, role):
    client.force_login(person_in(metric.charter.authority, role))

    response = targets(client, metric.charter)

    assert states(response) == [(5, "?? hours", "Not set")]
    assert "1 of 1 targets is not set." in words(response)


def test_only_administrators_are_offered_a_way_to_resolve(client, metric, admin):
    assert url("resolve", metric) in words(targets(client, metric.charter))

    client.force_login(person_in(metric.charter.authority, Role.BOARD))
    assert url("resolve", metric) not in words(targets(client, metric.charter))


def test_a_list_with_nothing_missing_says_so(client):
    metric = MetricFactory()
    client.force_login(person_in(metric.charter.authority, Role.BOARD))

    response = targets(client, metric.charter)

    assert states(response) == []
    assert "No target is missing." in words(response)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_needs_no_more_queries_for_more_targets(
    client, metric, admin, django_assert_num_queries, count
):
    for one in range(count):
        other = MetricFactory(charter=metric.charter, number=100 + one, target_not_set=True)
        actions.resolve_target(
            **decision(other), decided_on=date(2026, 1, 1), by=admin, at=LONG_AGO
        )

    with django_assert_num_queries(10):
        response = targets(client, metric.charter)

    assert len(response.context["rows"]) == count + 1


@pytest.mark.parametrize("count", [1, 3])
def test_a_metric_needs_no_more_queries_for_more_decisions_and_overlaps(
    client, metric, admin, django_assert_num_queries, count
):
    actions.resolve_target(**decision(metric), decided_on=date(2026, 1, 1), by=admin, at=LONG_AGO)
    for one in range(count):
        metric.overlaps.add(MetricFactory(charter=metric.charter, number=100 + one))
        record = TargetResolution.objects.first()
        record.pk = uuid.uuid4()
        record.save(force_insert=True)
    metric.charter.status = "published"
    metric.charter.save()
    client.logout()

    with django_assert_num_queries(4):
        response = client.get(url("detail", metric))

    assert len(response.context["resolutions"]) == count + 1


def test_the_targets_burn_down_from_version_to_version(client):
    """The paper starts at 4 of 25; one is set and one is left open in version 2."""
    authority = AuthorityFactory()
    admin = person_in(authority, Role.ADMINISTRATOR)
    client.force_login(admin)
    minuted = Decision(
        body="The Board",
        decided_on=date(2026, 1, 5),
        minute_reference="7",
        effective_from=date(2026, 1, 5),
    )
    first = actions.adopt_pack(
        code="sslep-2021",
        authority=authority,
        in_force=True,
        decision=minuted,
        reason="Read by the board.",
        by=admin,
        at=LONG_AGO,
    )
    assert "4 of 25 targets are not set." in words(targets(client, first))
    second = actions.start_new_version(
        charter=first, reason="To set targets", by=admin, at=LONG_AGO
    )
    set_now, left_open = second.metrics.filter(number__in=[7, 10])
    resolve(client, set_now)
    resolve(client, left_open, "left-open")

    response = targets(client, second)

    assert response.context["chart"].rows == [
        ["Version 1, 25 metrics", "4", "0"],
        ["Version 2, a draft, 25 metrics", "2", "1"],
    ]
    assert states(response) == [
        (6, "??% of energy usage in ? units", "Not set"),
        (7, "?? metric tonnes", "Set"),
        (8, "?? metric tonnes CO2 equivalents (MTCDE)", "Not set"),
        (10, "?? miles per annum", "Left open"),
    ]
    before = targets(client, first)
    assert [state for _, _, state in states(before)] == ["Not set"] * 4
    _the_record_follows_the_metric(client, second, minuted, admin, set_now)


def _the_record_follows_the_metric(client, second, minuted, admin, metric):
    """Into later versions and before the public, and not back into earlier ones."""
    answer(second, by=admin)
    actions.publish_version(charter=second, decision=minuted, by=admin, at=LONG_AGO)
    third = actions.start_new_version(charter=second, reason="Next", by=admin, at=LONG_AGO)
    copy = third.metrics.get(lineage=metric.lineage)

    assert "A fifth more than last year" in words(client.get(url("detail", copy)))
    assert states(targets(client, third))[1] == (7, "?? metric tonnes", "Set")
    client.logout()
    assert "A fifth more than last year" in words(client.get(url("detail", metric)))
    original = Metric.objects.get(lineage=metric.lineage, charter__version=1)
    assert "A fifth more than last year" not in words(client.get(url("detail", original)))


def test_markup_typed_into_a_decision_is_printed_as_text(client, metric, admin):
    bad = "<script>alert(1)</script>"
    resolve(
        client,
        metric,
        "benchmark",
        benchmark=bad,
        benchmark_source=bad,
        reason=bad,
        approved_by=bad,
        target_text=bad,
    )

    for page in (targets(client, metric.charter), client.get(url("detail", metric))):
        assert bad not in page.content.decode()
        assert "&lt;script&gt;" in page.content.decode()


def test_lists_are_only_looked_at(client, metric, admin):
    assert client.post(reverse("metrics:targets", args=[metric.charter_id])).status_code == 405
