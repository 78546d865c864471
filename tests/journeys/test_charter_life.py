"""A new administrator's first ten minutes: a policy adopted, changed, published, compared."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from tests.factories.accounts import AuthorityFactory, person_in
from tests.journeys.visitor import NARROW, PASSWORD, Visitor

pytestmark = pytest.mark.django_db(transaction=True)

DECISION = {
    "body": "Cabinet",
    "decided_on_day": "2",
    "decided_on_month": "2",
    "decided_on_year": "2026",
    "minute_reference": "CAB/26/2",
    "effective_from_day": "1",
    "effective_from_month": "4",
    "effective_from_year": "2026",
}


@pytest.fixture
def administrator():
    person = person_in(AuthorityFactory(name="Newtown Council"), Role.ADMINISTRATOR)
    person.set_password(PASSWORD)
    person.save()
    return person


def test_a_newcomer_takes_a_policy_to_its_second_version(browser, live_server, administrator):
    visitor = Visitor(browser, live_server.url, width=NARROW).signs_in(administrator.email)
    visitor.opens(reverse("metrics:desk")).reads("You have no charter yet")

    adopt_sslep(visitor)
    visitor.reads("In force: version 1", "Cabinet", "CAB/26/2", "4 with no target set")

    visitor.presses("Start a new version").fills(reason="What we learnt in our first year.")
    visitor.presses("Start the new version").reads("Version 2", "4 of 25 not set", "No changes yet")

    change_a_target(visitor)
    visitor.follows("Metrics of the draft")
    add_a_metric(visitor, principle="GS1")
    resolve_a_missing_target(visitor)

    visitor.opens(reverse("metrics:desk")).reads("3 of 26 not set", "3 changes")
    visitor.presses("Check and publish")
    visitor.reads("2 changed, 1 added, 0 removed", "Metric 7 Less waste to landfill: changed")
    answer_the_check(visitor)
    visitor.fills(**{**DECISION, "minute_reference": ""}).presses("Publish now")
    visitor.reads("There is a problem", "Enter the minute reference").still_finds(body="Cabinet")
    visitor.fills(minute_reference="CAB/26/40").presses("Publish now")

    visitor.reads("In force: version 2", "CAB/26/40", "Superseded", "3 with no target set")
    visitor.follows("What changed in version 2")
    visitor.reads(
        "2 changed, 1 added, 0 removed",
        "What we learnt in our first year.",
        "At least 36 hours.",
        "At least 40 hours.",
        "26 Trees planted",
        "At least 20 metric tonnes.",
    )


def test_a_policy_without_metrics_gets_its_first(browser, live_server, administrator):
    visitor = Visitor(browser, live_server.url, width=NARROW).signs_in(administrator.email)
    visitor.presses("Adopt a policy").follows("North East Lincolnshire Social Value Policy")
    visitor.presses("Adopt this").reads("until you change that in a draft")
    visitor.fills(in_force="draft").presses("Adopt it").reads("No metric yet", "None to set")

    visitor.page.get_by_role("link", name="Metrics", exact=True).click()
    visitor.reads("Add the first")
    add_a_metric(visitor, principle="SE2")
    visitor.follows("Metrics of the draft").reads("The only metric is shown", "Trees planted")

    visitor.follows("Your charter").reads("1 metric", "All set").presses("Check and publish")
    answer_the_check(visitor)
    visitor.fills(**DECISION).presses("Publish now")
    visitor.reads("In force: version 1", "1 metric", "None waiting", "Start a new version")


def adopt_sslep(visitor):
    visitor.presses("Adopt a policy").follows("SSLEP Social Value Charter")
    visitor.presses("Adopt this").fills(in_force="in-force").presses("Adopt it")
    visitor.reads("There is a problem", "Enter the deciding body")
    visitor.reads("Enter why you go on although the check warns of something")
    visitor.reads("Metric 3 Local people paid above the median salary: The sentence ends in the")
    visitor.fills(reason="The board has read them all.", **DECISION).presses("Adopt it")


def answer_the_check(visitor):
    """From the page that cannot publish yet, to the check and back."""
    visitor.reads("Not ready to publish", "without a reason").follows("Go to the check")
    visitor.answers_the_check("Each tender says what is counted.")
    visitor.reads("Nothing here keeps the draft from being published.").follows("Continue to")


def change_a_target(visitor):
    visitor.page.get_by_role("link", name="Metrics", exact=True).click()
    visitor.follows("School and college visits").presses("Change the target")
    visitor.fills(amount_1="40", target_text="At least 40 hours planned in the next 12 months")
    visitor.presses("Save the target").reads("At least 40 hours.")


def add_a_metric(visitor, principle):
    visitor.presses("Add a metric").fills(
        principle=principle,
        short_title="Trees planted",
        wording="Number of trees planted",
        answered_by="procurement",
        label="Trees planted over the contract",
        unit="trees",
        evidence_text="Photographs",
    ).presses("Save and set the target")
    visitor.fills(kind_1="absolute").presses("Continue")
    visitor.fills(amount_1="10", target_text="At least 10 trees").presses("Save the target")
    visitor.reads("At least 10 trees.")


def resolve_a_missing_target(visitor):
    visitor.opens(reverse("metrics:desk"))
    visitor.page.get_by_role("link", name="Targets", exact=True).click()
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
    visitor.reads("3 of 26 targets are not set.")


def test_every_other_page_of_its_life_is_accessible(browser, live_server, administrator):
    authority = administrator.memberships.get().organisation
    visitor = Visitor(browser, live_server.url, width=NARROW)
    for code in ("leicester-2018", "nelc-2018", "west-of-england-2024"):
        visitor.opens(reverse("metrics:pack", args=[code]))
    visitor.signs_in(administrator.email)
    visitor.opens(reverse("metrics:adopt", args=["leicester-2018", authority.pk]))
    visitor.presses("Begin a draft from it").reads("No principle yet", "Cannot publish yet")
    visitor.opens(reverse("metrics:begin", args=[authority.pk]))
    visitor.fills(title="Our own way", place="Newtown", source="Our words")
    visitor.presses("Begin the draft").reads("Our own way")

    own = authority.charters.get(code="own-our-own-way")
    visitor.opens(reverse("metrics:changes", args=[own.pk])).reads("Only one version")
    visitor.opens(reverse("metrics:publish", args=[own.pk]))
    visitor.opens(reverse("metrics:discard", args=[own.pk])).presses("Discard the draft")
    visitor.reads("is discarded.").does_not_read("own-our-own-way")
