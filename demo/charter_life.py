"""The demo's charters: adopted, signed by partners, answered by the authority, being revised."""

from decimal import Decimal

import charter.actions as chartering
import metrics.actions as counting
from accounts.models import Organisation
from charter.decisions import Decision
from charter.models import Charter, Principle
from charter.states import CharterStatus
from demo import cast
from demo.calendar import Calendar
from demo.cast import user
from demo.past import told_at
from metrics.models import Lever, Route
from metrics.own_answers import Done

ADOPTED, SIGNED, RECORDED, BEGUN, COMMENTED = -400, -300, -60, -20, -10
OTHER_CHARTER = "nelc-2018"
PARTNERS = (
    (
        "Potteries Further Education Group",
        "We open our workshops to every supplier that takes on an apprentice.",
        ("ES2", "ES3"),
    ),
    (
        "Moorlands Voluntary Action",
        "We match charities with firms that have people and skills to lend.",
        ("CO2", "CO4"),
    ),
)
# Metric, what was done, by which lever, and the account.
OWN_RESULTS = (
    (5, "52", Lever.ANCHOR, "Board members and staff visited nine schools and two colleges."),
    (22, "30", Lever.ANCHOR, "Our finance team held five surgeries for charities and small firms."),
)


def adopt(authority: Organisation, days: Calendar) -> Charter:
    """The authority of the story and its neighbour each adopt a shipped policy."""
    with told_at(days.noon(ADOPTED)) as now:
        neighbour = Organisation.objects.get(name=cast.OTHER_AUTHORITY)
        _adopt(OTHER_CHARTER, neighbour, cast.FOREIGN, days, now)
        return _adopt(cast.CHARTER, authority, cast.ADMINISTRATOR, days, now)


def _adopt(code: str, authority: Organisation, person: cast.Person, days: Calendar, now) -> Charter:
    decision = Decision(
        body="Board",
        decided_on=days.day(ADOPTED),
        minute_reference="Demo minute 7",
        effective_from=days.day(ADOPTED),
    )
    return counting.adopt_pack(
        code=code,
        authority=authority,
        in_force=True,
        decision=decision,
        reason="Read in full by the board, which adopts the paper as it was printed. Each tender "
        "sees to what is doubtful in the metrics that it asks for.",
        by=user(person),
        at=now,
    )


def live(authority: Organisation, days: Calendar) -> None:
    """Partners sign, the authority answers for itself, and a second version is under way."""
    charter = Charter.objects.get(authority=authority, status=CharterStatus.PUBLISHED)
    for name, statement, codes in PARTNERS:
        _sign(charter, name, statement, codes, days)
    with told_at(days.noon(RECORDED)) as now:
        begun = days.day(RECORDED)
        year = begun.year if begun.month >= 4 else begun.year - 1
        for number, hours, lever, account in OWN_RESULTS:
            counting.record_result(
                authority=authority,
                metric=charter.metrics.get(number=number),
                year=year,
                done=Done(
                    lever=lever,
                    quantities={f"m{number}": Decimal(hours)},
                    bases={},
                    account=account,
                    no_file="The visits are noted in the diary of the office.",
                ),
                by=user(cast.OFFICER),
                at=now,
            )
    _revise(charter, days)


def _sign(charter: Charter, name: str, statement: str, codes, days: Calendar) -> None:
    with told_at(days.noon(SIGNED)) as now:
        chartering.record_partner(
            charter=charter,
            principles=list(Principle.objects.filter(quadrant__charter=charter, code__in=codes)),
            name=name,
            statement=statement,
            own_statement="",
            contact_name="",
            contact_email="",
            decision_reason="Signed at the charter's launch.",
            by=user(cast.ADMINISTRATOR),
            at=now,
        )


def _revise(charter: Charter, days: Calendar) -> None:
    """A draft that leaves one missing target open, with a comment answered and one waiting."""
    who = user(cast.ADMINISTRATOR)
    with told_at(days.noon(BEGUN)) as now:
        draft = counting.start_new_version(
            charter=charter,
            reason="To settle the targets that the first version left out.",
            by=who,
            at=now,
        )
        miles = draft.metrics.get(number=10)
        counting.set_owner(metric=miles, owner=user(cast.OFFICER), by=who, at=now)
    with told_at(days.noon(COMMENTED)) as now:
        first = _comment(
            draft,
            "Metric 10 Car miles saved",
            "Moorlands Voluntary Action",
            "Nobody here could forecast car miles. Ask how people will travel instead.",
            now,
        )
        _comment(
            draft,
            "The whole charter",
            "Potteries Further Education Group",
            "Please say which qualifications count as training.",
            now,
        )
    with told_at(days.noon(COMMENTED + 1)) as now:
        counting.resolve_target(
            metric=draft.metrics.get(number=10),
            route=Route.LEFT_OPEN,
            grounds="There is no forecast of car miles for any project so far.",
            reason="A number would be a guess; evaluators can mark how people will travel.",
            approved_by="Board",
            decided_on=days.day(COMMENTED + 1),
            target_text="Left open: evaluators mark how car miles will be saved",
            apart=None,
            new_bases=(),
            by=who,
            at=now,
        )
        chartering.answer_comment(
            comment=first,
            answer="Agreed. The target is left open and answers are marked in words.",
            led_to_change=True,
            by=who,
            at=now,
        )


def _comment(draft: Charter, about: str, group: str, words: str, now):
    return chartering.add_comment(
        charter=draft, about=about, group=group, words=words, by=user(cast.OFFICER), at=now
    )
