"""The catalogue of a draft in a real browser: a metric added and changed, a target resolved."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from accounts.roles import Role
from metrics.actions import adopt_pack
from tests.factories.accounts import AuthorityFactory, person_in
from tests.journeys.visitor import NARROW, PASSWORD, Visitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def administrator():
    person = person_in(AuthorityFactory(), Role.ADMINISTRATOR)
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.fixture
def draft(administrator):
    """The paper's 25 metrics, to be edited."""
    return adopt_pack(
        code="sslep-2021",
        authority=administrator.memberships.get().organisation,
        in_force=False,
        decision=None,
        by=administrator,
        at=datetime(2026, 2, 2, 10, tzinfo=UTC),
    )


def test_a_newcomer_adds_changes_and_resolves(browser, live_server, administrator, draft):
    visitor = Visitor(browser, live_server.url).signs_in(administrator.email)
    visitor.page.set_viewport_size({"width": NARROW, "height": 900})
    visitor.opens(reverse("metrics:list") + f"?charter={draft.pk}").presses("Add a metric")
    visitor.fills(
        principle="GS1",
        short_title="Trees planted",
        wording="Number of trees planted",
        answered_by="procurement",
        label="Trees planted over the contract",
        unit="trees",
        evidence_text="Photographs",
    ).presses("Save and set the target")
    visitor.fills(kind_1="ratio").presses("Continue")
    visitor.presses("Save the target").reads("There is a problem", "Enter the target amount")
    visitor.fills(
        amount_1="10", per_1="50", base_1="headcount", target_text="10 trees for every 50 people"
    ).presses("Save the target")
    visitor.reads("At least 10 trees for every 50 of the people employed on the contract")

    visitor.presses("Change the target").fills(
        amount_1="12", target_text="12 trees for every 50 people"
    ).presses("Save the target")
    visitor.reads("At least 12 trees for every 50")

    visitor.opens(reverse("metrics:targets", args=[draft.pk])).reads("4 of 26 targets are not set.")
    visitor.follows("Resolve the target of metric 7").fills(route="benchmark").presses("Continue")
    visitor.fills(kind_1="absolute").presses("Continue")
    visitor.fills(
        benchmark="Others reached 20 tonnes",
        benchmark_source="A published study",
        amount_1="20",
        target_text="At least 20 metric tonnes",
        reason="It can be reached",
        approved_by="The Board",
        decided_on_day="5",
        decided_on_month="1",
        decided_on_year="2026",
    ).presses("Resolve the target")
    visitor.reads("3 of 26 targets are not set.", "Others reached 20 tonnes")


def test_every_page_of_an_edited_metric_is_accessible(browser, live_server, administrator, draft):
    visitor = Visitor(browser, live_server.url).signs_in(administrator.email)
    visitor.page.set_viewport_size({"width": NARROW, "height": 900})
    compound, stepped = draft.metrics.get(number=9), draft.metrics.get(number=11)
    missing = draft.metrics.get(number=7)

    for name in ("edit", "edit_words", "edit_reach", "edit_overlaps", "add_flag", "remove"):
        visitor.opens(reverse(f"metrics:{name}", args=[compound.pk]))
    for metric in (compound, stepped):
        visitor.opens(reverse("metrics:edit_shape", args=[metric.pk]))
        visitor.opens(reverse("metrics:edit_target", args=[metric.pk]))
    visitor.opens(reverse("metrics:resolve", args=[missing.pk]) + "?route=left-open")
    visitor.opens(reverse("metrics:set_owner", args=[missing.pk]))
