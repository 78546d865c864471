"""Finding something to bid for on a phone, and the clock beside it, in a real browser."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from design.london import LONDON
from design.templatetags.format import time_left
from tenders.models import Alert
from tests.factories.accounts import SupplierFactory, bidder_of
from tests.factories.tenders import CriterionFactory, TenderFactory
from tests.journeys.visitor import NARROW, PASSWORD, Visitor

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
# The device believes that it is three hours earlier, and lets nobody talk it out of it.
SLOW = "const right = Date.now; Date.now = () => right() - 3 * 60 * 60 * 1000;"


def test_from_a_search_to_an_alert_without_losing_the_way(browser, live_server):
    person = bidder_of(SupplierFactory())
    person.set_password(PASSWORD)
    person.save()
    closes = datetime.now(UTC) + timedelta(days=3, hours=4, minutes=30)
    wanted = TenderFactory(open=True, title="School meals for the north", closes_at=closes)
    TenderFactory(open=True, title="Road repairs")
    CriterionFactory(tender=wanted, code="q1")
    who = Visitor(browser, live_server.url, width=NARROW)
    who.page.add_init_script(SLOW)

    who.opens(reverse("tenders:public_list")).fills(words="meals north").presses("Search")
    who.reads("1 found", wanted.title).does_not_read("Road repairs")
    who.follows("E-mail me when something like this").fills(
        login=person.email, password=PASSWORD
    ).presses("Sign in")
    who.reads("meals north").fills(name="Meals").presses("E-mail me")
    who.reads("You will be e-mailed", "Meals")
    who.opens(reverse("tenders:public_list") + "?words=meals").presses(f"Follow {wanted.title}")
    who.reads("You follow", "Words: meals").follows(wanted.title)
    who.reads("At a glance", "Bids close in 3 days 4 hours", "Start a bid")
    shown = who.page.locator("[data-clock-now]").inner_text()
    who.page.wait_for_function(
        "old => document.querySelector('[data-clock-now]').textContent !== old", arg=shown
    )
    hours, minutes, seconds = who.page.locator("[data-clock-now]").inner_text().split(":")
    there = datetime.now(LONDON).replace(hour=int(hours), minute=int(minutes), second=int(seconds))
    assert Alert.objects.get().name == "Meals"
    assert abs(there - datetime.now(LONDON)) < timedelta(seconds=30)
    assert _counted_by_the_script(who, live_server.url) == [
        time_left(NOON + timedelta(seconds=seconds), NOON) for seconds in SECONDS
    ]


SECONDS = (0, 1, 59, 60, 61, 3599, 3600, 3661, 86399, 86400, 90000, 277_199, 8_640_000)


def _counted_by_the_script(who: Visitor, site: str) -> list[str]:
    return who.page.evaluate(
        "async ([address, all]) => {"
        "  const clock = await import(address); return all.map((one) => clock.timeLeft(one)); }",
        [f"{site}/static/js/clock.js", SECONDS],
    )
