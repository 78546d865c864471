"""London's clocks: what a person types and reads, and the instant it stands for."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


class NoSuchTime(ValueError):
    """The clocks go forward over this time: it never shows on a clock."""


class TimeHappensTwice(ValueError):
    """The clocks go back over this time: it names two instants."""


def instant(wall: datetime) -> datetime:
    """The one instant at which London's clocks show this date and time, in UTC."""
    first = wall.replace(tzinfo=LONDON, fold=0)
    second = wall.replace(tzinfo=LONDON, fold=1)
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    if first.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != wall:
        raise NoSuchTime
    raise TimeHappensTwice


def nearest(wall: datetime) -> tuple[datetime, datetime]:
    """The last time before one that cannot be meant, and the first after it, that can."""
    return _step(wall, timedelta(minutes=-1)), _step(wall, timedelta(minutes=1))


def _step(wall: datetime, by: timedelta) -> datetime:
    while True:
        wall += by
        try:
            instant(wall)
        except (NoSuchTime, TimeHappensTwice):
            continue
        return wall
