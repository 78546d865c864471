"""The year's page of an authority's own results, the form behind it, and its evidence."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from charter.states import CharterStatus
from metrics.models import AnsweredBy, Lever, OwnResult
from records.clock import database_time
from tests.factories.accounts import AuthorityFactory, DealingFactory, bidder_of, person_in
from tests.factories.bids import pdf
from tests.factories.metrics import MetricFactory
from tests.factories.results import (
    YEAR,
    OwnMetricFactory,
    OwnResultFactory,
    ResultEvidenceFactory,
)

pytestmark = pytest.mark.django_db

READERS = [
    Role.OFFICER,
    Role.APPROVER,
    Role.CONTRACT_MANAGER,
    Role.BOARD,
    Role.ADMINISTRATOR,
]
RECORDERS = [Role.OFFICER, Role.CONTRACT_MANAGER, Role.ADMINISTRATOR]


@pytest.fixture
def metric():
    return OwnMetricFactory(number=5, short_title="School visits")


@pytest.fixture
def authority(metric):
    return metric.charter.authority


def year_page(authority, year=YEAR):
    return f"{reverse('metrics:results', args=[authority.pk])}?year={year}"


def form_page(metric, year=YEAR):
    return reverse("metrics:record_result", args=[metric.charter.authority_id, year, metric.pk])


def words(response):
    return " ".join(response.content.decode().split())


def sent(metric, **changes):
    return {
        f"quantity_{metric.code}": "18.5",
        "lever": "employer",
        "account": "Staff visited six schools.",
        "evidence": pdf("visits.pdf"),
        "no_file": "",
        **changes,
    }


def engaged(person):
    person.memberships.update(engaged_at=database_time())
    return person


def signed_in(client, authority, *roles):
    person = engaged(person_in(authority, *roles))
    client.force_login(person)
    return person


def test_the_year_shows_what_is_recorded_and_names_what_is_missing(client, metric, authority):
    result = OwnResultFactory(metric=metric)
    MetricFactory(
        charter=metric.charter, number=16, short_title="Attracting investment", policy_only=True
    )
    MetricFactory(charter=metric.charter, number=1, short_title="Asked of bidders")
    signed_in(client, authority, Role.BOARD)

    page = words(client.get(year_page(authority)))

    assert "School visits" in page
    assert "18 hours" in page
    assert "50% of the target" in page
    assert "Staff visited six schools." in page
    assert str(result.recorded_by) in page
    assert "Nothing is recorded yet for" in page
    assert "16 Attracting investment" in page
    assert "Asked of bidders" not in page
    assert "1 of 2" in page


def test_words_of_a_result_are_never_markup(client, metric, authority):
    OwnResultFactory(metric=metric, account="<script>alert(1)</script>")
    signed_in(client, authority, Role.BOARD)

    assert "<script>alert" not in words(client.get(year_page(authority)))


def test_what_was_corrected_stays_to_be_read_with_the_reason(client, metric, authority):
    first = OwnResultFactory(metric=metric, account="Five schools.")
    OwnResultFactory(
        metric=metric,
        quantities={"m5": "20"},
        account="Six schools.\n\nCorrected because: One was left out.",
        corrects=first,
    )
    signed_in(client, authority, Role.BOARD)

    page = words(client.get(year_page(authority)))

    assert "Earlier, since corrected (1)" in page
    assert "Five schools." in page
    assert "One was left out." in page
    assert page.index("20 hours") < page.index("18 hours")


def test_years_are_kept_apart_and_can_be_switched(client, metric, authority):
    OwnResultFactory(metric=metric, year=2025, quantities={"m5": "7"})
    signed_in(client, authority, Role.BOARD)

    this, last = client.get(year_page(authority)), client.get(year_page(authority, 2025))

    assert "7 hours" not in words(this)
    assert "7 hours" in words(last)
    assert "from 1 April 2025 to 31 March 2026" in words(last)
    assert f'href="{reverse("metrics:results", args=[authority.pk])}?year=2025"' in words(this)


def test_without_a_year_the_present_one_is_shown(client, authority):
    signed_in(client, authority, Role.BOARD)
    now = database_time()

    page = client.get(reverse("metrics:results", args=[authority.pk]))

    assert page.context["period"].begins in {now.year, now.year - 1}


@pytest.mark.parametrize(
    "asked", ["2012", "9999", "x", "-1", "2026.5", "²", "9" * 5000, "2026\x00"]
)
def test_a_year_that_cannot_be_is_not_found(client, authority, asked):
    signed_in(client, authority, Role.BOARD)
    address = reverse("metrics:results", args=[authority.pk])

    assert client.get(address, {"year": asked}).status_code == 404


def test_a_charter_that_asks_the_authority_nothing_says_so(client):
    authority = AuthorityFactory()
    signed_in(client, authority, Role.BOARD)

    assert "Nothing to answer yet" in words(client.get(year_page(authority)))


@pytest.mark.parametrize("role", READERS)
def test_whoever_reads_the_report_reads_the_year(client, authority, role):
    signed_in(client, authority, role)

    assert client.get(year_page(authority)).status_code == 200


@pytest.mark.parametrize("role", READERS)
def test_only_those_who_record_are_offered_to(client, metric, authority, role):
    OwnResultFactory(metric=metric)
    signed_in(client, authority, role)

    page = words(client.get(year_page(authority)))

    assert (form_page(metric) in page) is (role in RECORDERS)


def test_an_evaluator_is_refused_everywhere(client, metric, authority):
    evidence = ResultEvidenceFactory(result__metric=metric)
    signed_in(client, authority, Role.EVALUATOR)

    pages = (
        year_page(authority),
        form_page(metric),
        reverse("metrics:result_evidence", args=[evidence.result_id, evidence.file_id]),
    )
    assert [client.get(page).status_code for page in pages] == [403, 403, 403]
    assert client.post(form_page(metric), sent(metric)).status_code == 403
    assert OwnResult.objects.count() == 1


@pytest.mark.parametrize("role", [Role.APPROVER, Role.BOARD])
def test_whoever_only_reads_may_not_record(client, metric, authority, role):
    signed_in(client, authority, role)

    assert client.get(form_page(metric)).status_code == 403
    assert client.post(form_page(metric), sent(metric)).status_code == 403
    assert OwnResult.objects.count() == 0


def test_to_outsiders_there_is_nothing(client, metric, authority):
    evidence = ResultEvidenceFactory(result__metric=metric)
    pages = (
        year_page(authority),
        form_page(metric),
        reverse("metrics:result_evidence", args=[evidence.result_id, evidence.file_id]),
    )

    client.force_login(person_in(AuthorityFactory(), *READERS))
    assert [client.get(page).status_code for page in pages] == [404, 404, 404]
    assert client.post(form_page(metric), sent(metric)).status_code == 404

    client.logout()
    assert [client.get(page).status_code for page in pages] == [302, 302, 302]


def test_a_supplier_of_the_authority_reads_no_evidence(client, metric, authority):
    evidence = ResultEvidenceFactory(result__metric=metric)
    dealing = DealingFactory(authority=authority)
    client.force_login(bidder_of(dealing.supplier))

    address = reverse("metrics:result_evidence", args=[evidence.result_id, evidence.file_id])
    assert client.get(address).status_code == 404
    assert client.get(year_page(authority)).status_code == 403


def test_evidence_is_a_download_for_those_who_read_the_report(client, metric, authority):
    signed_in(client, authority, Role.OFFICER)
    client.post(form_page(metric), sent(metric))
    (evidence,) = OwnResult.objects.get().evidence.all()
    signed_in(client, authority, Role.BOARD)

    address = reverse("metrics:result_evidence", args=[evidence.result_id, evidence.file_id])
    response = client.get(address)

    assert address in words(client.get(year_page(authority)))
    assert response["Content-Disposition"] == 'attachment; filename="visits.pdf"'
    assert b"".join(response.streaming_content).startswith(b"%PDF")


def test_evidence_is_found_only_with_its_own_result(client, metric, authority):
    evidence = ResultEvidenceFactory(result__metric=metric)
    other = OwnResultFactory(metric=metric, year=2025)
    signed_in(client, authority, Role.BOARD)

    address = reverse("metrics:result_evidence", args=[other.pk, evidence.file_id])
    assert client.get(address).status_code == 404


def test_the_form_asks_in_the_metrics_own_words(client, metric, authority):
    signed_in(client, authority, Role.OFFICER)

    page = words(client.get(form_page(metric)))

    assert "Hours planned" in page
    assert "Count what was done from 1 April 2026 to 31 March 2027, not what is planned." in page
    assert "how we can generate additional value through our investments" in page
    assert "At least 36 hours" in page


def test_what_was_done_is_told_in_the_words_for_the_past(client, metric, authority):
    metric.track_record = {
        "label": "Hours in the previous 12 months",
        "unit": "hours",
        "months": 12,
    }
    metric.save()
    OwnResultFactory(metric=metric)
    signed_in(client, authority, Role.OFFICER)

    pages = words(client.get(form_page(metric))), words(client.get(year_page(authority)))

    assert ["Hours in the previous 12 months" in page for page in pages] == [True, True]
    assert ["Hours planned" in page for page in pages] == [False, False]


def test_recording_leads_to_the_year_where_it_stands(client, metric, authority):
    signed_in(client, authority, Role.CONTRACT_MANAGER)

    response = client.post(form_page(metric), sent(metric))

    assert response.url == f"{year_page(authority)}#metric-{metric.lineage}"
    result = OwnResult.objects.get()
    assert (result.quantities, result.lever) == ({"m5": "18.5"}, Lever.EMPLOYER)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("quantity_m5", "twelve", "Hours planned must be a number, for example 12.5"),
        ("quantity_m5", "-1", "Hours planned must be 0 or more"),
        ("quantity_m5", "1e3", "Hours planned must be a number, for example 12.5"),
        ("quantity_m5", "", "Enter hours planned"),
        ("quantity_m5", "9" * 16, "15 digits or fewer"),
        ("quantity_m5", "0.0123456789", "9 decimal places or fewer"),
        ("lever", "", "Answer “In which role did the authority do this?”"),
        ("lever", "landlord", "choose one of the answers listed"),
        ("account", "", "Enter what was done"),
        ("account", "a\x00b", "cannot be saved"),
        ("evidence", "", "Choose a file that shows it, or say below why there is none."),
        ("evidence", pdf("visits.docx"), "does not hold what its name says"),
    ],
)
def test_bad_input_is_refused_beside_its_field_and_the_rest_is_kept(
    client, metric, authority, field, value, message
):
    signed_in(client, authority, Role.OFFICER)

    response = client.post(form_page(metric), sent(metric, **{field: value}))

    assert response.status_code == 200
    assert message in words(response)
    assert field in response.context["form"].errors
    if field != "account":
        assert "Staff visited six schools." in words(response)
    assert OwnResult.objects.count() == 0


def test_money_is_asked_in_pounds(client, authority, metric):
    money = OwnMetricFactory(charter=metric.charter, number=15, unit="£")
    signed_in(client, authority, Role.OFFICER)

    response = client.post(form_page(money), sent(money, quantity_m15="£1,250,000.50"))

    assert response.status_code == 302
    assert OwnResult.objects.get().quantities == {"m15": "1250000.5"}
    assert "£1,250,000.50" in words(client.get(year_page(authority)))


def test_a_metric_with_a_base_asks_for_it_too(client, authority, metric):
    share = OwnMetricFactory(charter=metric.charter, number=13, share_of_headcount=True)
    signed_in(client, authority, Role.OFFICER)

    refused = client.post(form_page(share), sent(share, base_headcount="-3"))
    kept = client.post(form_page(share), sent(share, base_headcount="40"))

    assert "must be 0 or more" in refused.context["form"].errors["base_headcount"][0]
    assert kept.status_code == 302
    assert OwnResult.objects.get().bases == {"headcount": "40"}
    assert "51.3% of the target" in words(client.get(year_page(authority)))


@pytest.mark.parametrize(
    ("answered_by", "status", "year"),
    [
        (AnsweredBy.PROCUREMENT, CharterStatus.PUBLISHED, YEAR),
        (AnsweredBy.BOTH, CharterStatus.DRAFT, YEAR),
        (AnsweredBy.BOTH, CharterStatus.PUBLISHED, 2012),
        (AnsweredBy.BOTH, CharterStatus.PUBLISHED, 99999999999),
    ],
)
def test_what_cannot_be_recorded_is_refused_with_the_reason(client, answered_by, status, year):
    metric = MetricFactory(answered_by=answered_by, charter__status=status)
    signed_in(client, metric.charter.authority, Role.ADMINISTRATOR)

    assert client.get(form_page(metric, year)).status_code == 403
    assert client.post(form_page(metric, year), sent(metric)).status_code == 409
    assert OwnResult.objects.count() == 0


def test_a_metric_of_another_authority_is_not_found(client, authority):
    other = OwnMetricFactory()
    signed_in(client, authority, Role.OFFICER)
    address = reverse("metrics:record_result", args=[authority.pk, YEAR, other.pk])

    assert client.get(address).status_code == 404
    assert client.post(address, sent(other)).status_code == 404


def correction(result, **changes):
    return sent(result.metric, corrects=str(result.pk), why="One was left out.", **changes)


def test_a_correction_begins_with_what_stands(client, metric, authority):
    evidence = ResultEvidenceFactory(result__metric=metric)
    signed_in(client, authority, Role.OFFICER)

    page = client.get(form_page(metric), {"corrects": evidence.result_id})

    assert 'value="18"' in words(page)
    assert "Staff visited six schools." in words(page)
    assert "visits.pdf" in words(page)
    assert "Why the earlier result is corrected" in words(page)


def test_a_correction_takes_the_place_of_the_result(client, metric, authority):
    evidence = ResultEvidenceFactory(result__metric=metric)
    signed_in(client, authority, Role.OFFICER)
    form = correction(evidence.result, evidence="", keep=str(evidence.file_id))

    response = client.post(form_page(metric), form)

    assert response.status_code == 302
    result = OwnResult.objects.standing().get()
    assert (result.corrects, result.quantities) == (evidence.result, {"m5": "18.5"})
    assert [one.file_id for one in result.evidence.all()] == [evidence.file_id]


def test_a_correction_without_a_reason_is_refused_beside_it(client, metric, authority):
    result = OwnResultFactory(metric=metric)
    signed_in(client, authority, Role.OFFICER)

    response = client.post(form_page(metric), correction(result) | {"why": ""})

    assert "Enter why the earlier result is corrected" in words(response)
    assert "why" in response.context["form"].errors


def test_the_second_to_correct_is_told_and_keeps_what_was_typed(client, metric, authority):
    first = OwnResultFactory(metric=metric)
    second = OwnResultFactory(metric=metric, quantities={"m5": "19"}, corrects=first)
    signed_in(client, authority, Role.OFFICER)
    form = correction(first, quantity_m5="23")

    told = client.post(form_page(metric), form)

    assert f"{second.recorded_by} corrected this result while you were working on it" in words(told)
    assert 'value="23"' in words(told)
    assert f'value="{second.pk}"' in words(told)
    assert OwnResult.objects.count() == 2

    again = client.post(form_page(metric), form | {"corrects": second.pk, "evidence": pdf()})
    assert again.status_code == 302
    assert OwnResult.objects.standing().get().corrects == second


def test_looking_at_an_old_correction_shows_the_newest(client, metric, authority):
    first = OwnResultFactory(metric=metric)
    OwnResultFactory(metric=metric, quantities={"m5": "19"}, corrects=first)
    signed_in(client, authority, Role.OFFICER)

    page = words(client.get(form_page(metric), {"corrects": first.pk}))

    assert 'value="19"' in page


@pytest.mark.parametrize("asked", ["x", "00000000-0000-0000-0000-000000000007", "\x00"])
def test_a_result_that_is_not_there_cannot_be_corrected(client, metric, authority, asked):
    signed_in(client, authority, Role.OFFICER)

    assert client.get(form_page(metric), {"corrects": asked}).status_code == 404
    assert client.post(form_page(metric), sent(metric, corrects=asked)).status_code == 404


def test_a_result_of_another_year_cannot_be_corrected_here(client, metric, authority):
    result = OwnResultFactory(metric=metric, year=2025)
    signed_in(client, authority, Role.OFFICER)

    assert client.get(form_page(metric), {"corrects": result.pk}).status_code == 404


def test_the_form_says_what_is_recorded_already(client, metric, authority):
    result = OwnResultFactory(metric=metric)
    signed_in(client, authority, Role.OFFICER)

    page = words(client.get(form_page(metric)))

    assert "Already recorded as “Employer”: 18 hours." in page
    assert f'href="?corrects={result.pk}"' in page


def test_a_year_is_not_changed_by_looking(client, authority):
    signed_in(client, authority, Role.OFFICER)

    assert client.post(year_page(authority)).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_a_year_asks_as_often_for_any_number(client, django_assert_num_queries, metric, count):
    authority = metric.charter.authority
    for _ in range(count):
        earlier = OwnResultFactory(metric=OwnMetricFactory(charter=metric.charter))
        later = OwnResultFactory(metric=earlier.metric, corrects=earlier)
        ResultEvidenceFactory.create_batch(count, result=later)
    signed_in(client, authority, Role.OFFICER)

    with django_assert_num_queries(12):
        page = client.get(year_page(authority))

    assert len(page.context["rows"]) == count + 1
