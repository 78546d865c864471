"""A company, and a person who bids for it and has signed in."""

import pytest

from tests.factories.accounts import SupplierFactory, bidder_of


@pytest.fixture
def company():
    return SupplierFactory(name="Potteries Care CIC")


@pytest.fixture
def person(client, company):
    person = bidder_of(company)
    client.force_login(person)
    return person
