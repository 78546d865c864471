"""What a check finds in a policy that ships, on its page: a hundred findings, bearably."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from metrics.models import FlagKind
from metrics.presenters.checks import OTHER_KINDS, Checked, named
from tests.metrics.lint.shipped import ALL, SSLEP, found_in


@pytest.mark.parametrize("code", ALL)
def test_anyone_may_see_what_is_found_in_a_policy_that_ships(client, code):
    answer = client.get(reverse("metrics:check_pack", args=[code]))

    assert answer.status_code == 200
    assert "to know of before anyone relies on it" in answer.content.decode()


def test_an_unknown_policy_is_not_found(client):
    assert client.get(reverse("metrics:check_pack", args=["nowhere"])).status_code == 404


@pytest.mark.parametrize("code", ALL)
def test_every_kind_of_fault_has_a_name(code):
    assert all(named(one.code) for one in found_in(code))


def test_no_name_is_given_twice():
    names = [*OTHER_KINDS.values(), *FlagKind.labels]

    assert len(set(names)) == len(names)
    assert not set(OTHER_KINDS) & set(FlagKind.values)


def test_a_name_that_nothing_finds_is_refused():
    with pytest.raises(ValueError, match="oops"):
        named("oops")


def test_every_warning_stands_under_one_subject():
    checked = Checked(found_in(SSLEP))

    under = [one for subject in checked.subjects for one in subject.findings]
    assert sorted(map(id, under)) == sorted(map(id, checked.warnings))
    assert len({subject.name for subject in checked.subjects}) == len(checked.subjects)


def test_policy_comes_before_metrics_and_a_pair_after_its_first():
    checked = Checked(found_in(SSLEP))
    (first, policy), (second, metrics) = checked.parts

    assert (first, second) == ("The policy and the whole catalogue", "Metric by metric")
    assert policy[-1].name == "The whole catalogue"
    assert [one.name for one in metrics][12:15] == [
        "Metric 13 Spend with local companies",
        "Metric 13 Spend with local companies and metric 15 Investment in local business support",
        "Metric 14 Investment under the Local Industrial Strategy",
    ]
    assert [*policy, *metrics] == checked.subjects


def test_a_subject_names_each_kind_and_quotes_each_place_once():
    [subject] = [
        one for one in Checked(found_in(SSLEP)).subjects if one.name.startswith("Metric 5 ")
    ]

    assert subject.kinds == [
        "Several targets in one",
        "Past and future hours mixed",
        "Same target for every size",
    ]
    assert [place["paragraph"] for place in subject.places] == ["Target or standard"]


def test_the_chart_counts_every_finding_by_its_kind():
    checked = Checked(found_in(SSLEP))

    assert sum(int(row[1]) for row in checked.chart.rows) == len(checked.found)


def test_only_a_contradiction_is_open_from_the_start(client):
    nelc = client.get(reverse("metrics:check_pack", args=["nelc-2018"])).content.decode()
    sslep = client.get(reverse("metrics:check_pack", args=["sslep-2021"])).content.decode()

    opened = [page.count('<details class="charter-section" open>') for page in (nelc, sslep)]
    assert opened == [1, 0]


@pytest.mark.django_db
def test_a_policy_that_ships_needs_no_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(reverse("metrics:check_pack", args=[SSLEP]))


@pytest.mark.parametrize("code", ALL)
def test_every_finding_and_what_to_do_stands_on_the_page(client, code):
    page = client.get(reverse("metrics:check_pack", args=[code])).content.decode()

    missing = [
        one
        for one in found_in(code)
        if escape(one.words) not in page or escape(one.remedy) not in page
    ]
    assert missing == []
