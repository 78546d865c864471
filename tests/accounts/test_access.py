"""Roles count only at home, and each stranger gets the refusal that tells the least."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.access import allows, check_role, roles_in
from accounts.actions import note_engaged
from accounts.roles import EXCLUSIONS, GRANTED, ON_A_TENDER, Permission, Role, excluded_with
from tests.factories.accounts import (
    LONG_AGO,
    AuthorityFactory,
    DealingFactory,
    SupplierFactory,
    UserFactory,
    bidder_of,
    person_in,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("role", [role for role in Role if role != Role.BIDDER])
def test_a_role_grants_exactly_what_the_table_says(permission, role):
    authority = AuthorityFactory()
    person = person_in(authority, role)

    assert allows(check_role, person, permission, within=authority) == (role in GRANTED[permission])


def test_a_role_counts_only_in_its_own_authority():
    person = person_in(AuthorityFactory(), Role.ADMINISTRATOR)

    with pytest.raises(Http404):
        check_role(person, Permission.PEOPLE_MANAGE, within=AuthorityFactory())


def test_a_colleague_who_works_on_something_is_told_that_it_is_not_allowed():
    authority = AuthorityFactory()
    evaluator = person_in(authority, Role.EVALUATOR)
    note_engaged(person=evaluator, authority=authority, at=LONG_AGO)

    with pytest.raises(PermissionDenied):
        check_role(evaluator, Permission.REPORT_READ, within=authority)


def test_a_colleague_who_works_on_nothing_finds_nothing():
    authority = AuthorityFactory()
    evaluator = person_in(authority, Role.EVALUATOR)

    with pytest.raises(Http404):
        check_role(evaluator, Permission.REPORT_READ, within=authority)


def test_a_company_that_deals_with_the_authority_is_told_that_it_may_not():
    authority, company = AuthorityFactory(), SupplierFactory()
    DealingFactory(authority=authority, supplier=company)

    with pytest.raises(PermissionDenied):
        check_role(bidder_of(company), Permission.REPORT_READ, within=authority)


def test_any_other_company_finds_nothing():
    with pytest.raises(Http404):
        check_role(bidder_of(SupplierFactory()), Permission.REPORT_READ, within=AuthorityFactory())


def test_the_platform_superuser_has_no_business_path():
    with pytest.raises(PermissionDenied):
        check_role(
            UserFactory(is_superuser=True), Permission.REPORT_READ, within=AuthorityFactory()
        )


def test_a_visitor_holds_no_role():
    assert roles_in(AnonymousUser(), AuthorityFactory()) == set()


def test_a_role_taken_away_bites_at_once():
    authority = AuthorityFactory()
    person = person_in(authority, Role.ADMINISTRATOR)
    person.memberships.all().delete()

    assert roles_in(person, authority) == set()


def test_exclusions_hold_both_ways():
    for pair in EXCLUSIONS:
        one, other = pair
        assert excluded_with(one, {other}) == {other}
        assert excluded_with(other, {one}) == {one}


def test_a_contract_manager_may_hold_any_other_role():
    for role in ON_A_TENDER:
        assert excluded_with(Role.CONTRACT_MANAGER, {role}) == set()
