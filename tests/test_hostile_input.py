"""Every form of the site, filled in with what no form expects: a plain refusal, never a fault."""

from collections import defaultdict
from html.parser import HTMLParser
from urllib.parse import quote_plus

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from tests import (
    hostile_answers,
    hostile_beginnings,
    hostile_charters,
    hostile_company,
    hostile_consequences,
    hostile_early,
    hostile_offline,
    hostile_plans,
    hostile_portal,
    hostile_programmes,
    hostile_receipts,
    hostile_while_out,
)
from tests.factories.metrics import MetricFactory
from tests.factories.tenders import CriterionFactory
from tests.test_access import pages_in
from tests.world import World, build_world, recommend

HOSTILE = (
    "",
    " ",
    "a\x00b",
    "half \ud800 character",
    "1e400",
    "NaN",
    "-Infinity",
    "1" + "0" * 308,
    "9" * 5000,
    "-1",
    "0.000000001",
    "999999999999999",
    "9223372036854775808",
    "2147483648",
    "32768",
    "9999",
    "１２",
    "²",
    "<script>alert('x')</script>\"'>",
    "{{ 7 }}{% now %}%s{0}",
    "one\r\nBcc: somebody@example.org\r\n\r\ntwo",
    "../../etc/passwd",
    "\u202e\u0007😀",
    "long " * 4000,
)
# Of these some stand in a field whose form is otherwise as the page shows it, so that
# what the form lets through meets the rules and the database too.
LET_THROUGH = ("999999999999999", "0.000000001", "9999", "0", "<b>\u202e😀</b>\r\nBcc: a@b")
FORM = "application/x-www-form-urlencoded"
A_TURN = 12
GUESSED = (
    "award",
    "programme",
    "key",
    "then",
    "agreed",
    "next",
    "parcel",
    "seen",
    "version",
    "value",
    "reason",
)


class Fields(HTMLParser):
    """The fields of the forms on a page, with what stands in them."""

    def __init__(self, page: str):
        super().__init__()
        self.found: dict[str, str] = {}
        self.files: set[str] = set()
        self.area: str | None = None
        self.choice: str | None = None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        about = dict(attrs)
        name = about.get("name") or ""
        if tag == "textarea":
            self.area, self.found[name] = name, ""
        elif tag == "select":
            self.choice, self.found[name] = name, ""
        elif tag == "option" and self.choice and ("selected" in about or about.get("value")):
            is_better = "selected" in about or not self.found[self.choice]
            if is_better:
                self.found[self.choice] = about.get("value") or ""
        elif tag == "input" and name and name != "csrfmiddlewaretoken":
            self._input(name, about)

    def _input(self, name, about):
        if about.get("type") == "file":
            self.files.add(name)
        elif about.get("type") in {"radio", "checkbox"}:
            if "checked" in about or name not in self.found:
                self.found[name] = about.get("value") or "on"
        else:
            self.found[name] = about.get("value") or ""

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.area = None
        elif tag == "select":
            self.choice = None

    def handle_data(self, data):
        if self.area is not None:
            self.found[self.area] += data


def tender(world):
    return world.tender.pk


def own_bid(world):
    return world.own_bid.pk


def question(world):
    return world.question.pk


def commitment(world):
    return world.commitment.pk


def unanswered(world):
    return CriterionFactory(tender=world.tender, code="q2").pk


def another_metric(world):
    return MetricFactory(charter=world.tender.charter).pk


def condition(world):
    metric = MetricFactory(charter=world.tender.charter)
    return world.tender.conditions.create(metric=metric, reason="Whoever wins has to do it.").pk


def authority(world):
    return world.tender.authority_id


def charter(world):
    return world.tender.charter_id


def attachment(world):
    return world.attachment.pk


def contract(world):
    return world.contract.pk


def line(world):
    return world.line.pk


def report(world):
    return world.report.pk


def person(role):
    return lambda world: world.people[role].pk


def opt_out(world):
    return world.opt_out.pk


def approval(world):
    return world.approval.pk


def contradicting(world):
    """The tender, once its policy contradicts itself."""
    rule = world.tender.charter.rules[0]
    rules = [{**rule, "id": "a"}, {**rule, "id": "b", "basis": "quality_element"}]
    world.tender.charter.rules = rules
    world.tender.charter.save()
    return world.tender.pk


def word(value):
    return lambda world: value


