"""Tell a story in the past, so that a finished procurement has believable dates.

Deadlines are decided by the database's clock, which cannot be turned back. For as long as
a demo command runs, and in its process only, the modules that ask for the database's time
are told the time of the story. The running product has no such switch.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from unittest.mock import patch

from records import clock


@contextmanager
def told_at(moment: datetime) -> Iterator[datetime]:
    """Within this block it is `moment` for every action."""
    listeners = [
        module
        for module in list(sys.modules.values())
        if getattr(module, "database_time", None) is clock.database_time
    ]
    patches = [patch.object(module, "database_time", lambda: moment) for module in listeners]
    for listener in patches:
        listener.start()
    try:
        yield moment
    finally:
        for listener in patches:
            listener.stop()
