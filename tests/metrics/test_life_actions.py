"""A policy adopted, a charter begun, a version copied, published, discarded."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.access import Conflict
from accounts.roles import Role
from charter import pack
from charter.actions import add_comment, begin_charter, remove_principle
from charter.actions.versions import OWN_TO_A_VERSION
from charter.models import Charter, Comment, Framework, Mapping, Maturity, Partner
from charter.refusals import Unfit
from metrics import actions
from metrics.models import Metric, MetricFlag
from records.models import AuditEvent
from tests.factories.accounts import AuthorityFactory, UserFactory, person_in
from tests.factories.charter import CharterFactory
from tests.factories.metrics import MetricFactory
from tests.metrics.lives import (
    LATER,
    NOW,
    administrator_of,
    answer,
    decision,
    empty_draft,
    principles_of,
    whole_charter,
    with_reasons,
)

pytestmark = pytest.mark.django_db


def adopt(authority, *, code="sslep-2021", in_force=False, by=None, at=NOW):
    return actions.adopt_pack(
        code=code,
        authority=authority,
        in_force=in_force,
        decision=decision() if in_force else None,
        reason="Read by the board." if in_force else "",
        by=by or administrator_of(authority),
        at=at,
    )


def copy(charter, *, by=None, at=NOW):
    by = by or administrator_of(charter.authority)
    return actions.start_new_version(charter=charter, reason="The yearly review.", by=by, at=at)


def publish(charter, *, by=None, at=NOW, **fields):
    by = by or administrator_of(charter.authority)
    return actions.publish_version(charter=charter, decision=decision(**fields), by=by, at=at)


def columns(record, left_out):
    return {
        field.attname: getattr(record, field.attname)
        for field in record._meta.concrete_fields
        if field.name not in left_out
    }


def test_a_policy_is_adopted_as_a_draft_to_edit():
    authority = AuthorityFactory()
    administrator = administrator_of(authority)

    charter = adopt(authority, by=administrator)

    assert (charter.authority, charter.version, charter.status) == (authority, 1, "draft")
    assert (charter.pack, charter.begun_by, charter.begun_at) == ("sslep-2021", administrator, NOW)
    assert charter.metrics.count() == 25
    assert charter.metrics.with_target_not_set().count() == 4


def test_a_policy_is_adopted_in_force_with_the_decision_that_put_it_there():
    charter = adopt(AuthorityFactory(), in_force=True)

    charter.refresh_from_db()
    assert (charter.status, charter.published_at) == ("published", NOW)
    assert (charter.decided_by_body, charter.minute_reference) == ("Cabinet", "CB.12/26")
    assert (charter.decided_on, charter.effective_from) == (date(2026, 5, 20), date(2026, 6, 1))


@pytest.mark.parametrize("code", pack.pack_codes())
def test_every_shipped_policy_can_be_taken_as_a_draft(code):
    charter = adopt(AuthorityFactory(), code=code)

    assert (charter.code, charter.status) == (code, "draft")


def test_adopting_brings_every_framework_that_ships():
    adopt(AuthorityFactory())

    assert Framework.objects.filter(family="social-value-model").count() == 3


def test_adopting_leaves_an_audit_event():
    authority = AuthorityFactory()
    administrator = administrator_of(authority)

    charter = adopt(authority, by=administrator)

    event = AuditEvent.objects.get(verb="charter.adopted")
    assert (event.actor_id, event.target_id) == (administrator.pk, str(charter.pk))
    assert event.details == {"pack": "sslep-2021"}


@pytest.mark.parametrize("code", ["leicester-2018", "west-of-england-2024"])
def test_a_policy_that_is_itself_a_draft_is_not_put_in_force(code):
    authority = AuthorityFactory()

    with pytest.raises(Unfit) as caught:
        adopt(authority, code=code, in_force=True)

    assert caught.value.field == "in_force"
    assert "Take it as a draft" in str(caught.value)
    assert not authority.charters.exists()


def test_the_same_policy_is_adopted_once():
    authority = AuthorityFactory()
    adopt(authority, in_force=True)

    with pytest.raises(Conflict, match="You have SSLEP Social Value Charter already"):
        adopt(authority)


def test_a_second_draft_of_one_policy_is_refused():
    authority = AuthorityFactory()
    adopt(authority)

    with pytest.raises(Conflict, match="There is a draft already"):
        adopt(authority)


def test_a_discarded_policy_may_be_adopted_again():
    authority = AuthorityFactory()
    draft = adopt(authority)
    actions.discard_draft(charter=draft, by=administrator_of(authority), at=NOW)

    assert adopt(authority).version == 1


def test_two_authorities_adopt_the_same_policy_each_for_itself():
    ours, theirs = adopt(AuthorityFactory()), adopt(AuthorityFactory())

    assert ours.authority != theirs.authority
    assert not set(ours.metrics.values_list("lineage")) & set(theirs.metrics.values_list("lineage"))


def test_a_later_edition_of_a_policy_keeps_the_lineage_of_its_metrics():
    authority = AuthorityFactory()
    old = CharterFactory(authority=authority, code="sslep-2021", version=1)
    known = MetricFactory(charter=old, number=7, revision=3)

    draft = adopt(authority)

    metric = draft.metrics.get(number=7)
    assert (draft.version, metric.lineage, metric.revision) == (2, known.lineage, 3)
    assert draft.metrics.filter(lineage=known.lineage).count() == 1


def test_an_unsound_decision_leaves_nothing_adopted():
    authority = AuthorityFactory()

    with pytest.raises(Unfit, match="Decision date"):
        actions.adopt_pack(
            code="sslep-2021",
            authority=authority,
            in_force=True,
            decision=decision(decided_on=date(2026, 6, 2), effective_from=date(2026, 6, 2)),
            reason="Read by the board.",
            by=administrator_of(authority),
            at=NOW,
        )

    assert not authority.charters.exists()


def test_a_charter_of_ones_own_begins_empty():
    authority = AuthorityFactory()

    charter = begin_charter(
        authority=authority,
        title="Anytown’s Way",
        place="Anytown",
        source="Our own words",
        by=administrator_of(authority),
        at=NOW,
    )

    assert (charter.code, charter.version, charter.status) == ("own-anytowns-way", 1, "draft")
    assert (charter.pack, charter.quadrants.count(), charter.metrics.count()) == ("", 0, 0)


def test_who_begins_a_charter_finds_the_frameworks_to_map_it_to():
    authority = AuthorityFactory()

    begin_charter(
        authority=authority,
        title="Ours",
        place="Anytown",
        source="Our own words",
        by=administrator_of(authority),
        at=NOW,
    )

    codes = Framework.objects.order_by("code").values_list("code", flat=True)
    assert list(codes) == ["ppn-002", "ppn-026", "ppn-06-20", "sdg"]


@pytest.mark.parametrize(
    ("title", "code"),
    [("SSLEP 2021", "own-sslep-2021"), ("社会", "own-charter"), ("a" * 200, f"own-{'a' * 50}")],
)
def test_any_title_makes_a_name_that_no_shipped_policy_has(title, code):
    authority = AuthorityFactory()

    charter = begin_charter(
        authority=authority,
        title=title,
        place="Anytown",
        source="Ours",
        by=administrator_of(authority),
        at=NOW,
    )

    assert charter.code == code


def test_a_second_charter_of_one_title_is_refused_beside_the_title():
    authority = AuthorityFactory()
    begin = {"title": "Ours", "place": "Anytown", "source": "Ours", "at": NOW}
    begin_charter(authority=authority, by=administrator_of(authority), **begin)

    with pytest.raises(Unfit) as caught:
        begin_charter(authority=authority, by=administrator_of(authority), **begin)

    assert caught.value.field == "title"


def test_a_new_version_is_a_copy_word_for_word():
    charter = whole_charter(pack="sslep-2021", pack_version=1)

    draft = copy(charter)

    assert (draft.version, draft.status, draft.copied_from) == (2, "draft", charter)
    assert draft.change_reason == "The yearly review."
    assert columns(draft, OWN_TO_A_VERSION) == columns(charter, OWN_TO_A_VERSION)


@pytest.mark.parametrize(
    ("records", "left_out", "order"),
    [
        (lambda it: it.quadrants, {"id", "charter"}, "code"),
        (principles_of, {"id", "quadrant"}, "code"),
        (lambda it: it.metrics, {"id", "charter", "principle"}, "number"),
        (
            lambda it: MetricFlag.objects.filter(metric__charter=it),
            {"id", "metric"},
            "metric__number",
        ),
        (
            lambda it: Mapping.objects.filter(principle__quadrant__charter=it),
            {"id", "principle"},
            "theme__number",
        ),
    ],
    ids=["quadrants", "principles", "metrics", "notes", "mappings"],
)
def test_a_copy_holds_every_column_of_everything(records, left_out, order):
    charter = whole_charter()

    draft = copy(charter)

    told = [columns(one, left_out) for one in records(charter).order_by(order)]
    assert [columns(one, left_out) for one in records(draft).order_by(order)] == told
    assert told


def test_a_copy_hangs_on_its_own_principles_and_overlaps_with_its_own_metrics():
    charter = whole_charter()

    draft = copy(charter)

    assert {one.principle.quadrant.charter for one in draft.metrics.all()} == {draft}
    assert [one.principle.code for one in draft.metrics.all()] == ["ES1", "ES1", "GS1"]
    overlapping = draft.metrics.get(number=2)
    assert list(overlapping.overlaps.all()) == [draft.metrics.get(number=3)]
    assert list(draft.metrics.get(number=3).overlaps.all()) == [overlapping]


def test_a_copy_keeps_who_is_to_set_a_missing_target():
    charter = whole_charter()
    owner = person_in(charter.authority, Role.OFFICER)
    charter.metrics.filter(number=3).update(target_owner=owner)

    draft = copy(charter)

    assert draft.metrics.get(number=3).target_owner == owner


def test_changing_a_copy_leaves_the_version_in_force_alone():
    charter = whole_charter()
    draft = copy(charter)

    draft.metrics.update(wording="Something else")
    principles_of(draft).update(text="Something else.")

    assert not charter.metrics.filter(wording="Something else").exists()
    assert not principles_of(charter).filter(text="Something else.").exists()


def test_a_new_version_starts_from_the_one_in_force_only():
    draft = empty_draft()
    with pytest.raises(Conflict, match="is a draft. Change it as it is."):
        copy(draft)

    old = CharterFactory(superseded=True)
    with pytest.raises(Conflict, match="Start from the version in force."):
        copy(old)


def test_a_charter_has_one_draft_at_a_time():
    charter = whole_charter()
    copy(charter)

    with pytest.raises(Conflict, match="There is a draft already"):
        copy(charter)

    assert Charter.objects.filter(code=charter.code).count() == 2


def test_publishing_supersedes_the_version_before_and_keeps_both_days():
    charter = whole_charter()
    draft = copy(charter)

    publish(draft, at=LATER, minute_reference="CB.40/26")

    charter.refresh_from_db()
    draft.refresh_from_db()
    assert (charter.status, charter.superseded_at) == ("superseded", LATER)
    assert (draft.status, draft.published_at) == ("published", LATER)
    assert (draft.decided_by_body, draft.minute_reference) == ("Cabinet", "CB.40/26")


def test_publishing_counts_a_revision_for_what_changed_and_for_nothing_else():
    charter = whole_charter()
    draft = copy(charter)
    draft.metrics.filter(number=1).update(target_text="At least 40 hours")
    MetricFactory(charter=draft, principle=principles_of(draft)[0], number=4)
    answer(draft)

    publish(draft)

    assert list(draft.metrics.values_list("number", "revision")) == [(1, 2), (2, 1), (3, 1), (4, 1)]


def test_a_new_number_is_a_revision_of_its_own_metric_and_not_of_those_it_overlaps_with():
    charter = whole_charter()
    draft = copy(charter)
    draft.metrics.filter(number=3).update(number=30)
    answer(draft)

    publish(draft)

    assert list(draft.metrics.values_list("number", "revision")) == [(1, 1), (2, 1), (30, 2)]


def test_who_is_to_set_a_target_is_no_revision():
    charter = whole_charter()
    draft = copy(charter)
    draft.metrics.update(target_owner=UserFactory())

    publish(draft)

    assert set(draft.metrics.values_list("revision", flat=True)) == {1}


def test_revisions_go_on_from_version_to_version():
    charter = whole_charter()
    for hours in ("40", "44"):
        draft = copy(Charter.objects.get(code=charter.code, status="published"))
        draft.metrics.filter(number=1).update(target_text=f"At least {hours} hours")
        answer(draft)
        publish(draft)

    assert Metric.objects.get(charter__version=3, number=1).revision == 3


@pytest.mark.parametrize(
    ("metrics", "maturity"), [(0, Maturity.PRINCIPLES_ONLY), (1, Maturity.WHOLE)]
)
def test_what_is_published_says_how_much_it_decides(metrics, maturity):
    draft = empty_draft(maturity=Maturity.DRAFT)
    MetricFactory.create_batch(metrics, charter=draft, principle=principles_of(draft)[0])
    with_reasons(draft)

    assert publish(draft).maturity == maturity


def test_a_draft_without_a_principle_is_not_published():
    draft = CharterFactory(draft=True)

    with pytest.raises(Conflict, match="Add a field of action and a principle"):
        publish(draft)

    draft.refresh_from_db()
    assert draft.status == "draft"


def test_an_unsound_decision_publishes_nothing():
    draft = empty_draft()

    with pytest.raises(Unfit):
        publish(draft, effective_from=date(2026, 6, 2))

    draft.refresh_from_db()
    assert (draft.status, draft.decided_by_body) == ("draft", "")


def test_discarding_takes_everything_of_the_draft_and_nothing_else():
    charter = whole_charter()
    before = (Metric.objects.count(), Mapping.objects.count())
    draft = copy(charter)

    actions.discard_draft(charter=draft, by=administrator_of(charter.authority), at=NOW)

    assert list(Charter.objects.all()) == [charter]
    assert (Metric.objects.count(), Mapping.objects.count()) == before
    event = AuditEvent.objects.get(verb="charter.discarded")
    assert event.details == {
        "title": charter.title,
        "version": 2,
        "reason": "The yearly review.",
    }


def test_a_draft_that_others_commented_on_is_kept():
    draft = empty_draft()
    Comment.objects.create(
        charter=draft,
        about="The whole charter",
        group="Anytown CVS",
        words="Say more of volunteers.",
        made_by=administrator_of(draft.authority),
        made_at=NOW,
    )

    with pytest.raises(Conflict, match="Change the draft instead"):
        actions.discard_draft(charter=draft, by=administrator_of(draft.authority), at=NOW)

    assert Comment.objects.get().charter == draft


def test_a_draft_that_a_partner_signed_is_kept():
    draft = empty_draft()
    Partner.objects.create(charter=draft, name="Anytown CVS", statement="We agree.", asked_at=NOW)

    with pytest.raises(Conflict):
        actions.discard_draft(charter=draft, by=administrator_of(draft.authority), at=NOW)


@pytest.mark.parametrize(
    "act", [publish, lambda it, by: actions.discard_draft(charter=it, by=by, at=NOW)]
)
def test_only_a_draft_is_published_or_discarded(act):
    charter = whole_charter()

    with pytest.raises(Conflict, match="never changes"):
        act(charter, by=administrator_of(charter.authority))


@pytest.mark.parametrize("role", [Role.OFFICER, Role.BOARD, Role.CONTRACT_MANAGER, Role.EVALUATOR])
@pytest.mark.parametrize(
    "act",
    [
        lambda charter, draft, by: adopt(charter.authority, by=by),
        lambda charter, draft, by: begin_charter(
            authority=charter.authority, title="A", place="B", source="C", by=by, at=NOW
        ),
        lambda charter, draft, by: copy(charter, by=by),
        lambda charter, draft, by: publish(draft, by=by),
        lambda charter, draft, by: actions.discard_draft(charter=draft, by=by, at=NOW),
    ],
    ids=["adopt", "begin", "copy", "publish", "discard"],
)
def test_only_an_administrator_of_the_authority_does_any_of_it(act, role):
    charter = whole_charter()
    draft = empty_draft(authority=charter.authority)
    for person in (person_in(charter.authority, role), administrator_of(AuthorityFactory())):
        with pytest.raises((PermissionDenied, Http404)):
            act(charter, draft, person)

    assert Charter.objects.count() == 2
    assert AuditEvent.objects.count() == 0


LATE = {
    "publish": lambda it: publish(it["draft"], by=it["by"]),
    "discard": lambda it: actions.discard_draft(charter=it["draft"], by=it["by"], at=NOW),
    "comment": lambda it: add_comment(
        charter=it["draft"], about="All", group="", words="Well", by=it["by"], at=NOW
    ),
    "remove_principle": lambda it: remove_principle(principle=it["principle"], by=it["by"], at=NOW),
    "remove_metric": lambda it: actions.remove_metric(metric=it["metric"], by=it["by"], at=NOW),
    "set_owner": lambda it: actions.set_owner(metric=it["metric"], owner=None, by=it["by"], at=NOW),
}


@pytest.mark.parametrize("act", LATE)
def test_whoever_had_a_discarded_draft_open_is_told(act):
    draft = copy(whole_charter())
    held = {
        "draft": Charter.objects.get(pk=draft.pk),
        "metric": Metric.objects.select_related("charter__authority").filter(charter=draft)[0],
        "principle": principles_of(draft).select_related("quadrant__charter__authority")[0],
        "by": administrator_of(draft.authority),
    }
    actions.discard_draft(charter=draft, by=held["by"], at=NOW)

    with pytest.raises(Conflict, match="Nothing was saved"):
        LATE[act](held)