# State, who, page, what its address is made of.
FORMS = (
    ("D", "officer", "tenders:create", charter),
    ("D", "officer", "tenders:edit_basics", tender),
    ("D", "officer", "tenders:edit_timetable", tender),
    ("D", "officer", "tenders:edit_weights", tender),
    ("D", "officer", "tenders:edit_gates", tender),
    ("D", "officer", "tenders:lots", tender),
    ("D", "officer", "tenders:add_lot", tender),
    ("D", "officer", "tenders:edit_scale", tender),
    ("D", "officer", "tenders:add_question", tender),
    ("D", "officer", "tenders:add_metric", tender, another_metric),
    ("D", "officer", "tenders:edit_criterion", tender, question),
    ("D", "officer", "tenders:edit_criterion", tender, commitment),
    ("D", "officer", "tenders:remove_criterion", tender, unanswered),
    ("D", "officer", "tenders:own_target", tender, commitment),
    ("D", "officer", "tenders:drop_own_target", tender, commitment),
    ("D", "officer", "tenders:add_condition", tender, another_metric),
    ("D", "officer", "tenders:remove_condition", tender, condition),
    ("D", "officer", "tenders:share_weights", tender, word("quality")),
    ("D", "officer", "tenders:share_weights", tender, word("nothing")),
    ("D", "officer", "tenders:team", tender),
    ("D", "officer", "tenders:unassign", tender, person("chair"), word("chair")),
    ("D", "officer", "tenders:unassign", tender, person("chair"), word("emperor")),
    ("D", "officer", "tenders:choose_rule", contradicting, word("rule:a"), word("rule:b")),
    ("D", "officer", "tenders:request_opt_out", tender),
    ("D", "officer", "tenders:request_waiver", tender, word("employment")),
    ("D", "approver", "tenders:decide_opt_out", tender, opt_out),
    ("D", "officer", "tenders:withdraw_opt_out", tender, opt_out),
    ("D", "officer", "tenders:ask_approval", tender),
    ("D", "approver", "tenders:decide_publication", tender, approval),
    ("D", "officer", "tenders:faults", tender),
    ("D", "officer", "tenders:publish", tender),
    ("D", "officer", "reporting:request", authority),
    ("D", "approver", "reporting:approve", report),
    ("D", "officer", "reporting:papers", tender),
    ("D", "auth_admin", "accounts:people", authority),
    ("D", "auth_admin", "accounts:take_role", authority, person("board"), word("board")),
    ("D", "auth_admin", "accounts:take_role", authority, person("board"), word("emperor")),
    ("O", "bidder_none", "bids:start", tender),
    ("O", "bidder_own", "bids:bases", own_bid),
    ("O", "bidder_own", "bids:price", own_bid),
    ("O", "bidder_own", "bids:answer", own_bid, question),
    ("O", "bidder_own", "bids:answer", own_bid, commitment),
    ("O", "bidder_own", "bids:attach", own_bid, commitment),
    ("O", "bidder_own", "bids:reach", own_bid, commitment),
    ("O", "bidder_own", "bids:remove_attachment", attachment),
    ("O", "bidder_own", "bids:submit", own_bid),
    ("O", "bidder_own", "bids:withdraw", own_bid),
    ("C", "officer", "bids:open", tender),
    ("C", "chair", "bids:open_as_chair", tender),
    ("E", "officer", "evaluations:declare", tender),
    ("E", "evaluator", "evaluations:mark", tender, own_bid, question),
    ("E", "evaluator", "evaluations:submit_marks", tender),
    ("E", "chair", "evaluations:open_moderation", tender),
    ("R", "chair", "evaluations:agree", tender, own_bid, question),
    ("R", "chair", "evaluations:lock", tender),
    ("M", "chair", "evaluations:reopen", tender),
    ("M", "officer", "evaluations:recommend", tender),
    ("M", "approver", "evaluations:return_recommendation", tender),
    ("M", "approver", "delivery:approve_award", tender),
    ("A", "contract_manager", "delivery:start", contract),
    ("L", "bidder_own", "delivery:send_return", contract),
    ("L", "contract_manager", "delivery:check_line", line),
    *hostile_answers.FORMS,
    *hostile_beginnings.FORMS,
    *hostile_charters.FORMS,
    *hostile_company.FORMS,
    *hostile_consequences.FORMS,
    *hostile_early.FORMS,
    *hostile_offline.FORMS,
    *hostile_plans.FORMS,
    *hostile_portal.FORMS,
    *hostile_while_out.FORMS,
    *hostile_programmes.FORMS,
    *hostile_receipts.FORMS,
)
# Pages that only show something; what may follow their address is tried too.
LOOKED_AT = {
    "accounts:home",
    "accounts:people_desk",
    *hostile_receipts.LOOKED_AT,
    "bids:attachment",
    "bids:bid",
    "bids:desk",
    "bids:of_tender",
    "bids:receipt",
    "bids:view",
    "charter:asks",
    "charter:detail",
    "charter:list",
    "charter:mapping",
    "delivery:contract",
    "delivery:desk",
    "delivery:evidence",
    "delivery:notice",
    "delivery:return_line",
    "delivery:supplier_desk",
    "design:components",
    "evaluations:award",
    "evaluations:desk",
    "evaluations:line",
    "evaluations:marking",
    "evaluations:moderation",
    "evaluations:progress",
    "evaluations:ranking",
    "evaluations:register",
    "metrics:detail",
    "metrics:list",
    "reporting:desk",
    "reporting:figures",
    "reporting:paper",
    "reporting:paper_pdf",
    "reporting:paper_state",
    "reporting:pdf",
    "reporting:progress",
    "reporting:progress_state",
    "reporting:report",
    "tenders:case_json",
    "tenders:check",
    "tenders:choose_charter",
    "tenders:desk",
    "tenders:internal",
    "tenders:metrics",
    "tenders:notice_json",
    "tenders:opt_out_file",
    "tenders:policy",
    "tenders:public",
    "tenders:public_list",
    "tenders:questions",
    "tenders:timetable_effect",
    "tenders:weights_effect",
    "tenders:why",
    *hostile_beginnings.LOOKED_AT,
    *hostile_charters.LOOKED_AT,
    *hostile_company.LOOKED_AT,
    *hostile_consequences.LOOKED_AT,
    *hostile_early.LOOKED_AT,
    *hostile_offline.LOOKED_AT,
    *hostile_plans.LOOKED_AT,
    *hostile_portal.LOOKED_AT,
    *hostile_programmes.LOOKED_AT,
    *hostile_while_out.LOOKED_AT,
}
CATALOGUE_FILTERS = ("charter", "quadrant", "principle", "answered_by", "target")
CONTRACT = ("value", "months", "kind", "on_day", "on_month", "on_year")
MAPPING_FILTERS = ("principle", "sdg", "svm", "theme")
DATES = tuple(
    f"{name}_{part}"
    for name in ("opens_at", "questions_until", "closes_at", "award_on")
    for part in ("day", "month", "year", "time")
)
WEIGHTS = ("basis", "price_weight", "quality_weight", "social_value_weight")
ASKED_WITH = (
    ("anon", "metrics:list", CATALOGUE_FILTERS, []),
    ("anon", "metrics:list", ("charter",), []),
    ("anon", "charter:mapping", MAPPING_FILTERS, [charter]),
    ("anon", "charter:asks", CONTRACT, [charter]),
    ("anon", "account_login", ("next",), []),
    ("officer", "tenders:desk", ("words", "state", "page"), []),
    ("officer", "tenders:timetable_effect", DATES, [tender]),
    ("officer", "tenders:weights_effect", WEIGHTS, [tender]),
    ("officer", "tenders:metrics", ("words", "quadrant", "target", "chosen"), [tender]),
    ("officer", "tenders:own_target", ("kind",), [tender, commitment]),
    ("officer", "tenders:add_question", ("case",), [tender]),
    ("evaluator", "evaluations:desk", ("page", "words"), []),
    *hostile_beginnings.ASKED_WITH,
    *hostile_charters.ASKED_WITH,
    *hostile_consequences.ASKED_WITH,
    *hostile_early.ASKED_WITH,
    *hostile_plans.ASKED_WITH,
    *hostile_portal.ASKED_WITH,
)
SIGN_IN_PAGES = (
    ("anon", "account_login"),
    ("anon", "account_signup"),
    ("anon", "account_reset_password"),
    ("officer", "account_email"),
    ("officer", "account_change_password"),
    ("officer", "account_reauthenticate"),
    ("officer", "mfa_activate_totp"),
)


