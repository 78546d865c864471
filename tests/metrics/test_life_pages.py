"""The pages of a charter's life, from a shipped policy to the next version."""

from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from accounts.roles import Role
from charter import pack
from charter.models import Charter, Comment
from metrics import actions
from metrics.loading import read_pack
from metrics.models import FlagKind
from tests.factories.accounts import (
    AuthorityFactory,
    SupplierFactory,
    UserFactory,
    bidder_of,
    person_in,
)
from tests.factories.charter import (
    CharterFactory,
    CommentFactory,
    PartnerFactory,
    PrincipleFactory,
)
from tests.factories.metrics import MetricFactory, MetricFlagFactory
from tests.metrics.lives import NOW, administrator_of, empty_draft, whole_charter

pytestmark = pytest.mark.django_db

DECISION = {
    "body": "Cabinet",
    "decided_on_day": "20",
    "decided_on_month": "5",
    "decided_on_year": "2026",
    "minute_reference": "CB.12/26",
    "effective_from_day": "1",
    "effective_from_month": "6",
    "effective_from_year": "2026",
}


def page(client, name, *args, status=200, **query):
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == status
    return response


def post(client, name, *args, status=302, **data):
    response = client.post(reverse(name, args=args), data)
    assert response.status_code == status
    return response


def words(response):
    return " ".join(response.content.decode().split())


def desk(authority):
    return f"{reverse('metrics:desk')}?authority={authority.pk}"


@pytest.fixture
def authority(client):
    """An authority, its administrator signed in."""
    made = AuthorityFactory()
    client.force_login(administrator_of(made))
    return made


def draft_of(charter):
    """The next version of a charter, begun."""
    by = administrator_of(charter.authority)
    return actions.start_new_version(charter=charter, reason="The review.", by=by, at=NOW)


def test_a_new_administrator_is_led_to_the_policies(client, authority):
    printed = words(page(client, "metrics:desk"))

    assert "You have no charter yet" in printed
    assert reverse("metrics:packs") in printed


def test_a_colleague_of_an_authority_without_a_charter_is_told_who_acts(client):
    client.force_login(person_in(AuthorityFactory(), Role.OFFICER))

    printed = words(page(client, "metrics:desk"))

    assert "When an administrator of your authority adopts a policy" in printed
    assert reverse("metrics:packs") not in printed


def test_the_desk_shows_the_version_in_force_and_its_decision(client, authority):
    charter = whole_charter(
        authority=authority,
        decided_by_body="Cabinet",
        decided_on=date(2026, 5, 20),
        minute_reference="CB.12/26",
        effective_from=date(2026, 6, 1),
    )

    printed = words(page(client, "metrics:desk"))

    for said in ("In force: version 1", "Cabinet", "20 May 2026", "CB.12/26", "1 June 2026"):
        assert said in printed
    assert reverse("metrics:new_version", args=[charter.pk]) in printed
    assert f"1 of {charter.metrics.count()}" in printed


def test_the_desk_says_what_is_held_back_and_leads_to_what_was_known(client, authority):
    charter = whole_charter(authority=authority)
    before = words(page(client, "metrics:desk"))
    MetricFlagFactory(metric=charter.metrics.first(), kind=FlagKind.HELD_BACK)

    assert "held back" not in before
    assert "1 held back from tenders until mended" in words(page(client, "metrics:desk"))
    assert reverse("metrics:check", args=[charter.pk]) in before


