"""Two people at one charter at the same moment, on real connections: one wins, one is told.

The twins take a lock away and must go wrong, or the tests beside them would prove nothing.
"""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError

from accounts.access import Conflict
from charter.actions import versions
from charter.models import Charter
from charter.permissions import locked_draft
from metrics import actions
from metrics.actions import life
from metrics.models import Metric
from tests.factories.accounts import AuthorityFactory
from tests.metrics.lives import NOW, administrator_of, decision, whole_charter
from tests.races import LONG, at_once, on_own_connection, slowly

pytestmark = pytest.mark.django_db(transaction=True)


def starting(charter):
    by = administrator_of(charter.authority)
    return lambda: actions.start_new_version(charter=charter, reason="Review", by=by, at=NOW)


def test_of_two_new_versions_started_at_once_one_is_made_and_the_other_told(monkeypatch):
    slowly(monkeypatch, versions, "_copy_quadrants")
    charter = whole_charter()

    came = at_once(starting(charter), starting(charter))

    assert came.count(Conflict) == 1
    assert list(Charter.objects.drafts().values_list("version", flat=True)) == [2]
    assert Metric.objects.filter(charter__version=2).count() == 3


def test_twin_without_the_lock_the_second_starts_and_breaks_on_the_database(monkeypatch):
    slowly(monkeypatch, versions, "_copy_quadrants")
    monkeypatch.setattr(versions, "lock_authority", lambda authority: None)
    monkeypatch.setattr(
        Charter.objects, "select_for_update", lambda: Charter.objects.all(), raising=True
    )
    charter = whole_charter()

    came = at_once(starting(charter), starting(charter))

    assert came.count(IntegrityError) == 1


def test_of_two_adoptions_at_once_one_is_made_and_the_other_told():
    authority = AuthorityFactory()

    def adopting():
        by = administrator_of(authority)
        return lambda: actions.adopt_pack(
            code="nelc-2018", authority=authority, in_force=False, decision=None, by=by, at=NOW
        )

    came = at_once(adopting(), adopting())

    assert came.count(Conflict) == 1
    assert authority.charters.count() == 1


class Publishing:
    """A draft being published, stopped between its last look at the metrics and its commit."""

    def __init__(self, monkeypatch):
        self.has_looked, self.may_go_on = threading.Event(), threading.Event()
        count = life._count_revisions

        def paused(*args):
            count(*args)
            self.has_looked.set()
            self.may_go_on.wait(4)

        monkeypatch.setattr(life, "_count_revisions", paused)
        charter = whole_charter()
        by = administrator_of(charter.authority)
        self.draft = actions.start_new_version(charter=charter, reason="Review", by=by, at=NOW)
        self.publish = lambda: actions.publish_version(
            charter=self.draft, decision=decision(), by=by, at=NOW
        )

    def against(self, act):
        """What came of an act that begins while the draft is being published."""
        with ThreadPoolExecutor(2) as pool:
            published = pool.submit(on_own_connection, self.publish)
            self.has_looked.wait(4)
            other = pool.submit(on_own_connection, act)
            time.sleep(LONG)
            self.may_go_on.set()
            published.result()
            return other.result()


def edit(draft):
    """Change the words of a metric as the actions do: under the draft's lock."""
    with life.transaction.atomic():
        locked_draft(draft)
        Metric.objects.filter(charter=draft, number=1).update(wording="Slipped in")


def test_an_edit_waits_for_a_publication_and_is_then_refused(monkeypatch):
    publishing = Publishing(monkeypatch)

    came = publishing.against(lambda: edit(publishing.draft))

    assert came is Conflict
    assert not Metric.objects.filter(wording="Slipped in").exists()


def test_twin_without_the_lock_an_edit_slips_into_what_is_published(monkeypatch):
    monkeypatch.setattr(life, "locked_draft", lambda charter: charter)
    publishing = Publishing(monkeypatch)

    publishing.against(lambda: edit(publishing.draft))

    metric = Metric.objects.get(wording="Slipped in")
    assert (metric.charter.status, metric.revision) == ("published", 1)


def test_of_two_publications_at_once_one_is_made_and_the_other_told(monkeypatch):
    publishing = Publishing(monkeypatch)

    came = publishing.against(publishing.publish)

    assert came is Conflict
    assert Charter.objects.in_force().get() == publishing.draft


def test_a_new_version_started_during_a_publication_is_refused(monkeypatch):
    publishing = Publishing(monkeypatch)

    came = publishing.against(starting(publishing.draft.copied_from))

    assert came is Conflict
    assert not Charter.objects.drafts().exists()


def test_a_draft_discarded_during_its_publication_is_kept(monkeypatch):
    publishing = Publishing(monkeypatch)
    by = administrator_of(publishing.draft.authority)

    came = publishing.against(
        lambda: actions.discard_draft(charter=publishing.draft, by=by, at=NOW)
    )

    assert came is Conflict
    assert Charter.objects.in_force().get() == publishing.draft
