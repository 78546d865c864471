"""What a check finds in the policies that ship, read once for every test that asks."""

from functools import cache

from charter.pack import read_charter
from metrics.checking import findings_in_pack
from metrics.lint import Finding
from metrics.loading import read_metrics

SSLEP, NELC = "sslep-2021", "nelc-2018"
LEICESTER, WEST_OF_ENGLAND = "leicester-2018", "west-of-england-2024"
ALL = (SSLEP, NELC, LEICESTER, WEST_OF_ENGLAND)


@cache
def words_of(code: str):
    """The charter of a pack."""
    return read_charter(code)


@cache
def metrics_of(code: str):
    """The metrics of a pack; none in three of the four."""
    return read_metrics(code, principles=words_of(code).principle_codes)


@cache
def found_in(code: str) -> tuple[Finding, ...]:
    """Everything a check finds in a pack."""
    return tuple(findings_in_pack(words_of(code), metrics_of(code)))


def numbers_with(fault: str) -> list[int]:
    """The metrics of the board paper in which a fault is found."""
    return sorted({it for one in found_in(SSLEP) if one.code == fault for it in one.numbers})


def faults_of(number: int) -> list[str]:
    """All that is found in one metric of the board paper."""
    return sorted(one.code for one in found_in(SSLEP) if number in one.numbers)


def paragraphs_with(code: str, fault: str) -> list[list[str]]:
    """Where a fault is found in a pack: finding by finding, the places it quotes."""
    return [
        [place["paragraph"] for place in one.clauses] for one in found_in(code) if one.code == fault
    ]


def words_with(code: str, fault: str) -> list[str]:
    """How a fault is told in a pack, finding by finding."""
    return [one.words for one in found_in(code) if one.code == fault]