def test_the_desk_leads_through_the_draft(client, authority):
    draft = draft_of(whole_charter(authority=authority))
    draft.metrics.filter(number=1).update(wording="Something else")
    Comment.objects.create(
        charter=draft,
        about="The whole charter",
        group="Anytown CVS",
        words="Say more.",
        made_by=UserFactory(),
        made_at=NOW,
    )

    response = page(client, "metrics:desk")

    ((_, tasks, _),) = response.context["lives"]
    assert [(task["title"]["text"], said(task["status"])) for task in tasks] == [
        ("Words and principles", "3 principles"),
        ("Metrics", "3 metrics"),
        ("Targets", "1 of 3 not set"),
        ("Comments", "1 to answer"),
        ("Partners", "None waiting"),
        ("What changes", "1 change"),
        ("Check", "What is doubtful, and why you go on"),
        ("Publish", "Once the check is dealt with"),
    ]
    assert all(task["href"] for task in tasks)
    assert reverse("metrics:new_version", args=[draft.copied_from.pk]) not in words(response)


def said(status):
    return status.get("text") or status["tag"]["text"]


def test_an_empty_draft_says_what_it_needs(client, authority):
    CharterFactory(draft=True, authority=authority)

    ((_, tasks, _),) = page(client, "metrics:desk").context["lives"]

    assert [(task["title"]["text"], said(task["status"])) for task in tasks] == [
        ("Words and principles", "No principle yet"),
        ("Metrics", "No metric yet"),
        ("Targets", "None to set"),
        ("Comments", "None to answer"),
        ("Partners", "None waiting"),
        ("Check", "What is doubtful, and why you go on"),
        ("Publish", "Cannot publish yet"),
    ]


def test_an_officer_sees_the_draft_and_is_not_led_to_what_is_refused(client):
    draft = draft_of(whole_charter())
    client.force_login(person_in(draft.authority, Role.OFFICER))

    response = page(client, "metrics:desk")

    ((_, tasks, _),) = response.context["lives"]
    assert [task["title"]["text"] for task in tasks if not task["href"]] == [
        "Words and principles",
        "Partners",
        "Publish",
    ]
    assert "Discard the draft" not in words(response)


def test_the_desk_shows_missing_targets_version_by_version(client, authority):
    charter = whole_charter(authority=authority)
    draft = draft_of(charter)
    draft.metrics.get(number=3).flags.all().delete()

    ((life, _, _),) = page(client, "metrics:desk").context["lives"]

    assert [(step.charter.version, step.not_set) for step in life.steps] == [(2, 0), (1, 1)]
    assert [row[1] for row in life.burn_down.rows] == ["1", "0"]


@pytest.mark.parametrize(
    ("role", "own_results", "proxies"),
    [
        (Role.ADMINISTRATOR, True, True),
        (Role.OFFICER, True, True),
        (Role.APPROVER, True, False),
        (Role.EVALUATOR, False, False),
    ],
)
def test_the_desk_leads_only_to_what_may_be_opened(client, role, own_results, proxies):
    authority = AuthorityFactory()
    client.force_login(person_in(authority, role))

    printed = words(page(client, "metrics:desk"))

    assert (reverse("metrics:results", args=[authority.pk]) in printed) is own_results
    assert (reverse("metrics:proxies", args=[authority.pk]) in printed) is proxies


def test_the_metrics_of_a_draft_go_out_and_come_in_as_a_file(client, authority):
    draft = draft_of(whole_charter(authority=authority))

    printed = words(page(client, "metrics:desk"))

    assert reverse("metrics:export", args=[draft.pk, "xlsx"]) in printed
    assert reverse("metrics:upload", args=[draft.pk]) in printed


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_asks_no_more_for_more_versions(
    client, authority, django_assert_num_queries, count
):
    for version in range(1, count + 1):
        old = CharterFactory(superseded=True, authority=authority, code="ours", version=version)
        MetricFactory(charter=old)

    with django_assert_num_queries(6):
        page(client, "metrics:desk")


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_asks_no_more_for_more_charters_and_all_that_is_in_them(
    client, authority, django_assert_num_queries, count
):
    for _ in range(count):
        charter = CharterFactory(authority=authority)
        PartnerFactory.create_batch(2, charter=charter)
        PartnerFactory(charter=charter, confirmed=True)
        draft = CharterFactory(authority=authority, draft=True, code=charter.code, version=2)
        PrincipleFactory.create_batch(count, quadrant__charter=draft)
        CommentFactory.create_batch(3, charter=draft)
        CommentFactory(charter=draft, answered=True)
        MetricFactory(charter=draft, principle=draft.quadrants.first().principles.get())

    with django_assert_num_queries(6):
        response = page(client, "metrics:desk")

    for _, tasks, waiting in response.context["lives"]:
        told = {task["title"]["text"]: said(task["status"]) for task in tasks}
        assert waiting == ("2 waiting", "yellow")
        assert told["Partners"] == "2 waiting"
        assert told["Comments"] == "3 to answer"
        assert told["Words and principles"] == f"{count} principle{'' if count == 1 else 's'}"


