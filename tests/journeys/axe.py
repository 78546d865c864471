"""The accessibility checks, run in the page itself."""

from urllib.parse import urlsplit

from django.templatetags.static import static
from django.urls import Resolver404, resolve

AXE = "vendor/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What is in order is not listed: it would be most of the page.
ASKED = {
    "runOnly": RULES,
    "reporter": "no-passes",
    "selectors": False,
    "preload": {"assets": ["media"]},
}
KNOWN = (
    # The design system's own script puts aria-expanded on a radio that reveals a field.
    ("aria-allowed-attr", "govuk-radios__input"),
    # Its back link stands before the main landmark on purpose, where people look for it.
    ("region", "govuk-back-link"),
)


# What a page is made of, without its words: alike pages break the same rules.
PARTS = "[...new Set(Array.from(document.querySelectorAll('*'), e => e.tagName + e.className))]"
checked: set[tuple] = set()


def assert_accessible(page) -> None:
    """Fail with each rule broken on this page and the first places where.

    A page with the parts that a page of the same width, address and title had is not asked again.
    """
    parts = frozenset(page.evaluate(PARTS))
    alike = (_name_of(page.url), page.viewport_size["width"], page.title(), parts)
    if alike not in checked:
        _assert_no_rule_broken(page)
        checked.add(alike)
    assert_fits(page)


def assert_fits(page) -> None:
    """Fail where a page has to be scrolled sideways."""
    overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert overflow <= 0, f"the page is {overflow} px wider than the window"


def _name_of(address: str) -> str:
    """What the page is in our own words; an address that leads nowhere is its own name."""
    path = urlsplit(address).path
    try:
        return resolve(path).view_name
    except Resolver404:
        return path


def _assert_no_rule_broken(page) -> None:
    page.evaluate("address => import(address)", static(AXE))
    found = page.evaluate("asked => axe.run(asked)", ASKED)
    broken = [
        f"{violation['id']}: {node['html'][:200]}"
        for violation in found["violations"]
        for node in violation["nodes"]
        if not any(violation["id"] == rule and part in node["html"] for rule, part in KNOWN)
    ]
    assert broken == []
