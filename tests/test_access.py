"""No page is public by accident, and no address gives away a count."""

import uuid

import pytest
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse

# Whoever adds a public page says so here.
PUBLIC = {
    "accounts:home",
    "accounts:invited",
    "design:components",
    "charter:list",
    "charter:asks",
    "charter:detail",
    "charter:mapping",
    "charter:sign_up",
    "charter:signed",
    "charter:invited",
    "charter:frameworks",
    "charter:framework",
    "metrics:list",
    "metrics:detail",
    "metrics:invited",
    "metrics:packs",
    "metrics:pack",
    "metrics:check_pack",
    "metrics:changes",
    "metrics:export",
    "reporting:principle",
    "bids:check_receipt",
    "tenders:public_list",
    "tenders:public",
    "tenders:case_json",
    "tenders:notice_json",
    "tenders:why",
    "tenders:clock",
    "tenders:stop_alerts",
    "delivery:notice",
}
SAMPLES = {
    "UUIDConverter": uuid.UUID(int=7),
    "StringConverter": "x",
    "SlugConverter": "x",
    "IntConverter": 2026,
}


def our_pages() -> list[tuple[str, URLPattern]]:
    """Every named page of our own apps, from the resolver itself."""
    ours = {"allauth", "account", "mfa"}
    return [
        (f"{namespace}:{pattern.name}", pattern)
        for namespace, (_, resolver) in get_resolver().namespace_dict.items()
        if namespace not in ours
        for pattern in pages_in(resolver)
    ]


def pages_in(resolver) -> list[URLPattern]:
    """The pages beneath an address, whatever it includes."""
    return [
        page
        for part in resolver.url_patterns
        for page in (pages_in(part) if hasattr(part, "url_patterns") else [part])
    ]


def address_of(name: str, pattern: URLPattern) -> str:
    kwargs = {
        key: SAMPLES[type(converter).__name__]
        for key, converter in pattern.pattern.converters.items()
    }
    return reverse(name, kwargs=kwargs)


PAGES = our_pages()
PRIVATE = [(name, pattern) for name, pattern in PAGES if name not in PUBLIC]


def test_the_resolver_was_walked():
    assert len(PAGES) > 60


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "pattern"), PRIVATE, ids=[name for name, _ in PRIVATE])
def test_a_visitor_is_asked_to_sign_in(client, name, pattern):
    address = address_of(name, pattern)

    response = client.get(address)

    if response.status_code == 405:  # nothing to see here, only to do
        response = client.post(address)
        assert response.status_code == 403
    else:
        assert response.status_code == 302
        assert response.url.startswith("/account/login/")


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "pattern"), PRIVATE, ids=[name for name, _ in PRIVATE])
def test_a_visitor_changes_nothing(client, name, pattern):
    assert client.post(address_of(name, pattern)).status_code == 403


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_every_public_page_exists(name):
    assert name in {known for known, _ in PAGES}


@pytest.mark.parametrize(("name", "pattern"), PAGES, ids=[name for name, _ in PAGES])
def test_addresses_hold_no_running_numbers(name, pattern):
    kinds = {key: type(part).__name__ for key, part in pattern.pattern.converters.items()}

    assert set(kinds.values()) <= set(SAMPLES)
    assert {key for key, kind in kinds.items() if kind == "IntConverter"} <= {"year"}


def test_pages_have_names():
    with pytest.raises(NoReverseMatch):
        reverse("accounts:nothing")

    assert all(pattern.name for _, pattern in PAGES)
