"""The page of the check, where an administrator answers a hundred warnings in minutes."""

from html import unescape

import pytest
from django.urls import reverse

from accounts.roles import IN_AN_AUTHORITY, Role
from metrics import actions
from metrics.forms.reasons import ALL, TICKED
from metrics.reliance import reliance_of
from tests.factories.accounts import AuthorityFactory, person_in
from tests.factories.charter import CharterFactory
from tests.factories.metrics import MetricFactory
from tests.metrics.lives import NOW, administrator_of, answer, empty_draft, principles_of

pytestmark = pytest.mark.django_db
KIND = "flat-target"
WHY = "We name the hours in each tender."


@pytest.fixture
def draft(client):
    """A draft with three warnings of one kind, its administrator signed in."""
    made = empty_draft()
    for number in (4, 5, 6):
        MetricFactory(charter=made, principle=principles_of(made)[0], number=number)
    client.force_login(administrator_of(made.authority))
    return made


def address(charter):
    return reverse("metrics:check", args=[charter.pk])


def page(client, charter):
    response = client.get(address(charter))
    assert response.status_code == 200
    return response


def words(response):
    return " ".join(unescape(response.content.decode()).split())


def of_kind(charter, code=KIND):
    return [one.fingerprint for one in reliance_of(charter).warnings if one.code == code]


def left(charter):
    return [one.fingerprint for one in reliance_of(charter).unanswered]


def send(client, charter, **fields):
    told = {"group": KIND, "shown": " ".join(of_kind(charter)), "reason": WHY, **fields}
    return client.post(address(charter), told)


def shown_in(response, code=KIND):
    return response.context["answers"].forms[code]["shown"].value().split()


def test_every_kind_is_a_group_with_all_ticks_empty(client, draft):
    response = page(client, draft)

    [(group, form, is_open)] = [
        row for row in response.context["answers"].rows if row[0].code == KIND
    ]
    assert (group.title, len(group.warnings), is_open) == ("Same target for every size", 3, True)
    assert [value for value, _ in form.fields["which"].choices] == [ALL, TICKED]
    assert form["warnings"].value() in (None, [])
    assert "checked" not in words(response).partition("<main")[2].partition("</main>")[0]


def test_one_reason_for_all_of_a_kind(client, draft):
    response = send(client, draft, which=ALL)

    assert response.url.startswith(address(draft))
    kept = draft.known_warnings.filter(fingerprint__in=of_kind(draft))
    assert [one.reason for one in kept] == [WHY] * 3


def test_one_reason_for_those_that_are_ticked(client, draft):
    first, second, third = of_kind(draft)

    send(client, draft, which=TICKED, warnings=[first, third])

    assert set(draft.known_warnings.values_list("fingerprint", flat=True)) == {first, third}
    assert second in left(draft)


def test_ticks_do_not_count_where_all_are_meant_nor_all_where_ticks_are(client, draft):
    first, *_ = of_kind(draft)

    send(client, draft, which=TICKED, warnings=[first], shown=" ".join(of_kind(draft)))

    assert draft.known_warnings.count() == 1


def test_all_means_all_that_were_shown_and_none_that_came_after(client, draft):
    seen = shown_in(page(client, draft))
    MetricFactory(charter=draft, principle=principles_of(draft)[0], number=7)

    send(client, draft, which=ALL, shown=" ".join(seen))

    assert set(draft.known_warnings.values_list("fingerprint", flat=True)) == set(seen)
    assert len([one for one in of_kind(draft) if one in left(draft)]) == 1


def test_one_reason_for_everything_that_is_left(client, draft):
    every = left(draft)

    client.post(address(draft), {"group": "everything", "shown": " ".join(every), "reason": WHY})

    assert left(draft) == []
    assert reliance_of(draft).needs == []


def test_the_reason_stands_beside_the_warning_with_who_gave_it_and_when(client, draft):
    by = administrator_of(draft.authority)
    answer(draft, reason=WHY, by=by)

    told = words(page(client, draft))

    assert WHY in told
    assert f"Reason given by {by}, {'1 June 2026'}" in told
    assert "Nothing here keeps the draft from being published." in told
    assert reverse("metrics:publish", args=[draft.pk]) in told


def test_another_reason_takes_the_place_of_one_given(client, draft):
    answer(draft)

    send(client, draft, which=ALL, shown=" ".join(shown_in(page(client, draft))))

    kept = draft.known_warnings.filter(fingerprint__in=of_kind(draft))
    assert {one.reason for one in kept} == {WHY}


def test_after_one_kind_the_page_goes_on_with_the_next(client, draft):
    draft.rules[0]["clause"]["text"] = "Social value takes at least 10 %."
    draft.save()

    response = send(client, draft, which=ALL)

    assert response.url == f"{address(draft)}#basis-not-said"


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"which": ALL, "reason": " "}, ["reason"]),
        ({"which": "", "reason": WHY}, ["which"]),
        ({"which": "nonsense", "reason": WHY}, ["which"]),
        ({"which": TICKED, "reason": WHY}, ["warnings"]),
        ({"which": ALL, "reason": "long " * 500}, ["reason"]),
    ],
)
def test_what_is_missing_is_asked_for_and_what_was_typed_stays(client, draft, fields, wrong):
    response = send(client, draft, **fields)

    assert response.status_code == 200
    assert list(response.context["form"].errors) == wrong
    assert fields["reason"].strip() in words(response)
    assert not draft.known_warnings.exists()