def test_a_person_of_two_authorities_chooses_between_them(client):
    ours, theirs = AuthorityFactory(name="A council"), AuthorityFactory(name="B council")
    person = person_in(ours, Role.ADMINISTRATOR)
    theirs.memberships.create(user=person, role=Role.OFFICER, since=NOW)
    CharterFactory(authority=theirs, title="The charter of B")
    client.force_login(person)

    first = page(client, "metrics:desk")
    second = page(client, "metrics:desk", authority=theirs.pk)

    assert desk(theirs) in words(first)
    assert "The charter of B" in words(second)
    assert "You have no charter yet" in words(first)


@pytest.mark.parametrize("asked", ["nonsense", "\x00", "00000000-0000-4000-8000-000000000000"])
def test_the_desk_of_no_authority_of_ones_own_is_not_found(client, authority, asked):
    page(client, "metrics:desk", authority=asked, status=404)
    page(client, "metrics:desk", authority=AuthorityFactory().pk, status=404)


def test_the_desk_is_for_people_of_an_authority(client):
    assert page(client, "metrics:desk", status=302)
    client.force_login(bidder_of(SupplierFactory()))
    page(client, "metrics:desk", status=404)


def test_every_shipped_policy_is_listed_for_anyone(client):
    response = page(client, "metrics:packs")

    assert [one.words.code for one in response.context["packs"]] == [
        "sslep-2021",
        "nelc-2018",
        "leicester-2018",
        "west-of-england-2024",
    ]
    assert "4 of them with no target set" in words(response)
    assert reverse("metrics:pack", args=["nelc-2018"]) in words(response)


@pytest.mark.parametrize("code", pack.pack_codes())
def test_a_policy_is_read_whole_before_it_is_adopted(client, code):
    printed = words(page(client, "metrics:pack", code))

    found = pack.read_charter(code)
    quoted = [clause["paragraph"] for clause in found.clauses]
    assert found.title in printed
    assert printed.count("tenth-clause__source") == len(quoted) + len(found.rules)
    assert "Adopt this" not in printed


def test_each_metric_of_a_policy_is_printed_with_its_evidence_and_who_answers(client):
    printed = unescape(words(page(client, "metrics:pack", "sslep-2021")))

    found = read_pack("sslep-2021")[1]
    assert len(found) == 25
    for metric in found:
        assert metric.wording in printed
        assert f"Target as printed: {metric.target_text}" in printed
        assert f"Evidence as printed: {metric.evidence_text}" in printed
    assert printed.count("No evidence is printed.") == 1
    assert printed.count("Who answers: Bidders, through procurement") == 14
    assert printed.count("Who answers: The authority's policy and bidders") == 10
    assert printed.count("Who answers: The authority's own policy") == 1


def test_a_policy_that_does_not_ship_is_not_found(client):
    page(client, "metrics:pack", "no-such-policy", status=404)


