"""A first-time bidder says what the company is and asks a colleague in, on a small phone."""

import pytest
from django.urls import reverse

from accounts.invitations import address_of
from accounts.models import ColleagueInvitation
from accounts.profiles import snapshot
from tests.journeys.visitor import NARROW, PASSWORD, Visitor

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_company_is_registered_described_and_joined(browser, live_server):
    mary = Visitor(browser, live_server.url, width=NARROW)
    mary.opens(f"{reverse('account_login')}?next={reverse('tenders:public_list')}")
    mary.follows("register to bid").fills(
        full_name="Mary Seacole",
        company_name="Potteries Care CIC",
        email="mary@example.org",
        password1=PASSWORD,
    )
    mary.presses("Register").reads("you are back where you were")

    mary.opens(reverse("accounts:company")).presses("Start")
    mary.fills(sme="work_it_out").presses("Save and continue")
    mary.fills(staff="5").presses("Save and continue").reads("Enter your turnover")
    mary.fills(turnover="300,000").presses("Save and continue")
    mary.fills(vcse="yes", kind="CIC 01234567").presses("Save and continue")
    mary.fills(town="Leek", district="ST13 6AA").presses("Save and stop here")
    mary.reads("Turnover of £300,000 is not more than £44 million.", "Based in Leek, ST13")

    mary.follows("Colleagues").fills(full_name="Grace Hopper", email="grace@example.org")
    mary.presses("Send the invitation").reads("Invited, not here yet")

    invitation = ColleagueInvitation.objects.get()
    grace = Visitor(browser, live_server.url).opens(address_of(invitation))
    grace.fills(password=PASSWORD).presses("Join").reads("You now bid for Potteries Care CIC.")
    grace.opens(reverse("accounts:colleagues")).follows("Remove Mary Seacole")
    assert list(snapshot(invitation.company)) == ["size", "vcse", "places"]
