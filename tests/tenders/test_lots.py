"""A procurement in lots: as large as all of them, published in one act, won as was said before."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from tenders import actions
from tenders.designs import design_of
from tenders.lots import limit_words, lots_of, name_of, needs_of_lots
from tenders.models import LotGroup, Tender
from tenders.opt_outs import Size
from tenders.policy import policy_of
from tenders.refusals import NotReady, Stale, Unfit
from tenders.states import Stage
from tests.factories.tenders import AssignmentFactory, TenderFactory, team_member
from tests.tenders.departures import ask, decide, nelc_draft
from tests.tenders.drafts import CLOSES, NOW, OPENS, complete_draft, officer_of, with_reasons
from tests.tenders.test_design_actions import BASICS

pytestmark = pytest.mark.django_db


def beside(tender, *values, **fields):
    """This tender as lot 1, with one more lot for each value."""
    group = LotGroup.objects.create(authority=tender.authority)
    lots = [tender]
    for value in values:
        kept = {"authority": tender.authority, "charter": tender.charter, "kind": tender.kind}
        kept |= {"months": tender.months, "starts_on": tender.starts_on, **fields}
        lots.append(TenderFactory(contract_value=Decimal(value), **kept))
    for number, lot in enumerate(lots, start=1):
        lot.lot_group, lot.lot_number = group, number
        lot.save()
    return fresh(tender)


def fresh(tender):
    return Tender.objects.with_design().get(pk=tender.pk)


def test_policy_goes_by_all_lots_together():
    small = nelc_draft(value="60000.00")
    assert not policy_of(small, NOW.date()).is_required

    lot = beside(small, "40000.01")

    assert lot.value_with_lots == Decimal("100000.01")
    assert policy_of(lot, NOW.date()).accountable.facts["who"] == "Leadership Team"


def test_at_the_limit_exactly_nothing_is_required_of_two_lots():
    lot = beside(nelc_draft(value="60000.00"), "40000.00")

    assert not policy_of(lot, NOW.date()).is_required


def test_a_lot_given_up_as_a_draft_counts_no_more():
    lot = beside(nelc_draft(value="60000.00"), "400000.00", stage=Stage.CANCELLED)

    assert lot.value_with_lots == Decimal("60000.00")


def test_a_lot_cancelled_after_all_had_seen_it_still_counts():
    lot = beside(TenderFactory(), "400000.00", cancelled=True)

    assert lot.value_with_lots == Decimal("1400000.00")


def test_a_value_being_changed_counts_before_it_is_saved():
    lot = beside(TenderFactory(), "400000.00")
    lot.contract_value = Decimal("1.00")

    assert Size.of(lot).value == Decimal("400001.00")


def test_lots_need_one_timetable():
    lot = beside(
        TenderFactory(opens_at=OPENS, closes_at=CLOSES), "1.00", opens_at=OPENS, closes_at=CLOSES
    )
    assert list(needs_of_lots(lot)) == []

    other = lot.lot_group.lots.get(lot_number=2)
    other.closes_at = None
    other.save()

    (need,) = needs_of_lots(fresh(lot))
    assert need.startswith(f"“{name_of(other)}” has another timetable.")


def test_a_single_lot_is_none():
    (need,) = needs_of_lots(beside(TenderFactory()))

    assert need == "A procurement in lots has two at least. Add a lot, or begin without lots."


@pytest.mark.parametrize(
    ("most", "said"),
    [
        (None, "One supplier may win every lot."),
        (
            1,
            "One supplier may win 1 lot at most. Lots are awarded in the order of their numbers; "
            "a supplier that has won 1 lot is passed over in those that follow.",
        ),
    ],
)
def test_the_limit_is_said_in_words(most, said):
    assert limit_words(most) == said


def officer_everywhere(tender):
    officer = officer_of(tender)
    for lot in lots_of(fresh(tender)):
        if lot.pk != tender.pk:
            AssignmentFactory(tender=lot, person=officer, role=Role.OFFICER)
    return officer


def add(tender, *, by=None, at=NOW, **fields):
    fields = {
        "title": "Lot of the north",
        "summary": "The northern half.",
        "contract_value": Decimal("50000.00"),
        **fields,
    }
    return actions.add_lot(tender=tender, by=by or officer_of(tender), at=at, **fields)


def test_a_lot_begins_with_what_the_other_asks_its_days_and_its_team():
    tender = complete_draft()
    officer = officer_of(tender)

    lot = add(tender, by=officer)

    tender.refresh_from_db()
    assert (tender.lot_number, lot.lot_number) == (1, 2)
    assert lot.lot_group == tender.lot_group
    assert design_of(fresh(lot)) == design_of(fresh(tender))
    assert (lot.opens_at, lot.closes_at, lot.copied_from) == (OPENS, CLOSES, tender)
    assert sorted(lot.assignments.values_list("person", "role")) == sorted(
        tender.assignments.values_list("person", "role")
    )


def test_somebody_with_an_interest_takes_no_seat_in_the_next_lot():
    tender = complete_draft()
    team_member(tender, Role.EVALUATOR, conflicted=True)

    lot = add(tender)

    assert lot.assignments.count() == tender.assignments.count() - 1


def test_lots_are_numbered_on():
    tender = complete_draft()
    officer = officer_of(tender)
    add(tender, by=officer)
    tender.refresh_from_db()

    assert add(tender, by=officer).lot_number == 3


def test_only_a_procurement_has_lots():
    tender = TenderFactory(opportunity="funding_round", price_weight=Decimal(0), kind="")

    with pytest.raises(Unfit, match="Only a procurement has lots."):
        add(tender)
    assert LotGroup.objects.count() == 0


def test_a_lot_without_a_title_is_refused_and_nothing_is_divided():
    tender = complete_draft()

    with pytest.raises(Unfit) as caught:
        add(tender, title=" ")

    tender.refresh_from_db()
    assert (caught.value.field, tender.lot_group) == ("title", None)


def test_a_lot_added_to_a_draft_that_changed_meanwhile_is_refused():
    tender = complete_draft()

    with pytest.raises(Stale):
        add(tender, seen=tender.edits + 1)


def test_what_was_approved_of_a_smaller_procurement_is_asked_again_in_every_lot():
    tender = nelc_draft(value="150000.00")
    decide(ask(tender))

    lot = add(tender, by=officer_of(tender))

    assert [one.is_approved for one in tender.opt_outs.filter(withdrawn_at=None)] == [None]
    lot_opt_out = ask(lot)
    decide(lot_opt_out)
    actions.edit_basics(
        tender=fresh(tender), **(BASICS | {"contract_value": Decimal("150000.01")}), **by(tender)
    )
    assert [one.is_approved for one in lot.opt_outs.filter(withdrawn_at=None)] == [None]


def test_a_lot_that_changes_its_value_makes_another_draft_of_the_others():
    tender = complete_draft()
    lot = add(tender, by=officer_of(tender))

    actions.edit_basics(tender=fresh(tender), **BASICS, **by(tender))

    assert fresh(lot).edits == lot.edits + 1


def test_new_words_for_one_lot_leave_the_others_as_they_are():
    tender = complete_draft()
    lot = add(tender, by=officer_of(tender))
    same = {name: getattr(tender, name) for name in ("kind", "contract_value", "starts_on")}
    words = {"title": "Anew", "summary": "Anew.", "months": tender.months}

    actions.edit_basics(tender=fresh(tender), **same, **words, **by(tender))

    assert fresh(lot).edits == lot.edits


def two_complete_lots():
    tender = complete_draft()
    lot = add(tender, by=officer_of(tender))
    lot.price_full_at, lot.price_zero_at = tender.price_full_at, tender.price_zero_at
    lot.save()
    with_reasons(fresh(lot))
    return fresh(tender), fresh(lot), officer_everywhere(tender)


def test_all_lots_are_published_in_one_act():
    tender, lot, officer = two_complete_lots()

    published = actions.publish_tender(tender=tender, by=officer, at=NOW)

    assert published.pk == tender.pk
    assert [one.published_at for one in fresh(tender).lot_group.lots.all()] == [NOW, NOW]


def test_the_notice_of_each_lot_names_all_in_the_order_of_their_numbers():
    tender, lot, officer = two_complete_lots()

    actions.publish_tender(tender=tender, by=officer, at=NOW)

    for one in (fresh(tender), fresh(lot)):
        assert [named["number"] for named in one.notice["lots"]["all"]] == [1, 2]


def test_where_one_lot_is_unfinished_none_is_published():
    tender, lot, officer = two_complete_lots()
    lot.scale.all().delete()

    with pytest.raises(NotReady) as caught:
        actions.publish_tender(tender=tender, by=officer, at=NOW)

    assert caught.value.needs == (
        "Lot 2: Lot of the north. Describe what is meant by mark 0, 1, 2, 3, 4, 5.",
    )
    assert not Tender.objects.published().exists()


def test_nobody_publishes_a_lot_that_was_changed_since_they_read_them():
    tender, lot, officer = two_complete_lots()
    seen = tender.edits + lot.edits
    Tender.objects.filter(pk=lot.pk).update(edits=lot.edits + 1)

    with pytest.raises(Stale):
        actions.publish_tender(tender=tender, by=officer, at=NOW, seen=seen)
    published = actions.publish_tender(tender=tender, by=officer, at=NOW, seen=seen + 1)

    assert published.stage == Stage.PUBLISHED


def test_nobody_publishes_a_lot_of_which_they_are_no_officer():
    tender, lot, officer = two_complete_lots()
    lot.assignments.filter(person=officer).delete()

    with pytest.raises(NotReady) as caught:
        actions.publish_tender(tender=tender, by=officer, at=NOW)

    assert caught.value.needs == (
        "Lot 2: Lot of the north. You are no officer of this lot. Ask one to add you.",
    )
    assert not Tender.objects.published().exists()


@pytest.mark.parametrize("most", [1, 2, None])
def test_how_many_lots_one_supplier_may_win_is_kept(most):
    tender = complete_draft()
    add(tender, by=officer_of(tender))

    actions.limit_lots(tender=fresh(tender), most_lots=most, **by(tender))

    assert fresh(tender).lot_group.most_lots == most


@pytest.mark.parametrize(("most", "more"), [(1, 1), (None, 0)])
def test_another_limit_makes_another_draft_of_every_lot(most, more):
    """The limit is said in the notice of each, which an approver has approved as it was."""
    tender = complete_draft()
    lot = add(tender, by=officer_of(tender))

    actions.limit_lots(tender=fresh(tender), most_lots=most, **by(tender))

    assert fresh(lot).edits == lot.edits + more


def test_what_is_not_divided_has_no_limit():
    tender = complete_draft()

    with pytest.raises(Unfit, match="is not divided into lots"):
        actions.limit_lots(tender=tender, most_lots=1, **by(tender))


def by(tender):
    return {"by": officer_of(tender), "at": NOW}


def test_a_lot_is_added_in_the_browser(client):
    tender = complete_draft()
    client.force_login(officer_of(tender))
    typed = {"title": "North", "summary": "Half.", "contract_value": "50,000"}

    client.post(reverse("tenders:add_lot", args=[tender.pk]), {**typed, "seen": tender.edits})

    page = client.get(reverse("tenders:lots", args=[tender.pk])).content.decode()
    assert "2. <a" in page
    assert "£1,050,000" in page


@pytest.mark.parametrize("name", ["check", "publish"])
def test_whoever_publishes_one_lot_is_led_to_the_others(client, name):
    lot = beside(complete_draft(), "40000.00")
    [_, other] = lots_of(lot)
    client.force_login(officer_of(lot))
    AssignmentFactory(tender=other, person=officer_of(lot), role=Role.OFFICER)

    page = client.get(reverse(f"tenders:{name}", args=[lot.pk])).content.decode()

    assert "every one of them must be complete first" in page
    assert reverse("tenders:internal", args=[other.pk]) in page


def test_the_public_page_names_the_other_lots(client):
    tender, lot, officer = two_complete_lots()
    actions.limit_lots(tender=tender, most_lots=1, by=officer, at=NOW)
    actions.publish_tender(tender=fresh(tender), by=officer, at=NOW)

    page = client.get(reverse("tenders:public", args=[tender.pk])).content.decode()

    assert "This procurement is in 2 lots, worth £1,050,000 together." in page
    assert reverse("tenders:public", args=[lot.pk]) in page
    assert "One supplier may win 1 lot at most." in page


@pytest.mark.parametrize("name", ["public", "internal", "lots"])
def test_a_page_takes_as_many_queries_for_four_lots_as_for_two(client, name):
    tender = complete_draft()
    officer = officer_of(tender)
    client.force_login(officer)
    counts = []
    for _ in range(2):
        add(fresh(tender), by=officer)
        with CaptureQueriesContext(connection) as found:
            client.get(reverse(f"tenders:{name}", args=[tender.pk]))
        counts.append(len(found))
        add(fresh(tender), by=officer)

    assert counts[0] == counts[1]
