"""The parts of an approval paper on the policy: what it asks, who decides, what departs from it."""

from fractions import Fraction

from charter.proportion import Asked
from design.numbers import said
from design.templatetags.format import london, london_date
from metrics.grammar import plain
from reporting.paper_blocks import clause, items, part, table, words
from tenders.approval import Route, latest_of
from tenders.models import Tender
from tenders.policy import asked_words, effective_words
from tenders.presenters.duties import told
from tenders.presenters.policy import (
    Departure,
    Dispute,
    answer_of,
    departures_of,
    disputes_of,
    verdict_of,
)
from tenders.weights import PolicyAnswer, resolve

PLACES = 4
GROUPS = {"price": "Price", "quality": "Quality", "social_value": "Social value"}


def who_decides(tender: Tender, route: Route) -> dict:
    """Who answers for a contract of this size, by which clause, and what was asked of them."""
    latest = latest_of(tender)
    if not route.decides:
        return part(
            "Who decides", words(f"Nobody has to approve that it is published: {route.because}.")
        )
    note = latest.note if latest and latest.is_approved is None else ""
    return part(
        "Who decides",
        words(f"{route.decides} must approve that it is published, because {route.because}."),
        clause(route.duty) if route.duty else None,
        words(f"The officer's note: {note}" if note else ""),
    )


def what_policy_asks(tender: Tender, asked: Asked) -> dict:
    """Every duty that binds this contract: what it comes to, and its own words."""
    verdict = verdict_of(tender, asked)
    because = f" Why: {'; '.join(verdict.because)}." if verdict.because else ""
    return part(
        "What the policy asks",
        words(f"{verdict.words}{because}"),
        *(
            clause(row.duty, f"{row.label}: {row.words}. It applies because {row.duty.because}.")
            for row in told(asked, answer_of(tender, asked))
        ),
    )


def departures(tender: Tender, whole: Asked) -> dict:
    """The rules chosen between, and every request to be let off, as it stands."""
    chosen = [_chosen(one) for one in disputes_of(tender, whole) if one.choice]
    asked = [_departure(one) for one in departures_of(tender, whole)]
    none = "The draft departs from the policy in nothing." if not (chosen or asked) else ""
    return part("Departures from the policy", words(none), items(chosen), items(asked))


def _chosen(one: Dispute) -> str:
    followed, other = sorted(one.sides, key=lambda side: not side.is_followed)
    assert one.choice is not None
    return (
        f"Two rules contradict each other. Followed: {followed.words} "
        f"({followed.duty.clause['paragraph']}), which comes to {followed.comes_to}. Set aside: "
        f"{other.words} ({other.duty.clause['paragraph']}), which would come to "
        f"{other.comes_to}. Why: {one.choice.reason}"
    )


def _departure(one: Departure) -> str:
    asked = one.opt_out
    begun = f"{one.what} ({one.tag.lower()}). Explored: {asked.explored} Why not: {asked.why_not}"
    if asked.decided_on is None:
        return f"{begun} Asked of {asked.decides}, {london(asked.requested_at)}."
    minuted = f", minuted as {asked.minute_reference}" if asked.minute_reference else ""
    return (
        f"{begun} Decided by {asked.decided_by_body} on {london_date(asked.decided_on)}{minuted}: "
        f"{asked.decision_reason}"
    )


def weightings(tender: Tender, asked: Asked) -> dict:
    """The weightings on both readings, and each rule on them."""
    answer = answer_of(tender, asked)
    if answer is None:
        return part("Weightings", words("The weightings do not make a whole yet."))
    whole = resolve(tender.weights)
    of_quality = _of_the_quality_element(answer, whole["price"])
    element = said(100 - whole["price"], PLACES)
    return part(
        "Weightings",
        words(f"Social value is {effective_words(answer)}."),
        table(
            "Effective weightings",
            ["", "Of the whole score"],
            [[name, f"{said(whole[key], PLACES)}%"] for key, name in GROUPS.items()],
        ),
        words(
            f"Read as a share of the quality element, which takes {element}% of the score, social "
            f"value weighs {of_quality}. Read as a share of the whole score, it weighs "
            f"{plain(answer.effective_overall_percent)}%."
        ),
        table("Rules on the weightings", ["Rule", "What it asks here", "Met"], _rules(answer)),
    )


def _of_the_quality_element(answer: PolicyAnswer, price: Fraction) -> str:
    element = 100 - price
    if not element:
        return "nothing"
    return f"{said(answer.effective_overall_percent * 100 / element, PLACES)}%"


def _rules(answer: PolicyAnswer) -> list[list[str]]:
    return [
        [
            f"{one.clause['document']}, {one.clause['paragraph']}",
            asked_words(one),
            "not decided" if one.is_disputed else ("yes" if one.is_met else "no"),
        ]
        for one in answer.required
    ]