def our_pages() -> set[str]:
    """The names of all pages that are not the sign-in library's."""
    return {
        f"{part.namespace}:{page.name}"
        for part in get_resolver().url_patterns
        if getattr(part, "namespace", None)
        for page in pages_in(part)
    }


def encoded(fields: dict[str, str]) -> str:
    """As a browser or a script would send it, half characters too."""
    return "&".join(
        f"{quote_plus(name)}={quote_plus(value.encode('utf-8', 'surrogatepass'))}"
        for name, value in fields.items()
    )


def browser_of(world: World, role: str) -> Client:
    browser = Client(raise_request_exception=False)
    if role != "anon":
        browser.force_login(world.people[role])
    return browser


def post(browser: Client, address: str, fields: dict[str, str]) -> int:
    """The answer's status, or that of the page it leads to; what it changed is undone."""
    point = transaction.savepoint()
    answer = browser.post(address, encoded(fields), content_type=FORM)
    status = answer.status_code
    if status == 302:
        status = browser.get(answer.url).status_code
    transaction.savepoint_rollback(point)
    return status


def attempts(fields: dict[str, str]):
    """Every field with every hostile value, all together; then one field at a time."""
    names = [*fields, *(name for name in GUESSED if name not in fields)]
    for turn in range(len(HOSTILE) if fields else 4):
        yield {name: HOSTILE[(turn + at) % len(HOSTILE)] for at, name in enumerate(names)}
    for at, name in enumerate(fields):
        for turn in range(3):
            yield {**fields, name: LET_THROUGH[(at + turn) % len(LET_THROUGH)]}


