"""Thought before a tender, in a real browser: kept at a desk and on a phone, then fixed."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from tenders.models import Groundwork
from tests.factories.accounts import person_in
from tests.factories.tenders import AssignmentFactory
from tests.journeys.visitor import PASSWORD, Visitor
from tests.tenders.drafts import complete_draft

pytestmark = pytest.mark.django_db(transaction=True)

ONE_LONG_WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwll" * 5


def signed_in(person, browser, live_server):
    person.set_password(PASSWORD)
    person.save()
    visitor = Visitor(browser, live_server.url)
    visitor.signs_in(person.email)
    return visitor


def test_a_record_is_begun_filled_in_and_carried_into_the_tender_s_file(
    browser, live_server, tmp_path
):
    draft = complete_draft(title="Housing repairs 2027")
    officer = person_in(draft.authority, Role.OFFICER)
    AssignmentFactory(tender=draft, person=officer, role=Role.OFFICER)
    notes = tmp_path / "market day.csv"
    notes.write_text("question,answer\nApprentices?,One for each site\n")
    visitor = signed_in(officer, browser, live_server)

    visitor.opens(reverse("tenders:desk")).follows("Before a tender").reads("No records yet")
    visitor.presses("Begin a record").presses("Begin the record").reads("There is a problem")
    visitor.fills(title="Housing repairs").presses("Begin the record")
    visitor.reads("0 of 6 parts are completed.", "Nobody has been consulted yet.")
    visitor.follows("Economic well-being").fills(economic="Apprentices from the estate.")
    visitor.presses("Save").reads("1 of 6 parts are completed.", "Apprentices from the estate.")

    # At the market day, with a phone.
    visitor.page.set_viewport_size({"width": 320, "height": 700})
    visitor.follows("Who was consulted").fills(
        audience="market",
        who=ONE_LONG_WORD,
        how="A market day",
        held_on_day="31",
        held_on_month="2",
        held_on_year="2026",
        people="22",
        learned="One apprentice for each site can be done.",
    )
    visitor.presses("Save").reads("must be a real date").still_finds(who=ONE_LONG_WORD, people="22")
    visitor.fills(held_on_day="28").presses("Save")
    visitor.reads(
        "1 consultation before the tender. 22 people took part in it.", "28 February 2026"
    )
    visitor.follows("Add a file").fills(upload=notes, about="Notes of the market day")
    visitor.presses("Save").reads("market day.csv")
    visitor.follows("What was agreed with the market").fills(agreed="One apprentice for each site.")
    visitor.presses("Save").reads("Enter the day on which this was agreed")
    visitor.fills(agreed_on_day="2", agreed_on_month="3", agreed_on_year="2026").presses("Save")
    visitor.reads("Agreed on 2 March 2026.", "3 of 6 parts are completed.")

    visitor.page.set_viewport_size({"width": 1280, "height": 900})
    visitor.follows("Use in a tender").fills(tender=str(draft.pk)).presses("Use it in this tender")
    visitor.follows("Housing repairs 2027").reads("Before this tender", "(2 March 2026)")
    visitor.follows("Read the whole pre-procurement record").reads("One apprentice for each site.")

    record = Groundwork.objects.get(tender=draft)
    draft.stage, draft.published_at = "published", record.begun_at
    draft.published_case = {}
    draft.save()
    visitor.opens(reverse("tenders:groundwork", args=[record.pk]))
    visitor.reads("Since then the record stays as it is.").does_not_read("Add a consultation")
    visitor.opens(reverse("tenders:groundwork_edit", args=[record.pk, "social"]), expect=403)

    board = signed_in(person_in(draft.authority, Role.BOARD), browser, live_server)
    board.opens(reverse("reporting:desk")).follows("Before a tender").follows("Housing repairs")
    board.reads("Apprentices from the estate.", "Consultations by audience")
    board.does_not_read("Fill in the record")
