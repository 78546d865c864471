"""Acts of several people at the same moment, each on a real connection of its own.

A test that uses these is marked `django_db(transaction=True)`, and has a twin that takes a lock
away and must go wrong, or it would prove nothing.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import IntegrityError, connection

from accounts.access import Conflict
from charter.refusals import Unfit
from evaluations.actions import Stale

REFUSALS = (Conflict, Unfit, Stale, IntegrityError)
# As long as a second person needs to come up to the lock of the first.
LONG = 1.0


def at_once(*acts):
    """What came of each act, all begun at the same moment."""
    start = Barrier(len(acts))

    def run(act):
        start.wait(timeout=10)
        return on_own_connection(act)

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def on_own_connection(act):
    """What came of an act in a thread: what it answers, or the kind of its refusal."""
    try:
        return act()
    except REFUSALS as told:
        return type(told)
    finally:
        connection.close()


def slowly(monkeypatch, module, name):
    """Let time pass before one step of an action, as a busy machine would."""
    step = getattr(module, name)

    def late(*args, **kwargs):
        time.sleep(LONG)
        return step(*args, **kwargs)

    monkeypatch.setattr(module, name, late)
