"""The timetable of a draft: what stands, what is doubtful, and what the standstill comes to."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from tenders.actions import set_timetable
from tenders.models import Tender
from tenders.presenters.timetable import timetable_of
from tenders.refusals import Unfit
from tests.factories.tenders import TenderFactory
from tests.tenders.drafts import CLOSES, NOW, OPENS, officer_of
from tests.tenders.test_design_pages import TIMETABLE, errors

# A Monday and a Wednesday without holidays between; the standstill then ends on 29 September.
NOON = datetime(2026, 9, 7, 11, tzinfo=UTC)
AWARD_ON = date(2026, 9, 18)
AWARD = {"award_on_day": "18", "award_on_month": "10", "award_on_year": "2035"}


def drafted(**dates) -> Tender:
    """A draft that is nowhere saved: only its dates count."""
    dates = {"closes_at": NOON, "award_on": AWARD_ON, "starts_on": date(2026, 10, 1), **dates}
    return Tender(**dates)


def test_the_steps_stand_in_the_order_of_their_days_with_the_working_days_between():
    found = timetable_of(drafted(opens_at=datetime(2026, 8, 27, 8, tzinfo=UTC)))

    assert [(one.title, one.when, one.working_days) for one in found.steps] == [
        ("Bids may be sent", "27 August 2026, 09:00", None),
        ("Deadline for bids", "7 September 2026, 12:00", 6),
        ("Award notice published", "18 September 2026", 9),
        ("Standstill ends, at midnight", "29 September 2026", 7),
        ("First day of the contract", "1 October 2026", 2),
    ]
    assert found.warnings == []
    assert [row[0] for row in found.chart.rows][0] == "To: Deadline for bids"


def test_the_standstill_is_said_with_the_act_and_the_first_day_for_signing():
    whole, law = timetable_of(drafted()).standstill

    assert whole == (
        "The standstill is 8 working days, beginning with the day the contract award notice is "
        "published: from 18 September 2026 to the end of 29 September 2026. The contract may be "
        "signed from 30 September 2026."
    )
    assert "section 51. It applies to covered procurements" in law


def test_where_holidays_of_scotland_count_both_ends_of_the_standstill_are_said():
    found = timetable_of(drafted(award_on=date(2026, 11, 25), starts_on=date(2027, 1, 11)))

    assert "to the end of 7 December 2026" in found.standstill[0]
    assert (
        "By the bank holidays of England alone it would end on 4 December 2026."
        in (found.standstill[2])
    )


@pytest.mark.parametrize("opportunity", ["funding_round", "business_case"])
def test_where_nothing_is_bought_there_is_no_standstill(opportunity):
    found = timetable_of(drafted(opportunity=opportunity))

    assert found.standstill == []
    assert [one.title for one in found.steps][1] == "Decision notified"
    assert not any("Standstill" in one.title for one in found.steps)


@pytest.mark.parametrize(
    ("closes_at", "words"),
    [
        (datetime(2026, 9, 5, 11, tzinfo=UTC), "The deadline is on a Saturday."),
        (
            datetime(2026, 12, 28, 12, tzinfo=UTC),
            "The deadline is on 28 December 2026, a bank holiday (Boxing Day (observed)).",
        ),
        (datetime(2027, 3, 26, 12, tzinfo=UTC), "a bank holiday (Good Friday)."),
        (datetime(2026, 9, 7, 7, 59, tzinfo=UTC), "at 08:59, outside 09:00 to 17:00."),
        (datetime(2026, 9, 7, 16, 1, tzinfo=UTC), "at 17:01, outside 09:00 to 17:00."),
        # Half past eleven at night in UTC is the next day on London's clocks.
        (datetime(2026, 9, 4, 23, 30, tzinfo=UTC), "The deadline is on a Saturday."),
    ],
)
def test_a_deadline_at_which_nobody_is_at_work_is_warned_of(closes_at, words):
    found = timetable_of(drafted(closes_at=closes_at, award_on=None, starts_on=date(2028, 1, 4)))

    assert words in found.warnings[0]


@pytest.mark.parametrize("hour", [8, 16])
def test_a_deadline_at_nine_or_five_is_not_warned_of(hour):
    closes_at = datetime(2026, 9, 7, hour, tzinfo=UTC)

    assert timetable_of(drafted(closes_at=closes_at)).warnings == []


@pytest.mark.parametrize(
    ("starts_on", "is_warned"), [(date(2026, 9, 29), True), (date(2026, 9, 30), False)]
)
def test_a_contract_that_starts_before_it_may_be_signed_is_warned_of(starts_on, is_warned):
    found = timetable_of(drafted(starts_on=starts_on))

    assert any("before it may be signed on 30 September 2026" in one for one in found.warnings) == (
        is_warned
    )


def test_a_contract_that_starts_before_bids_close_is_warned_of():
    found = timetable_of(drafted(award_on=None, starts_on=date(2026, 9, 7)))

    assert found.warnings == ["The first day is not after the deadline. Change one of them."]


def test_an_award_notified_on_a_holiday_is_warned_of():
    found = timetable_of(drafted(award_on=date(2026, 9, 19)))

    assert "on a Saturday. The standstill counts from the next working day" in found.warnings[0]


def test_a_year_whose_holidays_are_not_known_is_said_and_nothing_is_counted():
    found = timetable_of(drafted(award_on=date(2101, 1, 3)))

    assert found.warnings == [
        "The bank holidays of 2101 are not known. Working days and the standstill are not "
        "counted. Enter a nearer date."
    ]
    assert (found.standstill, found.chart) == ([], None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("dates", "field", "words"),
    [
        ({"questions_until": CLOSES}, "questions_until", "before the deadline"),
        ({"questions_until": NOW}, "questions_until", "in the future"),
        ({"award_on": CLOSES.date()}, "award_on", "after the deadline"),
    ],
)
def test_questions_end_before_the_deadline_and_the_award_comes_after(dates, field, words):
    tender = TenderFactory()

    with pytest.raises(Unfit, match=words) as refusal:
        set_timetable(
            tender=tender, opens_at=OPENS, closes_at=CLOSES, **dates, by=officer_of(tender), at=NOW
        )

    assert refusal.value.field == field


@pytest.fixture
def officer(client, db):
    """A draft whose officer is signed in."""
    tender = TenderFactory(starts_on=date(2036, 1, 7))
    client.force_login(officer_of(tender))
    return tender


def post(client, tender, **typed):
    return client.post(reverse("tenders:edit_timetable", args=[tender.pk]), {**TIMETABLE, **typed})


def test_a_new_timetable_suggests_noon(client, officer):
    form = client.get(reverse("tenders:edit_timetable", args=[officer.pk])).context["form"]

    boxes = form["closes_at"].field.widget.decompress(form["closes_at"].value())
    assert boxes == ["", "", "", "12:00"]


def test_every_date_is_saved_and_what_is_doubtful_is_told(client, officer):
    saved = post(client, officer, closes_at_day="6", **AWARD)

    officer.refresh_from_db()
    assert (saved.status_code, officer.award_on) == (302, date(2035, 10, 18))
    assert officer.questions_until is None
    assert [str(one) for one in get_messages(saved.wsgi_request)][1:] == [
        "The deadline is on a Saturday. Nobody may be at work to help whoever cannot send."
    ]


def test_everyone_reads_on_which_day_the_award_is_notified(client, db):
    tender = TenderFactory(open=True, award_on=AWARD_ON)

    html = client.get(reverse("tenders:public", args=[tender.pk])).content.decode()

    assert "Award to be notified" in html
    assert "18 September 2026" in html


def test_showing_the_dates_saves_nothing_and_keeps_what_is_typed(client, officer):
    shown = post(client, officer, **AWARD, show="dates")

    officer.refresh_from_db()
    assert (shown.status_code, officer.closes_at) == (200, None)
    assert 'value="18"' in shown.content.decode()
    assert "to the end of 29 October 2035" in shown.content.decode()


def test_dates_being_typed_are_drawn_as_far_as_they_can_be_read(client, officer):
    typed = {**TIMETABLE, **AWARD, "closes_at_time": "noo"}

    drawn = client.get(reverse("tenders:timetable_effect", args=[officer.pk]), typed)

    titles = [one.title for one in drawn.context["timetable"].steps]
    assert "Deadline for bids" not in titles
    assert "Standstill ends, at midnight" in titles


def test_an_award_before_the_deadline_is_answered_beside_its_field(client, officer):
    refused = post(client, officer, **{**AWARD, "award_on_month": "9"})

    assert errors(refused) == {"award_on": ["Enter a day after the deadline, or leave it empty."]}


def test_a_deadline_that_never_shows_on_a_clock_is_answered_with_those_beside_it(client, officer):
    never = {"closes_at_day": "28", "closes_at_month": "3", "closes_at_year": "2027"}

    refused = post(client, officer, **{**never, "closes_at_time": "01:30"})

    [words] = errors(refused)["closes_at"]
    assert words.endswith("The nearest are 00:59 and 02:00")