def test_an_administrator_is_offered_to_adopt_and_a_holder_is_led_to_what_it_has(client, authority):
    address = reverse("metrics:adopt", args=["nelc-2018", authority.pk])
    assert address in words(page(client, "metrics:pack", "nelc-2018"))

    version = pack.read_charter("nelc-2018").version
    CharterFactory(authority=authority, pack="nelc-2018", pack_version=version)

    printed = words(page(client, "metrics:pack", "nelc-2018"))
    assert address not in printed
    assert desk(authority) in printed


def test_a_policy_is_adopted_as_a_draft_without_a_decision(client, authority):
    response = post(client, "metrics:adopt", "nelc-2018", authority.pk, in_force="draft")

    assert response.url == desk(authority)
    assert authority.charters.get().status == "draft"


def test_a_policy_is_adopted_in_force_with_its_decision(client, authority):
    told = {"in_force": "in-force", "reason": "Read by the board.", **DECISION}
    post(client, "metrics:adopt", "sslep-2021", authority.pk, **told)

    charter = authority.charters.get()
    assert (charter.status, charter.decided_on) == ("published", date(2026, 5, 20))


def test_what_is_missing_of_a_decision_is_asked_for_and_what_was_typed_stays(client, authority):
    response = post(
        client,
        "metrics:adopt",
        "sslep-2021",
        authority.pk,
        status=200,
        in_force="in-force",
        body="Cabinet",
    )

    assert list(response.context["form"].errors) == [
        "reason",
        "decided_on",
        "minute_reference",
        "effective_from",
    ]
    assert 'value="Cabinet"' in words(response)
    assert not authority.charters.exists()


def test_a_wrong_day_is_refused_beside_its_field(client, authority):
    wrong = {**DECISION, "decided_on_year": "2999", "effective_from_year": "2999"}

    response = post(
        client,
        "metrics:adopt",
        "sslep-2021",
        authority.pk,
        status=200,
        in_force="in-force",
        reason="Read by the board.",
        **wrong,
    )

    assert list(response.context["form"].errors) == ["decided_on"]


@pytest.mark.parametrize("in_force", [None, "", "nonsense", "\x00"])
def test_how_to_adopt_must_be_chosen(client, authority, in_force):
    told = {} if in_force is None else {"in_force": in_force}

    response = post(client, "metrics:adopt", "sslep-2021", authority.pk, status=200, **told)

    assert list(response.context["form"].errors) == ["in_force"]


@pytest.mark.parametrize("code", ["leicester-2018", "west-of-england-2024"])
def test_a_policy_that_is_a_draft_asks_for_no_decision_and_begins_as_one(client, authority, code):
    response = page(client, "metrics:adopt", code, authority.pk)
    assert list(response.context["form"].fields) == []

    post(client, "metrics:adopt", code, authority.pk, in_force="in-force", **DECISION)

    assert authority.charters.get().status == "draft"


def test_adopting_twice_is_a_conflict_that_says_what_to_do(client, authority):
    post(client, "metrics:adopt", "nelc-2018", authority.pk, in_force="draft")

    response = post(
        client, "metrics:adopt", "nelc-2018", authority.pk, status=409, in_force="draft"
    )

    assert "There is a draft already" in words(response)


def test_a_charter_of_ones_own_is_begun(client, authority):
    response = post(
        client, "metrics:begin", authority.pk, title="Ours", place="Anytown", source="Our words"
    )

    assert response.url == desk(authority)
    assert authority.charters.get().title == "Ours"


def test_a_title_that_is_taken_is_refused_beside_it(client, authority):
    told = {"title": "Ours", "place": "Anytown", "source": "Our words"}
    post(client, "metrics:begin", authority.pk, **told)

    response = post(client, "metrics:begin", authority.pk, status=200, **told)

    assert list(response.context["form"].errors) == ["title"]


def test_a_new_version_needs_a_reason(client, authority):
    charter = whole_charter(authority=authority)
    assert list(
        post(client, "metrics:new_version", charter.pk, status=200, reason=" ")
        .context["form"]
        .errors
    ) == ["reason"]

    post(client, "metrics:new_version", charter.pk, reason="The review.")

    assert authority.charters.drafts().get().change_reason == "The review."


