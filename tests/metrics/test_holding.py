"""A metric that cannot be relied on is held back from tenders, and released once it is mended."""

from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse

from accounts.access import Conflict
from accounts.roles import IN_AN_AUTHORITY, Role
from charter.refusals import Unfit
from metrics import actions
from metrics.actions import holding
from metrics.models import FlagKind, Metric, MetricFlag
from metrics.reliance import reliance_of
from records.models import AuditEvent
from tests.factories.accounts import AuthorityFactory, person_in
from tests.factories.charter import CharterFactory
from tests.factories.metrics import MetricFactory
from tests.metrics.lives import (
    NOW,
    administrator_of,
    answer,
    decision,
    empty_draft,
    principles_of,
)

pytestmark = pytest.mark.django_db
WHY = "We are asking for the evidence."


@pytest.fixture
def metric():
    """A metric of a draft, of which nothing says how it would be shown."""
    draft = empty_draft()
    return MetricFactory(
        charter=draft, principle=principles_of(draft)[0], number=4, evidence_text=""
    )


def hold(metric, *, reason=WHY, by=None):
    by = by or administrator_of(metric.charter.authority)
    return actions.hold_back(metric=metric, reason=reason, by=by, at=NOW)


def release(metric, *, by=None):
    by = by or administrator_of(metric.charter.authority)
    return actions.release(metric=metric, by=by, at=NOW)


def mend(metric):
    Metric.objects.filter(pk=metric.pk).update(evidence_text="Letters from schools")


def test_holding_back_keeps_the_words_and_puts_the_reason_beside_them(metric):
    before = (metric.wording, metric.target_text, metric.evidence_text)

    hold(metric)

    metric.refresh_from_db()
    note = metric.flags.get(kind=FlagKind.HELD_BACK)
    assert (metric.wording, metric.target_text, metric.evidence_text) == before
    assert note.words == WHY
    assert note.source == "Found by the check: Nothing says how it would be shown."


def test_holding_back_answers_the_error_so_that_the_draft_can_be_published(metric):
    charter = metric.charter
    assert len(reliance_of(charter).errors) == 1

    hold(metric)
    answer(charter)

    told = reliance_of(charter)
    assert (told.errors, told.needs) == ([], [])
    by = administrator_of(charter.authority)
    published = actions.publish_version(charter=charter, decision=decision(), by=by, at=NOW)
    assert published.status == "published"


def test_the_reason_for_holding_back_is_the_reason_for_what_the_check_still_says(metric):
    hold(metric)

    kept = metric.charter.known_warnings.get()
    assert kept.reason == WHY
    assert "Nothing says how it would be shown." in kept.words


def test_bidders_are_offered_it_no_more(metric):
    hold(metric)

    assert not Metric.objects.for_bidders().filter(pk=metric.pk).exists()


def test_holding_back_and_releasing_leave_audit_events(metric):
    hold(metric)
    mend(metric)
    release(metric)

    verbs = AuditEvent.objects.filter(target_id=str(metric.pk)).order_by("position")
    assert list(verbs.values_list("verb", flat=True)) == ["metric.held_back", "metric.released"]
    assert verbs[0].details["reason"] == WHY


def test_mending_it_does_not_release_it_by_itself(metric):
    hold(metric)
    by = administrator_of(metric.charter.authority)

    actions.edit_words(
        metric=metric,
        principle=metric.principle,
        number=metric.number,
        short_title=metric.short_title,
        wording=metric.wording,
        answered_by=metric.answered_by,
        evidence_text="Letters from schools",
        source=metric.source,
        by=by,
        at=NOW,
    )

    assert metric.flags.filter(kind=FlagKind.HELD_BACK).exists()
    release(metric)
    assert list(metric.flags.all()) == []


def test_it_is_not_released_before_it_is_mended(metric):
    hold(metric)

    with pytest.raises(Conflict, match="not mended yet: Nothing says how it would be shown"):
        release(metric)

    assert metric.flags.filter(kind=FlagKind.HELD_BACK).exists()


def test_twin_without_the_look_at_its_errors_it_is_released_all_the_same(metric, monkeypatch):
    hold(metric)
    monkeypatch.setattr(holding, "errors_by_metric", lambda metrics: {})

    release(metric)

    assert not metric.flags.filter(kind=FlagKind.HELD_BACK).exists()


def test_a_metric_without_an_error_is_not_held_back():
    metric = MetricFactory(charter=empty_draft())

    with pytest.raises(Conflict, match="finds no error in"):
        hold(metric)


def test_it_is_held_back_once(metric):
    hold(metric)

    with pytest.raises(Conflict, match="is held back already"):
        hold(metric)


def test_one_that_is_not_held_back_is_not_released(metric):
    with pytest.raises(Conflict, match="is not held back"):
        release(metric)


def test_holding_back_needs_a_reason(metric):
    with pytest.raises(Unfit) as refusal:
        hold(metric, reason=" ")

    assert refusal.value.field == "reason"