def faults_of(browser: Client, address: str) -> list[str]:
    """What answered with a fault of ours, shortly."""
    page = browser.get(address)
    fields = Fields(page.content.decode()).found if page.status_code == 200 else {}
    faults = []
    for entered in attempts(fields):
        status = post(browser, address, entered)
        if status >= 500:
            faults.append(f"{status} {address} {entered!r:.300}")
    return faults


def in_turns() -> list[tuple[str, list]]:
    """The forms of each state, some at a time: a world is dear, and so is a turn without end."""
    by_state = defaultdict(list)
    for state, *form in FORMS:
        by_state[state].append(form)
    return [
        (state, forms[first : first + A_TURN])
        for state, forms in sorted(by_state.items())
        for first in range(0, len(forms), A_TURN)
    ]


@pytest.fixture
def world(request, db):
    world = build_world(request.param)
    if request.param == "M":
        recommend(world)
    return world


@pytest.mark.parametrize(("world", "forms"), in_turns(), indirect=["world"])
def test_no_form_turns_hostile_input_into_a_fault(world, forms):
    faults = []
    for role, name, *parts in forms:
        address = reverse(name, args=[part(world) for part in parts])
        faults += faults_of(browser_of(world, role), address)

    assert faults == []


def test_every_form_has_its_turn():
    turns = [(state, *form) for state, forms in in_turns() for form in forms]

    assert sorted(map(str, turns)) == sorted(map(str, FORMS))


@pytest.mark.parametrize("world", ["D"], indirect=True)
@pytest.mark.parametrize(("role", "name"), SIGN_IN_PAGES)
def test_no_page_about_signing_in_faults_on_hostile_input(world, role, name):
    faults = faults_of(browser_of(world, role), reverse(name))

    assert faults == []


@pytest.mark.parametrize("world", ["D"], indirect=True)
@pytest.mark.parametrize(("role", "name", "asked", "parts"), ASKED_WITH)
def test_nothing_asked_for_in_an_address_is_a_fault(world, role, name, asked, parts):
    browser = browser_of(world, role)
    address = reverse(name, args=[part(world) for part in parts])

    faults = [
        value
        for value in HOSTILE
        if browser.get(f"{address}?{encoded(dict.fromkeys(asked, value))}").status_code >= 500
    ]

    assert faults == []


@pytest.mark.parametrize("world", ["D"], indirect=True)
@pytest.mark.parametrize(
    "address",
    [
        "/%00",
        "/tenders/%00/",
        "/tenders/%ED%A0%80/",
        "/tenders/not-an-id/",
        "/people/../../etc/passwd",
        "/bids/attachments/..%2f..%2fetc%2fpasswd/",
        "/static/%2e%2e/%2e%2e/config/settings.py",
        f"/{'a' * 9000}/",
    ],
)
def test_an_address_that_means_nothing_is_not_found(world, address):
    answer = browser_of(world, "officer").get(address)

    assert answer.status_code == 404


def test_every_page_is_tried_or_is_known_only_to_show_something():
    assert our_pages() == {form[2] for form in FORMS} | LOOKED_AT