def test_a_second_new_version_is_a_conflict(client, authority):
    charter = whole_charter(authority=authority)
    draft_of(charter)

    response = post(client, "metrics:new_version", charter.pk, status=409, reason="Again")

    assert "There is a draft already" in words(response)


def test_publishing_shows_what_changes_and_what_is_open(client, authority):
    draft = draft_of(whole_charter(authority=authority))
    draft.metrics.filter(number=1).update(wording="Something else")
    Comment.objects.create(
        charter=draft,
        about="The whole charter",
        group="Anytown CVS",
        words="Say more.",
        made_by=UserFactory(),
        made_at=NOW,
    )

    printed = words(page(client, "metrics:publish", draft.pk))

    assert "1 changed, 0 added, 0 removed" in printed
    assert "1 comment on this draft has no answer yet." in printed
    assert "“?? hours”" in printed


def test_publishing_records_the_decision_and_supersedes_the_version_before(client, authority):
    charter = whole_charter(authority=authority)
    draft = draft_of(charter)

    response = post(client, "metrics:publish", draft.pk, **DECISION)

    assert response.url == desk(authority)
    draft.refresh_from_db()
    charter.refresh_from_db()
    assert (draft.status, charter.status) == ("published", "superseded")
    assert draft.minute_reference == "CB.12/26"


def test_an_incomplete_decision_publishes_nothing_and_keeps_what_was_typed(client, authority):
    draft = draft_of(whole_charter(authority=authority))

    response = post(client, "metrics:publish", draft.pk, status=200, **{**DECISION, "body": ""})

    assert list(response.context["form"].errors) == ["body"]
    assert 'value="CB.12/26"' in words(response)
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_a_draft_without_a_principle_is_a_conflict_that_says_what_to_do(client, authority):
    draft = CharterFactory(draft=True, authority=authority)

    response = post(client, "metrics:publish", draft.pk, status=409, **DECISION)

    assert "Add a field of action and a principle" in words(response)


@pytest.mark.parametrize("name", ["metrics:publish", "metrics:discard"])
def test_what_is_published_is_neither_published_nor_discarded(client, authority, name):
    charter = whole_charter(authority=authority)

    page(client, name, charter.pk, status=409)
    post(client, name, charter.pk, status=409, **DECISION)


def test_discarding_asks_first(client, authority):
    draft = draft_of(whole_charter(authority=authority))

    page(client, "metrics:discard", draft.pk)
    assert authority.charters.drafts().exists()

    assert post(client, "metrics:discard", draft.pk).url == desk(authority)
    assert not authority.charters.drafts().exists()


def test_what_changed_is_public_between_published_versions(client):
    charter = whole_charter()
    draft = draft_of(charter)
    draft.metrics.filter(number=1).update(target_text="At least 40 hours")
    Charter.objects.filter(pk=charter.pk).update(status="superseded")
    Charter.objects.filter(pk=draft.pk).update(status="published", published_at=NOW)

    for pk in (charter.pk, draft.pk):
        printed = words(page(client, "metrics:changes", pk, before=charter.pk, after=draft.pk))
        assert "1 changed, 0 added, 0 removed" in printed
        assert "At least <del>36 </del>hours" in printed
        assert "At least <ins>40 </ins>hours" in printed
        assert "The review." in printed


def test_the_two_versions_may_be_chosen_either_way(client):
    charter = whole_charter()
    draft = draft_of(charter)
    draft.metrics.filter(number=1).update(target_text="At least 40 hours")
    client.force_login(administrator_of(charter.authority))

    back = page(client, "metrics:changes", draft.pk, before=draft.pk, after=charter.pk)

    (section,) = back.context["comparison"].sections
    (one,) = section.changes[0].differences
    assert (one.before, one.after) == ("At least 40 hours", "At least 36 hours")