def test_a_warning_that_changed_meanwhile_is_said_to_and_the_next_save_stands(client, draft):
    seen = " ".join(of_kind(draft))
    draft.metrics.filter(number=5).update(target_text="At least 40 hours")

    response = send(client, draft, which=ALL, shown=seen)

    assert "1 warning you chose is no longer found in these words" in words(response)
    assert WHY in words(response)
    assert not draft.known_warnings.exists()
    now = response.context["form"]["shown"].value()
    assert set(now.split()) == set(of_kind(draft))

    assert send(client, draft, which=ALL, shown=now).status_code == 302


def test_a_kind_that_is_found_no_longer_keeps_the_reason_that_was_typed(client, draft):
    seen = " ".join(of_kind(draft))
    draft.metrics.all().delete()

    response = send(client, draft, which=ALL, shown=seen)

    assert response.status_code == 200
    assert "no longer found" in words(response)
    assert not draft.known_warnings.exists()


@pytest.mark.parametrize("role", [one for one in IN_AN_AUTHORITY if one != Role.ADMINISTRATOR])
def test_colleagues_read_and_only_an_administrator_answers(client, draft, role):
    colleague = person_in(draft.authority, role)
    colleague.memberships.update(engaged_at=NOW)
    client.force_login(colleague)

    told = page(client, draft)

    assert "<textarea" not in words(told)
    assert "No reason is on record." in words(told)
    assert send(client, draft, which=ALL).status_code == 403
    assert not draft.known_warnings.exists()


def test_a_stranger_finds_nothing_to_answer(client, draft):
    client.force_login(administrator_of(AuthorityFactory()))

    assert send(client, draft, which=ALL).status_code == 404


def test_a_published_version_shows_its_reasons_and_takes_no_more(client, draft):
    answer(draft, reason=WHY)
    draft.status = "published"
    draft.save()

    assert WHY in words(page(client, draft))
    assert "<textarea" not in words(page(client, draft))
    assert send(client, draft, which=ALL).status_code == 409


def test_one_loaded_by_an_operator_says_that_no_reason_is_on_record(client):
    charter, _ = actions.load_charter(
        code="sslep-2021", authority=AuthorityFactory(), by=None, at=NOW
    )
    client.force_login(administrator_of(charter.authority))

    told = words(page(client, charter))

    assert "No reason is on record for" in told
    assert "start a new version to do so" in told
    assert "Metric 3 Local people paid above the median salary" in told


def test_what_people_wrote_as_a_reason_stands_as_text(client, draft):
    send(client, draft, which=ALL, reason="<script>1</script>{{ 7 }}")

    told = page(client, draft).content.decode()

    assert "<script>1" not in told
    assert "&lt;script&gt;1&lt;/script&gt;{{ 7 }}" in told


@pytest.mark.parametrize("count", [1, 3])
def test_reasons_cost_no_query_each(client, count, django_assert_num_queries):
    draft = empty_draft()
    for number in range(count):
        metric = MetricFactory(
            charter=draft, principle=principles_of(draft)[0], number=number + 1, evidence_text=""
        )
        actions.hold_back(metric=metric, reason=WHY, by=administrator_of(draft.authority), at=NOW)
    answer(draft)
    client.force_login(administrator_of(draft.authority))
    client.get(address(draft))

    with django_assert_num_queries(13):
        client.get(address(draft))


# Publishing and adopting --------------------------------------------------------------------


def test_the_page_of_publishing_leads_to_the_check_while_something_is_left(client, draft):
    told = words(client.get(reverse("metrics:publish", args=[draft.pk])))

    assert "Not ready to publish" in told
    assert f"{len(left(draft))} warnings without a reason" in told
    assert address(draft) in told
    assert "Publish now" not in told


def test_and_offers_to_publish_once_all_is_answered(client, draft):
    answer(draft)

    told = words(client.get(reverse("metrics:publish", args=[draft.pk])))

    assert "Publish now" in told
    assert "Not ready to publish" not in told


def test_publishing_all_the_same_is_refused_in_words(client, draft):
    decided = {
        "body": "Cabinet",
        "decided_on_day": "20",
        "decided_on_month": "5",
        "decided_on_year": "2026",
        "minute_reference": "CB.12/26",
        "effective_from_day": "1",
        "effective_from_month": "6",
        "effective_from_year": "2026",
    }

    response = client.post(reverse("metrics:publish", args=[draft.pk]), decided)

    found = f"The check finds {len(left(draft))} warnings without a reason"
    assert f"cannot be published yet. {found}" in words(response)
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_adopting_says_what_is_found_and_what_will_be_held_back(client):
    authority = AuthorityFactory()
    client.force_login(administrator_of(authority))

    told = words(client.get(reverse("metrics:adopt", args=["sslep-2021", authority.pk])))

    assert "2 errors and" in told
    assert reverse("metrics:check_pack", args=["sslep-2021"]) in told
    assert "no tender is offered them until you mend them in a new version" in told
    for held in (
        "Metric 3 Local people paid above the median salary: The sentence ends in the middle.",
        "Metric 7 Less waste to landfill: Nothing says how it would be shown.",
    ):
        assert held in told


def test_a_draft_is_adopted_without_a_reason(client):
    authority = AuthorityFactory()
    client.force_login(administrator_of(authority))

    answered = client.post(
        reverse("metrics:adopt", args=["sslep-2021", authority.pk]), {"in_force": "draft"}
    )

    assert answered.status_code == 302
    assert not authority.charters.get().known_warnings.exists()


def test_a_charter_in_which_nothing_is_found_says_so_and_asks_for_nothing(client):
    charter = CharterFactory(draft=True)
    client.force_login(administrator_of(charter.authority))

    told = words(page(client, charter))

    assert "The check finds nothing to mend and nothing doubtful." in told
    assert "<textarea" not in told
