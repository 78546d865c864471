"""The target of a metric as an officer changes it: its kind, its numbers, its words."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.http import urlencode

from accounts.access import Conflict
from accounts.roles import Role
from metrics import actions
from metrics.models import AnsweredBy, FlagKind, Metric
from metrics.parts import take_apart
from records.models import AuditEvent
from tests.factories.accounts import LONG_AGO, person_in
from tests.factories.charter import CharterFactory
from tests.factories.metrics import MetricFactory
from tests.metrics.browsing import as_shown

pytestmark = pytest.mark.django_db


def url(name, metric):
    return reverse(f"metrics:{name}", args=[metric.pk])


def words(response):
    return " ".join(response.content.decode().split())


def errors(response):
    return dict(response.context["form"].errors)


@pytest.fixture
def metric():
    """At least 36 hours, in a draft."""
    return MetricFactory(charter=CharterFactory(draft=True), number=5)


@pytest.fixture(autouse=True)
def officer(client, metric):
    person = person_in(metric.charter.authority, Role.OFFICER)
    client.force_login(person)
    return person


def shape(kind="absolute", **changes):
    """The query in which the first page hands its answers to the second."""
    asked = {
        "label_1": "Hours planned",
        "unit_1": "hours",
        "another_1": "",
        "kind_1": kind,
        "direction_1": "higher",
        "join": "any",
    }
    return "?" + urlencode(asked | changes)


def save(client, metric, query="", **changes):
    address = url("edit_target", metric) + query
    typed = as_shown(client.get(address)) | changes
    response = client.post(address, typed)
    metric.refresh_from_db()
    return response


def test_the_quick_way_changes_the_amount_and_the_words(client, metric):
    assert url("edit_target", metric) in words(client.get(url("detail", metric)))

    response = save(client, metric, amount_1="1,250.50", target_text="At least 1,250.5 hours")

    assert response.url == url("edit", metric)
    assert metric.measure == {"id": "m5", "target": {"kind": "absolute", "value": "1250.5"}}
    assert metric.target_text == "At least 1,250.5 hours"
    assert "At least 1,250.5 hours." in words(client.get(response.url))
    assert AuditEvent.objects.get().details["before"]["target"]["value"] == "36"


@pytest.mark.parametrize(
    ("amount", "error"),
    [
        ("", "Enter the target amount"),
        ("many", "The target amount must be a number, for example 12.5"),
        ("1e3", "The target amount must be a number, for example 12.5"),
        ("1_000", "The target amount must be a number, for example 12.5"),
        ("１２", "The target amount must be a number, for example 12.5"),
        ("-1", "The target amount must be 0 or more"),
        ("0", "The target must be above 0, or every answer would earn all points"),
        ("9" * 16, "The target amount must have 15 digits or fewer before the decimal point"),
        ("0." + "1" * 10, "The target amount must have 9 decimal places or fewer"),
    ],
)
def test_an_amount_that_is_no_number_is_refused_beside_its_field(client, metric, amount, error):
    response = save(client, metric, amount_1=amount, target_text="Another target")

    assert errors(response) == {"amount_1": [error]}
    assert metric.measure["target"]["value"] == "36"


@pytest.mark.parametrize("amount", ["9" * 15, "0.000000001", "999999999999999.999999999"])
def test_the_largest_and_the_smallest_numbers_are_kept_exactly(client, metric, amount):
    save(client, metric, amount_1=amount, target_text="Another target")

    assert metric.measure["target"]["value"] == amount


def test_a_number_that_has_not_changed_stays_as_it_was_written(client, metric):
    metric.measure["target"]["value"] = "36.0"
    metric.save()

    save(client, metric)

    assert metric.measure["target"]["value"] == "36.0"


def test_words_that_still_say_the_old_number_are_refused(client, metric):
    response = save(client, metric, amount_1="48")

    assert errors(response) == {
        "target_text": ["The words still say 36. Change them to say what the target is now"]
    }


def test_words_without_a_number_may_stay(client, metric):
    metric.target_text = "As many hours as we can"
    metric.save()

    assert save(client, metric, amount_1="48").status_code == 302


def test_a_share_of_something_known(client, metric):
    save(client, metric, shape("share"), amount_1="0.5", base_1="contract_value")

    assert metric.measure["target"] == {
        "kind": "share",
        "percent": "0.5",
        "base": "contract_value",
    }
    assert [base["id"] for base in metric.bases] == ["contract_value"]


def test_a_share_of_something_new(client, metric):
    save(
        client,
        metric,
        shape("share"),
        amount_1="110",
        base_1="",
        base_label_1="Staff & volunteers",
        base_unit_1="people",
        base_stated_1="bidder",
    )

    assert metric.measure["target"] == {
        "kind": "share",
        "percent": "110",
        "base": "staff_volunteers",
    }
    assert metric.bases == [
        {
            "id": "staff_volunteers",
            "label": "Staff & volunteers",
            "unit": "people",
            "stated_by": "bidder",
        }
    ]


def test_a_base_of_one_metric_is_offered_to_the_others(client, metric):
    MetricFactory(charter=metric.charter, number=100, share_of_headcount=True)

    page = client.get(url("edit_target", metric) + shape("share"))

    offered = [name for name, _ in page.context["form"].fields["base_1"].choices]
    assert offered == ["", "headcount", "contract_value", "months", "years"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {"base_1": ["Choose from the list, or say what it is below"]}),
        (
            {"base_1": "months", "base_label_1": "Something"},
            {"base_label_1": ["Choose from the list or enter a new one, not both"]},
        ),
        (
            {"base_label_1": "Something"},
            {"base_unit_1": ["Enter its unit, for example people"]},
        ),
        (
            {"base_label_1": "Cost", "base_unit_1": "£", "base_stated_1": "authority"},
            {
                "base_1": [
                    "“Cost” is stated by the authority, and no tender states it. "
                    "Where bidders answer, let the bidder state it."
                ]
            },
        ),
    ],
)
def test_what_a_share_is_of_must_be_said(client, metric, changes, expected):
    response = save(client, metric, shape("share"), amount_1="5", target_text="5%", **changes)

    assert errors(response) == expected


def test_the_authority_may_state_a_base_where_it_alone_answers(client, metric):
    metric.answered_by = AnsweredBy.POLICY
    metric.save()

    save(
        client,
        metric,
        shape("share"),
        amount_1="5",
        base_label_1="Price",
        base_unit_1="£",
        base_stated_1="authority",
    )

    assert metric.bases[0]["id"] == "price_2"


def test_so_many_for_every_so_many(client, metric):
    MetricFactory(charter=metric.charter, number=100, share_of_headcount=True)

    save(
        client,
        metric,
        shape("ratio"),
        amount_1="6",
        per_1="50",
        base_1="headcount",
        blocks_1="floor",
        yearly_1="on",
    )

    assert metric.measure["target"] == {
        "kind": "ratio",
        "value": "6",
        "base": "headcount",
        "per": "50",
        "blocks": "floor",
        "years": "years",
    }
    assert [base["id"] for base in metric.bases] == ["headcount", "years"]


def test_a_group_of_nobody_is_refused(client, metric):
    response = save(client, metric, shape("ratio"), amount_1="6", per_1="0", base_1="months")

    assert errors(response) == {"per_1": ["Size of a group must be above 0"]}


def test_so_many_each_month(client, metric):
    page = client.get(url("edit_target", metric) + shape("period"))
    assert page.context["form"]["base_1"].value() == "months"

    save(client, metric, shape("period"), amount_1="15")

    assert metric.measure["target"] == {"kind": "period", "value": "15", "base": "months"}


def test_less_can_be_better_and_then_nothing_is_a_target(client, metric):
    save(client, metric, shape(direction_1="lower"), amount_1="0", target_text="No waste")

    assert metric.measure == {
        "id": "m5",
        "target": {"kind": "absolute", "value": "0"},
        "direction": "lower",
    }
    assert "Less is better" in words(client.get(url("detail", metric)))


def test_a_target_of_three_parts(client, metric):
    more = {
        f"{name}_{place}": value
        for place, label in ((2, "Money"), (3, "Days"))
        for name, value in (
            ("label", label),
            ("unit", "days"),
            ("kind", "absolute"),
            ("direction", "higher"),
        )
    }

    save(client, metric, shape(join="all", **more), amount_1="36", amount_2="2", amount_3="3")

    ids = [one["id"] for one in metric.measure["all_of"]]
    assert ids == ["m5", "m5_2", "m5_3"]
    assert [one["label"] for one in metric.quantities] == ["Hours planned", "Money", "Days"]
    back = shape(join="all")
    save(client, metric, back, amount_1="36")
    assert metric.measure == {"id": "m5", "target": {"kind": "absolute", "value": "36"}}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"label_1": ""}, ["label_1"]),
        ({"unit_1": ""}, ["unit_1"]),
        ({"kind_1": "magic"}, ["kind_1"]),
        ({"direction_1": ""}, ["direction_1"]),
        ({"kind_2": "share"}, ["label_2"]),
        ({"label_2": "More"}, ["direction_2", "kind_2", "unit_2"]),
        ({"label_1": "x" * 301}, ["label_1"]),
        ({"label_1": "a\x00b"}, ["label_1"]),
    ],
)
def test_a_shape_that_cannot_stand_goes_back_to_its_page(client, metric, changes, expected):
    response = client.get(url("edit_target", metric) + shape(**changes))

    assert response.status_code == 200
    assert sorted(errors(response)) == expected


def test_several_measures_must_say_how_they_combine(client, metric):
    more = {"label_2": "b", "unit_2": "days", "kind_2": "absolute", "direction_2": "higher"}

    response = client.get(url("edit_target", metric) + shape(join="", **more))

    assert list(errors(response)) == ["join"]


# Steps.


def test_a_step_from_a_date(client, metric):
    save(
        client,
        metric,
        from_1_1_day="1",
        from_1_1_month="1",
        from_1_1_year="2030",
        to_1_1="48",
        target_text="36 hours, 48 from 2030",
    )

    assert metric.later_measures == [
        {
            "from": "2030-01-01",
            "measure": {"id": "m5", "target": {"kind": "absolute", "value": "48"}},
        }
    ]
    page = client.get(url("edit_target", metric))
    assert "from_1_2" in page.context["form"].fields
    assert "For contracts that start on or after 1 January 2030" in words(
        client.get(url("detail", metric))
    )


def test_a_step_is_taken_away_by_emptying_it(client, metric):
    test_a_step_from_a_date(client, metric)

    save(client, metric, from_1_1_day="", from_1_1_month="", from_1_1_year="", to_1_1="")

    assert metric.later_measures == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"to_1_1": "48"}, {"from_1_1": ["Enter the day of this step"]}),
        (
            {"from_1_1_day": "1", "from_1_1_month": "1", "from_1_1_year": "2030"},
            {"to_1_1": ["Enter the target amount"]},
        ),
        (
            {"from_1_1_day": "31", "from_1_1_month": "2", "from_1_1_year": "2030", "to_1_1": "48"},
            {
                "from_1_1": [
                    "Step 1: for contracts that start from must be a real date, "
                    "for example 27 3 2027"
                ]
            },
        ),
        (
            {"from_1_1_day": "1", "from_1_1_month": "1", "from_1_1_year": "2030", "to_1_1": "x"},
            {
                "to_1_1": [
                    "Step 1: the target amount from then on must be a number, for example 12.5"
                ]
            },
        ),
    ],
)
def test_half_a_step_is_refused_beside_its_field(client, metric, changes, expected):
    assert errors(save(client, metric, **changes)) == expected


def test_two_steps_do_not_begin_on_one_day(client, metric):
    test_a_step_from_a_date(client, metric)

    response = save(
        client, metric, from_1_2_day="1", from_1_2_month="1", from_1_2_year="2030", to_1_2="60"
    )

    assert errors(response) == {"from_1_2": ["There is a step from this day already"]}


# "??", the undetermined measure and the note come together.


def kinds_of(metric):
    return [flag.kind for flag in metric.flags.all()]


def test_a_target_may_be_taken_back_and_says_so(client, metric):
    save(client, metric, shape("undetermined"), target_text="?? hours")

    assert metric.measure == {
        "id": "m5",
        "target": {"kind": "undetermined", "printed": "?? hours"},
    }
    assert kinds_of(metric) == [FlagKind.TARGET_NOT_SET]


def test_a_target_nobody_had_entered_yet_is_simply_entered(client, metric):
    test_a_target_may_be_taken_back_and_says_so(client, metric)

    save(client, metric, shape("absolute"), amount_1="40", target_text="40 hours")

    assert metric.is_target_set
    assert kinds_of(metric) == []


def test_question_marks_and_a_missing_target_come_together(client, metric):
    set_but_printed = save(client, metric, target_text="?? hours")
    assert errors(set_but_printed) == {"target_text": ["Put the target in place of ??."]}

    missing_but_not_printed = save(client, metric, shape("undetermined"))
    assert errors(missing_but_not_printed) == {
        "target_text": ["Print ?? where the number is missing, for example ?? hours."]
    }


def test_a_target_the_source_leaves_out_is_not_set_by_editing(client, metric, officer):
    missing = MetricFactory(charter=metric.charter, number=100, target_not_set=True)

    page = client.get(url("edit_shape", missing))
    assert [kind for kind, _ in page.context["form"].fields["kind_1"].choices] == ["undetermined"]
    assert "set by one of four recorded routes" in words(page)
    refused = client.get(url("edit_target", missing) + shape("absolute"))
    assert list(errors(refused)) == ["kind_1"]
    apart = take_apart(metric.measure, [], metric.quantities)
    with pytest.raises(Conflict):
        actions.set_target(
            metric=missing,
            target_text="36 hours",
            apart=apart,
            new_bases=[],
            by=officer,
            at=LONG_AGO,
        )


def test_a_target_published_without_a_number_is_not_set_by_editing(client, metric):
    missing = MetricFactory(
        charter=metric.charter, number=100, target_not_set=True, flag__source="Our own note"
    )
    MetricFactory(charter__authority=metric.charter.authority, lineage=missing.lineage)

    refused = client.get(url("edit_target", missing) + shape("absolute"))

    assert list(errors(refused)) == ["kind_1"]


# What plain parts cannot hold.


def test_a_nested_target_is_changed_in_words_alone(client, metric):
    nested = {
        "any_of": [
            {"all_of": [metric.measure]},
            {"id": "other", "target": {"kind": "absolute", "value": "1"}},
        ]
    }
    metric.measure = nested
    metric.quantities = [*metric.quantities, {"id": "other", "label": "Other", "unit": "days"}]
    metric.save()

    page = client.get(url("edit_target", metric))
    assert "You can change its words here." in words(page)
    assert client.get(url("edit_shape", metric)).url == url("edit_target", metric)
    save(client, metric, target_text="In other words")

    assert (metric.measure, metric.target_text) == (nested, "In other words")


def test_the_action_itself_refuses_whoever_may_not(metric):
    with pytest.raises(PermissionDenied):
        actions.set_target(
            metric=metric,
            target_text="None",
            apart=None,
            new_bases=[],
            by=person_in(metric.charter.authority, Role.BOARD),
            at=LONG_AGO,
        )
    assert Metric.objects.get().target_text == "At least 36 hours"
