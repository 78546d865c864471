"""The permission matrix, run over HTTP: every action × role × state that exists.

`permission_matrix.csv` is the oracle: action, method, role, state, expected answer. An action
without a way to ask for it here fails the suite, and so does a page that answers otherwise.
"""

import csv
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections, transaction
from django.test import Client
from django.urls import reverse

from tests.world import World, build_world, wait_for_approval

STATES = "DPOCERMALX"
ORACLE = Path(__file__).with_name("permission_matrix.csv")


def cells() -> dict[str, list[dict]]:
    """The rows of the oracle, by action."""
    rows = defaultdict(list)
    with ORACLE.open() as file:
        for row in csv.DictReader(file):
            rows[row["action"]].append(row)
    return rows


CELLS = cells()


def url(name: str, *parts: Callable[[World], object]) -> Callable[[World], str]:
    """Asks for a page by its name; `parts` pick what its address is made of."""
    return lambda world: reverse(name, args=[part(world) for part in parts])


def tender(world):
    return world.tender.pk


def authority(world):
    return world.tender.authority_id


def charter(world):
    return world.tender.charter_id


def draft(world):
    return world.draft.pk


def missing(world):
    return world.missing.pk


def opt_out(world):
    return world.opt_out.pk


def extension(world):
    return world.extension.pk


def asked(world):
    return world.asked.pk


def approval(world):
    return world.approval.pk


def bid(world):
    return world.own_bid.pk


def question(world):
    return world.question.pk


def attachment(world):
    return world.attachment.pk


def report(world):
    return world.report.pk


def contract(world):
    return world.contract.pk


def line(world):
    return world.line.pk


ADDRESS = {
    "charter.view_public": url("charter:detail", charter),
    "charter.edit_draft": url("charter:edit_words", draft),
    "charter.publish_version": url("metrics:publish", draft),
    "charter.comment_on_draft": url("charter:add_comment", draft),
    "catalogue.edit_draft": url("metrics:edit_words", missing),
    "catalogue.import": url("metrics:upload", draft),
    "catalogue.resolve_target": url("metrics:resolve", missing),
    "tender.view_public": url("tenders:public", tender),
    "tender.view_internal": url("tenders:internal", tender),
    "tender.create": url("tenders:create", charter),
    "tender.edit_criteria_weights": url("tenders:edit_weights", tender),
    "tender.request_opt_out": url("tenders:request_opt_out", tender),
    "tender.approve_opt_out": url("tenders:decide_opt_out", tender, opt_out),
    "tender.approve_publication": url("tenders:decide_publication", tender, approval),
    "tender.publish": url("tenders:publish", tender),
    "tender.propose_extension": url("tenders:propose_extension", tender),
    "tender.approve_extension": url("bids:decide_extension", tender, extension),
    "tender.cancel": url("bids:cancel", tender),
    "tender.answer_question": url("bids:answer_question", tender, asked),
    "question.ask": url("tenders:ask", tender),
    "evaluator.assign": url("tenders:team", tender),
    "bid.start": url("bids:start", tender),
    "bid.edit_draft": url("bids:answer", bid, question),
    "bid.upload_evidence": url("bids:attach", bid, question),
    "bid.delete_evidence": url("bids:remove_attachment", attachment),
    "bid.submit": url("bids:submit", bid),
    "bid.withdraw": url("bids:withdraw", bid),
    "bid.view": url("bids:view", bid),
    "bid.download_evidence": url("bids:attachment", attachment),
    "bid.receipt": url("bids:receipt", bid),
    "bid.list_count": url("bids:of_tender", tender),
    "bid.open_first_person": url("bids:open", tender),
    "bid.open_second_person": url("bids:open_as_chair", tender),
    "bid.export": url("bids:export", tender, lambda world: "csv"),
    "conflict.declare_own": url("evaluations:declare", tender),
    "conflict.view_register": url("evaluations:register", tender),
    "score.view_own": url("evaluations:marking", tender),
    "score.edit_own": url("evaluations:mark", tender, bid, question),
    "score.submit_own": url("evaluations:submit_marks", tender),
    "score.progress": url("evaluations:progress", tender),
    "score.view_others": url("evaluations:moderation", tender),
    "moderation.open": url("evaluations:open_moderation", tender),
    "moderation.view": url("evaluations:moderation", tender),
    "moderation.agree_mark": url("evaluations:agree", tender, bid, question),
    "moderation.lock": url("evaluations:lock", tender),
    "moderation.reopen_with_reason": url("evaluations:reopen", tender),
    "ranking.view": url("evaluations:ranking", tender),
    "award.recommend": url("evaluations:recommend", tender),
    "award.approve": url("delivery:approve_award", tender),
    "award.notice_public": url("delivery:notice", tender),
    "contract.view": url("delivery:contract", contract),
    "delivery.submit_return": url("delivery:send_return", contract),
    "delivery.verify": url("delivery:check_line", line),
    "delivery.view_evidence_record": url("delivery:return_line", line),
    "delivery.download_evidence": url("delivery:evidence", line),
    "report.draft": url("reporting:request", authority),
    "report.approve": url("reporting:approve", report),
    "report.download": url("reporting:report", report),
    "users.manage": url("accounts:people", authority),
}

# What must be so before the question makes sense.
ARRANGE = {
    "award.approve": lambda world: world.state == "M" and wait_for_approval(world),
}

# Where the oracle cannot be right, with the reason; everything else must match.
DEVIATIONS = {
    ("delivery.verify", "bidder_own", "D"): (
        "403",
        "a draft tender has no contract; the planted one is the bidder's own, as for every row",
    ),
}


def browsers_of(world: World) -> dict[str, Client]:
    """A browser for each role, signed in once."""
    browsers = {role: Client() for role in world.people}
    for role, browser in browsers.items():
        if role != "anon":
            browser.force_login(world.people[role])
    return browsers


def answer(world: World, browser: Client, action: str, method: str) -> str:
    """What the product says, in the oracle's words."""
    address = ADDRESS[action](world)
    response = browser.get(address) if method == "GET" else browser.post(address, {})
    if response.status_code == 302:
        return "302login" if response.url.startswith("/account/login/") else "200"
    # Closing a download must not close the test's own connection with it.
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)
    return str(response.status_code)


@pytest.fixture
def world(request, db):
    return build_world(request.param)


@pytest.mark.parametrize("world", STATES, indirect=True)
def test_every_answer_is_the_one_in_the_matrix(world):
    wrong, browsers = [], browsers_of(world)
    for action in ADDRESS:
        for cell in CELLS[action]:
            if cell["state"] != world.state:
                continue
            point = transaction.savepoint()
            ARRANGE.get(action, lambda world: None)(world)
            said = answer(world, browsers[cell["role"]], action, cell["method"])
            transaction.savepoint_rollback(point)
            key = (action, cell["role"], cell["state"])
            expected = DEVIATIONS.get(key, (cell["expect"], ""))[0]
            if said != expected:
                wrong.append(f"{action} by {cell['role']}: {said}, not {expected}")

    assert wrong == []


def test_the_oracle_has_every_cell_of_the_actions_that_exist():
    for action in ADDRESS:
        assert len(CELLS[action]) == 16 * 10


def test_the_oracle_holds_no_action_that_cannot_be_asked_for():
    assert set(CELLS) == set(ADDRESS)


def test_every_deviation_has_a_reason():
    assert all(reason for _, reason in DEVIATIONS.values())
