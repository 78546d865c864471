"""The edition of the national model that a tender goes with, by its own day of publication."""

from datetime import datetime

from charter.editions import SOCIAL_VALUE_MODEL, EditionOn, edition_on
from charter.models import Framework
from design.london import LONDON


def edition_for(published_at: datetime) -> EditionOn[Framework]:
    """What stands for a procurement that commences at this moment, by London's calendar."""
    editions = Framework.objects.editions_of(SOCIAL_VALUE_MODEL)
    return edition_on(editions, published_at.astimezone(LONDON).date())