@pytest.mark.parametrize("act", [hold, release])
@pytest.mark.parametrize("role", [one for one in IN_AN_AUTHORITY if one != Role.ADMINISTRATOR])
def test_only_an_administrator_holds_back_and_releases(metric, act, role):
    colleague = person_in(metric.charter.authority, role)
    colleague.memberships.update(engaged_at=NOW)

    with pytest.raises(PermissionDenied):
        act(metric, by=colleague)


@pytest.mark.parametrize("act", [hold, release])
def test_an_outsider_finds_nothing(metric, act):
    with pytest.raises(Http404):
        act(metric, by=administrator_of(AuthorityFactory()))


@pytest.mark.parametrize("act", [hold, release])
def test_a_published_version_stays_as_it_is(act):
    metric = MetricFactory(charter=CharterFactory(), evidence_text="")

    with pytest.raises(Conflict, match="never changes"):
        act(metric)


def test_the_note_is_neither_added_nor_removed_by_hand(metric):
    by = administrator_of(metric.charter.authority)
    note = {"kind": FlagKind.HELD_BACK, "words": "No.", "source": "", "by": by, "at": NOW}
    with pytest.raises(Unfit, match="Choose another kind"):
        actions.add_flag(metric=metric, **note)

    hold(metric)
    flag = metric.flags.get(kind=FlagKind.HELD_BACK)
    with pytest.raises(Conflict, match="released once it is mended"):
        actions.remove_flag(metric=metric, flag=flag, by=by, at=NOW)


def test_the_next_version_holds_it_back_as_well(metric):
    charter = metric.charter
    hold(metric)
    answer(charter)
    by = administrator_of(charter.authority)
    published = actions.publish_version(charter=charter, decision=decision(), by=by, at=NOW)

    draft = actions.start_new_version(charter=published, reason="Review", by=by, at=NOW)

    assert MetricFlag.objects.get(metric__charter=draft, kind=FlagKind.HELD_BACK).words == WHY
    assert reliance_of(draft).needs == []


# The pages ----------------------------------------------------------------------------------


def sign_in(client, metric):
    client.force_login(administrator_of(metric.charter.authority))


def words(response):
    return " ".join(response.content.decode().split())


def check_of(metric):
    return reverse("metrics:check", args=[metric.charter_id])


def test_the_check_leads_to_holding_it_back_and_from_there_to_releasing_it(client, metric):
    sign_in(client, metric)
    hold_url = reverse("metrics:hold_back", args=[metric.pk])
    release_url = reverse("metrics:release", args=[metric.pk])
    assert hold_url in words(client.get(check_of(metric)))

    assert client.post(hold_url, {"reason": WHY}).url == check_of(metric)

    page = words(client.get(check_of(metric)))
    assert "is held back. Once this version is published, no tender is offered it." in page
    assert WHY in page
    assert "Still to mend: Nothing says how it would be shown." in page
    assert hold_url not in page
    assert release_url not in page

    mend(metric)
    assert release_url in words(client.get(check_of(metric)))
    assert client.get(release_url).status_code == 200

    assert client.post(release_url).url == check_of(metric)
    page = words(client.get(check_of(metric)))
    assert "is released. Once this version is published, tenders are offered it again." in page
    assert WHY not in page


def test_holding_back_without_a_reason_keeps_the_page(client, metric):
    sign_in(client, metric)

    response = client.post(reverse("metrics:hold_back", args=[metric.pk]), {"reason": " "})

    assert list(response.context["form"].errors) == ["reason"]
    assert not metric.flags.filter(kind=FlagKind.HELD_BACK).exists()


def test_releasing_too_early_is_a_conflict_that_says_what_to_do(client, metric):
    hold(metric)
    sign_in(client, metric)

    response = client.post(reverse("metrics:release", args=[metric.pk]))

    assert response.status_code == 409
    assert "Change the metric, then release it" in words(response)


@pytest.mark.parametrize("name", ["hold_back", "release"])
def test_an_officer_is_refused_both_pages(client, metric, name):
    officer = person_in(metric.charter.authority, Role.OFFICER)
    officer.memberships.update(engaged_at=NOW)
    client.force_login(officer)

    assert client.get(reverse(f"metrics:{name}", args=[metric.pk])).status_code == 403
    assert client.post(reverse(f"metrics:{name}", args=[metric.pk])).status_code == 403


def test_the_public_reads_its_words_with_a_plain_note(client):
    charter, _ = actions.load_charter(
        code="sslep-2021", authority=AuthorityFactory(), by=None, at=NOW
    )
    metric = charter.metrics.get(number=3)

    page = unescape(words(client.get(reverse("metrics:detail", args=[metric.pk]))))
    asked = {"charter": charter.pk, "answered_by": "bidders"}
    listed = words(client.get(reverse("metrics:list"), asked))

    assert metric.wording in page
    assert "Held back: no tender is offered this metric until it is mended." in page
    assert "The sentence ends in the middle." in page
    assert listed.count("Held back") == 2
