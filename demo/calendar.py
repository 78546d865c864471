"""The days of the story."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


class Calendar:
    """Days of the story, counted from today, at noon in London."""

    def __init__(self, today: date):
        self.today = today

    def day(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def noon(self, days: int) -> datetime:
        return datetime.combine(self.day(days), time(12), LONDON)
