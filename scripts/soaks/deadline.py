"""Many submit across a deadline while an officer and the chair open as soon as they may."""

import time
from argparse import Namespace
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID

from records.clock import database_time
from scripts.soaks import claims, ledger, reader, stage
from scripts.soaks.pressing import Notes, form_of, leads_to_a_receipt, press, receipt_of
from scripts.soaks.report import table, verdict
from scripts.soaks.visitor import Visitor
from tenders.models import Tender

# The first presses so long before the deadline, the last so long after it.
BEFORE, AFTER = 10.0, 0.5
TO_GET_READY = 1.0
OPENING_BEGINS_BEFORE = 0.5
SECONDS_TO_OPEN = 120
READING_AT_ONCE = 8
DOUBLES_AT_ONCE = 4
PRESSES = 5
UNSEEN = "acknowledged, unseen at opening"


def run(options: Namespace) -> int:
    """Print the report; 0 if it says what it should."""
    notes = Notes(Path(options.ledger))
    notes.ledger.touch()
    firms = stage.firms(options.submitters, port=options.bidders)
    broken: Counter = Counter()
    for number in range(1, options.rounds + 1):
        found = _round(firms, options.team, notes)
        print(f"Round {number}: {verdict(found)}", flush=True)
        broken.update(found)
    seconds = list(notes.seconds)
    broken.update(_doubles(firms, options.doubles, notes))
    broken["answers of 500 and above"] += sum(
        status >= 500 for firm in firms for status in firm.visitor.statuses
    )
    print(table("What bidders saw", {**notes.ended, **_times(seconds)}))
    print(table("How often each claim was broken", broken))
    return _end(broken, without_lock=options.without_lock)


def _end(broken: Counter, *, without_lock: bool) -> int:
    if without_lock:
        print(f"\nThe planted fault was {'found' if broken[UNSEEN] else 'NOT FOUND'}.")
        return 0 if broken[UNSEEN] else 1
    print(f"\n{verdict(broken)}")
    return 1 if any(broken.values()) else 0


def _times(seconds: list[float]) -> dict[str, str]:
    shares = {"median": 0.5, "p95": 0.95, "longest": 1.0}
    return {
        f"a submit near the deadline, {name}": f"{claims.share_within(seconds, share):.2f} s"
        for name, share in shares.items()
    }


def _round(firms: list[stage.Firm], team_port: int, notes: Notes) -> dict[str, int]:
    tender, visitors = stage.drafts_of(firms)
    team = stage.openers(tender, port=team_port)
    with ThreadPoolExecutor(READING_AT_ONCE) as pool:
        forms = list(pool.map(form_of, visitors, visitors.values()))
    tokens = [person.token() for person in team]
    deadline = _deadline(tender)
    step = (BEFORE + AFTER) / len(forms)
    with ThreadPoolExecutor(len(forms) + len(team)) as pool:
        moments = (deadline - BEFORE + number * step for number in range(len(forms)))
        bidding = [
            pool.submit(_bid, tender, bid, visitors[bid], form, moment, notes)
            for bid, form, moment in zip(visitors, forms, moments, strict=True)
        ]
        opened = [
            pool.submit(_open, person, f"/bids/of/{tender.pk}/open/{door}", token, deadline)
            for person, door, token in zip(team, ("", "chair/"), tokens, strict=True)
        ]
    for one in bidding:
        one.result()
    if not all(one.result() for one in opened):
        return {"tenders that could not be opened": 1}
    promised = _promised(notes, tender)
    found = claims.after_opening(promised, reader.found_of(str(tender.pk), team[0]))
    errors = sum(status >= 500 for person in team for status in person.statuses)
    return {**found, "answers of 500 and above": errors}


def _deadline(tender: Tender) -> float:
    """Set the deadline; when that is on this process's own clock."""
    closes_at = stage.close_in(tender, BEFORE + TO_GET_READY)
    return time.monotonic() + (closes_at - database_time()).total_seconds()


def _bid(
    tender: Tender,
    bid: UUID,
    visitor: Visitor,
    form: dict[str, str],
    moment: float,
    notes: Notes,
) -> None:
    _wait_until(moment)
    answer = press(bid, visitor, form, notes)
    if not leads_to_a_receipt(answer):
        notes.count(f"submits answered {answer.status if answer else 'by nobody'}")
    elif receipt := receipt_of(tender.pk, bid, visitor, form["key"]):
        notes.note(receipt)
        notes.count("submits with a receipt")
    else:
        notes.count("submits sent on to a page without a receipt")


def _open(person: Visitor, path: str, token: dict[str, str], deadline: float) -> bool:
    """Press until it is allowed."""
    _wait_until(deadline - OPENING_BEGINS_BEFORE)
    while time.monotonic() < deadline + SECONDS_TO_OPEN:
        if person.post(path, token).status == 302:
            return True
    return False


def _wait_until(moment: float) -> None:
    time.sleep(max(moment - time.monotonic(), 0))


def _doubles(firms: list[stage.Firm], times: int, notes: Notes) -> dict[str, int]:
    """One press, sent five times at once: one version, and one receipt for all five."""
    tender, visitors = stage.drafts_of(firms)
    bids = list(visitors)
    with ThreadPoolExecutor(DOUBLES_AT_ONCE) as pool:
        pressing = [
            pool.submit(_double, tender, bid, visitors[bid], notes)
            for bid in (bids[number % len(bids)] for number in range(times))
        ]
    kept = reader.kept_of(str(tender.pk))
    return {
        "pressed five times, not five answers": sum(not one.result() for one in pressing),
        "versions more or less than presses": abs(len(kept) - times),
        **claims.of_versions(_promised(notes, tender), kept),
    }


def _double(tender: Tender, bid: UUID, visitor: Visitor, notes: Notes) -> bool:
    form = form_of(bid, visitor)
    with ThreadPoolExecutor(PRESSES) as pool:
        answers = [pool.submit(press, bid, visitor, form, notes) for _ in range(PRESSES)]
    if receipt := receipt_of(tender.pk, bid, visitor, form["key"]):
        notes.note(receipt)
    notes.count("presses sent five times at once")
    return all(leads_to_a_receipt(answer.result()) for answer in answers)


def _promised(notes: Notes, tender: Tender) -> list[ledger.Receipt]:
    with notes.ledger.open() as lines:
        return [one for one in ledger.read(lines) if one.tender == str(tender.pk)]
