"""Those who judge a funding round or business cases are spoken to in its words."""

import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from tests.factories.programmes import business_cases, funding_round

pytestmark = pytest.mark.django_db
BUYING = re.compile(r"\b(bids?|bidders?|tenders?|prices?|procurements?|awards?)\b", re.IGNORECASE)
PAGES = ["register", "progress", "moderation", "ranking", "programme", "reopen"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("made_by", [funding_round, business_cases])
def test_no_page_of_a_programme_speaks_of_buying(client, name, made_by):
    made = made_by()
    reader = made.chair if name == "reopen" else made.officer
    client.force_login(reader)

    page = client.get(reverse(f"evaluations:{name}", args=[made.tender.pk]))

    body = page.content.decode()
    main = " ".join(
        unescape(strip_tags(body.partition("<main")[2].partition("</main>")[0])).split()
    )
    said = main.replace("Procurement officer", "")
    assert (page.status_code, BUYING.findall(said)) == (200, []), said