def test_the_changes_of_a_draft_are_its_authoritys_own(client):
    charter = whole_charter()
    draft = draft_of(charter)

    page(client, "metrics:changes", draft.pk, status=404)
    response = page(client, "metrics:changes", charter.pk, before=charter.pk, after=draft.pk)
    assert "Only one version" in words(response)

    client.force_login(person_in(charter.authority, Role.EVALUATOR))
    page(client, "metrics:changes", draft.pk)


@pytest.mark.parametrize("asked", ["nonsense", "\x00", "00000000-0000-4000-8000-000000000000"])
def test_a_version_that_cannot_be_chosen_is_refused_in_words(client, authority, asked):
    draft = draft_of(whole_charter(authority=authority))

    response = page(client, "metrics:changes", draft.pk, before=asked, after=draft.pk)

    assert list(response.context["form"].errors) == ["before"]
    assert response.context["comparison"].is_empty


def test_another_charters_version_cannot_be_chosen(client, authority):
    draft, other = draft_of(whole_charter(authority=authority)), whole_charter(authority=authority)

    response = page(client, "metrics:changes", draft.pk, before=other.pk, after=draft.pk)

    assert list(response.context["form"].errors) == ["before"]


def test_markup_in_what_changed_is_printed_as_text(client):
    draft = draft_of(whole_charter())
    draft.metrics.filter(number=1).update(wording="<script>alert(1)</script>")
    client.force_login(administrator_of(draft.authority))

    printed = page(client, "metrics:changes", draft.pk).content.decode()

    assert "<script>alert" not in printed


def refused_addresses(charter, draft):
    return [
        ("metrics:adopt", ["nelc-2018", charter.authority.pk]),
        ("metrics:begin", [charter.authority.pk]),
        ("metrics:new_version", [charter.pk]),
        ("metrics:publish", [draft.pk]),
        ("metrics:discard", [draft.pk]),
    ]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.BOARD, Role.CONTRACT_MANAGER, Role.APPROVER])
def test_colleagues_who_are_no_administrators_are_refused(client, role):
    charter = whole_charter()
    draft = empty_draft(authority=charter.authority)
    person = person_in(charter.authority, role)
    person.memberships.update(engaged_at=NOW)
    client.force_login(person)

    for name, args in refused_addresses(charter, draft):
        page(client, name, *args, status=403)
        post(client, name, *args, status=403)


def test_an_administrator_of_another_authority_finds_none_of_it(client):
    charter = whole_charter()
    draft = empty_draft(authority=charter.authority)
    client.force_login(administrator_of(AuthorityFactory()))

    for name, args in refused_addresses(charter, draft):
        page(client, name, *args, status=404)
        post(client, name, *args, status=404)
    assert Charter.objects.count() == 2


def test_a_visitor_is_asked_to_sign_in(client):
    charter = whole_charter()

    for name, args in refused_addresses(charter, empty_draft(authority=charter.authority)):
        assert "/login/" in page(client, name, *args, status=302).url


@pytest.mark.parametrize(
    ("name", "args"),
    [("metrics:desk", []), ("metrics:packs", []), ("metrics:pack", ["nelc-2018"])],
)
def test_nothing_is_changed_where_one_only_reads(client, authority, name, args):
    post(client, name, *args, status=405)


def test_a_version_says_who_decided_it_and_leads_to_what_it_changed(client):
    charter = whole_charter(
        decided_by_body="Cabinet", decided_on=date(2026, 5, 20), minute_reference="CB.12/26"
    )
    later = CharterFactory(
        superseded=True, authority=charter.authority, code=charter.code, version=2
    )
    PrincipleFactory(quadrant__charter=later)

    printed = words(page(client, "charter:detail", charter.pk))

    assert "CB.12/26" in printed
    assert reverse("metrics:changes", args=[charter.pk]) in printed
