"""The catalogue as files, in the browser."""

import csv
import io
import uuid

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.roles import Role
from metrics.content import content_of
from metrics.models import CatalogueUpload, Metric
from metrics.sheets.columns import COLUMNS
from metrics.sheets.writing import as_csv
from tests.factories.accounts import (
    AuthorityFactory,
    DealingFactory,
    SupplierFactory,
    UserFactory,
    bidder_of,
    person_in,
)
from tests.factories.charter import CharterFactory, PrincipleFactory
from tests.factories.metrics import MetricFactory, MetricFlagFactory
from tests.factories.sheets import as_upload, comma_file, metric_cells, metric_rows, saved
from tests.metrics.sheets.test_round_trip import DANGEROUS

pytestmark = pytest.mark.django_db

KINDS = ("csv", "xlsx")
WITHOUT_THE_ROLE = [role for role in Role if role not in (Role.ADMINISTRATOR, Role.BIDDER)]


@pytest.fixture
def charter():
    """A draft with one principle and two metrics."""
    charter = CharterFactory(draft=True, code="ours")
    jobs = PrincipleFactory(quadrant__charter=charter, code="P1")
    MetricFactory(charter=charter, principle=jobs, number=1)
    MetricFactory(charter=charter, principle=jobs, number=2)
    return charter


@pytest.fixture
def administrator(client, charter):
    person = person_in(charter.authority, Role.ADMINISTRATOR)
    client.force_login(person)
    return person


def export(client, charter, kind, status=200):
    response = client.get(reverse("metrics:export", args=[charter.pk, kind]))
    assert response.status_code == status
    return b"".join(response.streaming_content) if status == 200 else None


def words(response):
    return " ".join(response.content.decode().split())


def told(charter):
    return [content_of(one) for one in Metric.objects.filter(charter=charter).with_content()]


def send(client, charter, upload):
    return client.post(reverse("metrics:upload", args=[charter.pk]), {"upload": upload})


def changed_file(charter):
    """The draft's own file with the wording of metric 1 changed and metric 3 added."""
    first, second = told(charter)
    return as_upload(
        "metrics.csv",
        as_csv([{**first, "wording": "Hours given"}, second, {**first, "number": 3}]),
    )


def preview_of(client, charter, upload=None):
    """The address of the preview that an upload leads to."""
    response = send(client, charter, upload or changed_file(charter))
    assert response.status_code == 302, response.context["form"].errors
    return response.url


# --- Export ---------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("state", [{}, {"superseded": True}])
def test_anyone_takes_away_the_metrics_of_a_charter_that_is_public(client, kind, state):
    charter = CharterFactory(code="ours", version=2, **state)
    MetricFactory(charter=charter)

    response = client.get(reverse("metrics:export", args=[charter.pk, kind]))

    assert response["Content-Disposition"] == (
        f'attachment; filename="ours-version-2-metrics.{kind}"'
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert b"".join(response.streaming_content)


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_is_taken_away_by_the_authoritys_own_people_alone(client, charter, kind):
    export(client, charter, kind, status=404)
    client.force_login(bidder_of(SupplierFactory()))
    export(client, charter, kind, status=404)
    client.force_login(person_in(charter.authority, Role.OFFICER))
    export(client, charter, kind)


def test_there_is_no_other_kind_of_file(client):
    export(client, CharterFactory(), "xls", status=404)


def test_the_file_is_looked_at_not_sent_to(client):
    address = reverse("metrics:export", args=[CharterFactory().pk, "csv"])

    assert client.post(address).status_code == 405


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [1, 3])
def test_an_export_needs_no_more_queries_for_more_metrics(
    client, django_assert_num_queries, kind, count
):
    charter = CharterFactory()
    for _ in range(count):
        MetricFlagFactory.create_batch(count, metric=MetricFactory(charter=charter))

    with django_assert_num_queries(4 if kind == "csv" else 5):
        export(client, charter, kind)


def test_both_files_hold_a_row_for_each_metric_by_number(client, charter, administrator):
    rows = list(csv.reader(io.StringIO(export(client, charter, "csv").decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(export(client, charter, "xlsx")))["Metrics"]

    headings = [column.heading for column in COLUMNS]
    assert [rows[0], [row[0] for row in rows[1:]]] == [headings, ["1", "2"]]
    assert [cell.value for cell in sheet[1]] == headings
    assert [sheet["A2"].value, sheet["A3"].value] == [1, 2]


def test_what_somebody_wrote_is_not_run_by_whoever_opens_the_file(client):
    charter = CharterFactory()
    evil = "=cmd|'/c calc'!A1"
    MetricFactory(charter=charter, wording=evil, short_title="@evil", evidence_text="-1+1")

    rows = list(csv.reader(io.StringIO(export(client, charter, "csv").decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(export(client, charter, "xlsx")))["Metrics"]

    assert [cell for cell in rows[1] if cell.startswith(DANGEROUS)] == []
    assert (sheet["D2"].value, sheet["D2"].data_type) == (evil, "s")


# --- Import ---------------------------------------------------------------------------


def test_a_file_leads_to_what_it_would_change_and_changes_nothing_yet(
    client, charter, administrator
):
    before = told(charter)

    page = client.get(preview_of(client, charter))

    printed = words(page)
    assert "1 added, 1 changed, 1 as they are, 0 not in the file." in printed
    assert "<dt>Wording</dt> <dd>" in printed
    assert "Number of hours given to schools" in printed
    assert "Hours given" in printed
    assert told(charter) == before


def test_what_was_previewed_is_made_so(client, charter, administrator):
    address = preview_of(client, charter)

    response = client.post(address)

    assert response.url == f"{reverse('metrics:list')}?charter={charter.pk}"
    assert [one["number"] for one in told(charter)] == [1, 2, 3]
    assert told(charter)[0]["wording"] == "Hours given"


def test_an_unchanged_file_says_that_nothing_changes(client, charter, administrator):
    page = client.get(preview_of(client, charter, as_upload("m.csv", as_csv(told(charter)))))

    assert "Nothing changes" in words(page)
    assert "Make these changes" not in words(page)


def test_what_is_not_in_the_file_goes_once_the_box_is_ticked(client, charter, administrator):
    address = preview_of(client, charter, as_upload("m.csv", as_csv(told(charter)[:1])))
    page = client.get(address)

    assert "Remove the metric that is not in the file" in words(page)
    client.post(address, {"remove_missing": "on"})
    assert [one["number"] for one in told(charter)] == [1]


def test_what_is_not_in_the_file_stays_while_the_box_is_not_ticked(client, charter, administrator):
    address = preview_of(client, charter, as_upload("m.csv", as_csv(told(charter)[:1])))

    client.post(address)

    assert [one["number"] for one in told(charter)] == [1, 2]


def test_a_refusal_to_remove_stands_beside_the_box(client, charter, administrator):
    first, _ = told(charter)
    upload = as_upload("m.csv", as_csv([{**first, "overlaps": [2]}]))

    page = client.post(preview_of(client, charter, upload), {"remove_missing": "on"})

    assert page.status_code == 200
    assert list(page.context["form"].errors) == ["remove_missing"]


def test_faults_are_listed_with_row_and_column_and_nothing_is_stored(
    client, charter, administrator
):
    rows = metric_rows(metric_cells(part1__unit="hrs"), metric_cells(number="2", principle="P9"))

    page = send(client, charter, comma_file(rows))

    printed = words(page)
    assert page.status_code == 200
    assert page.context["form"].errors == {
        "upload": ["2 things in the file must be put right. Nothing was stored."]
    }
    assert "Part 1: unit" in printed
    assert "“hrs” is not a unit we know. Did you mean “hours”?" in printed
    assert "“P9” is not a principle we know." in printed
    assert not CatalogueUpload.objects.exists()


def test_more_faults_than_fit_on_a_page_are_counted(client, charter, administrator):
    rows = [metric_cells(number=str(n), principle="P9") for n in range(1, 151)]

    page = send(client, charter, comma_file(metric_rows(*rows)))

    assert "And 50 more, which are not listed here." in words(page)


def test_somebody_elses_words_are_shown_and_not_run(client, charter, administrator):
    rows = metric_rows(metric_cells(part1__unit="<script>alert(1)</script>"))

    page = send(client, charter, comma_file(rows)).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize(
    ("upload", "error"),
    [
        (None, "Choose the spreadsheet to upload"),
        (as_upload("m.csv", b""), "The file is empty. Choose one with something in it"),
        (
            as_upload("m.xlsm", b"PK"),
            "m.xlsm may hold macros. Save it as an Excel workbook (.xlsx).",
        ),
        (
            as_upload("m.xlsx", b"PK\x03\x04 and so on"),
            "m.xlsx is spoilt. Open it, save it again, and send that.",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(
    client, charter, administrator, upload, error
):
    page = client.post(
        reverse("metrics:upload", args=[charter.pk]), {"upload": upload} if upload else {}
    )

    assert page.status_code == 200
    assert page.context["form"].errors == {"upload": [error]}


def test_how_the_file_was_read_is_told(client, charter, administrator):
    book = load_workbook(io.BytesIO(export(client, charter, "xlsx")))
    book.create_sheet("Our notes")

    page = client.get(preview_of(client, charter, saved(book)))

    assert "Only the sheet “Metrics” was read, not “Our notes”." in words(page)


def test_the_sheets_of_our_own_export_need_no_mention(client, charter, administrator):
    upload = as_upload("m.xlsx", export(client, charter, "xlsx"))

    assert "Only the sheet" not in words(client.get(preview_of(client, charter, upload)))


def test_a_preview_that_the_draft_has_overtaken_offers_nothing_to_press(
    client, charter, administrator
):
    address = preview_of(client, charter)
    charter.metrics.filter(number=2).update(wording="Changed by a colleague")

    page = client.get(address)

    assert "it cannot be applied" in words(page)
    assert "Make these changes" not in words(page)
    assert client.post(address).status_code == 409


def test_a_preview_that_was_applied_says_when(client, charter, administrator):
    address = preview_of(client, charter)
    client.post(address)

    assert "The changes of metrics.csv were made on" in words(client.get(address))
    assert client.post(address).status_code == 409


def test_a_preview_is_for_whoever_uploaded_the_file(client, charter, administrator):
    address = preview_of(client, charter)
    client.force_login(person_in(charter.authority, Role.ADMINISTRATOR))

    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404


def test_a_preview_belongs_to_its_own_draft(client, charter, administrator):
    uploaded = preview_of(client, charter).rstrip("/").rsplit("/", 1)[1]
    other = CharterFactory(draft=True, authority=charter.authority)

    for upload in (uploaded, uuid.uuid4()):
        address = reverse("metrics:preview", args=[other.pk, upload])
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("role", WITHOUT_THE_ROLE)
def test_others_of_the_authority_may_not_upload(client, charter, administrator, role):
    address = preview_of(client, charter)
    person = person_in(charter.authority, role)
    person.memberships.update(engaged_at=charter.authority.created_at)
    client.force_login(person)

    for page in (reverse("metrics:upload", args=[charter.pk]), address):
        assert (client.get(page).status_code, client.post(page).status_code) == (403, 403)


def test_outsiders_find_nothing_to_upload_to(client, charter):
    address = reverse("metrics:upload", args=[charter.pk])
    for person in (
        person_in(AuthorityFactory(), Role.ADMINISTRATOR),
        bidder_of(SupplierFactory()),
        person_in(charter.authority, Role.EVALUATOR),
    ):
        client.force_login(person)
        assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)
    for person in (
        bidder_of(DealingFactory(authority=charter.authority).supplier),
        UserFactory(is_superuser=True),
    ):
        client.force_login(person)
        assert (client.get(address).status_code, client.post(address).status_code) == (403, 403)


def test_a_published_version_takes_no_file(client):
    charter = CharterFactory()
    client.force_login(person_in(charter.authority, Role.ADMINISTRATOR))
    address = reverse("metrics:upload", args=[charter.pk])

    assert (client.get(address).status_code, client.post(address).status_code) == (409, 409)


@pytest.mark.parametrize("count", [1, 3])
def test_a_preview_needs_no_more_queries_for_more_metrics(client, django_assert_num_queries, count):
    charter = CharterFactory(draft=True)
    for _ in range(count):
        MetricFlagFactory.create_batch(count, metric=MetricFactory(charter=charter))
    client.force_login(person_in(charter.authority, Role.ADMINISTRATOR))
    address = preview_of(client, charter, as_upload("m.csv", as_csv(told(charter))))
    client.get(address)

    with django_assert_num_queries(9):
        client.get(address)


def test_the_list_of_metrics_leads_to_the_files(client, charter, administrator):
    page = client.get(reverse("metrics:list"), {"charter": charter.pk}).content.decode()

    for kind in KINDS:
        assert reverse("metrics:export", args=[charter.pk, kind]) in page
    assert reverse("metrics:upload", args=[charter.pk]) in page


def test_the_list_offers_no_upload_to_those_who_may_not(client, charter):
    client.force_login(person_in(charter.authority, Role.OFFICER))

    page = client.get(reverse("metrics:list"), {"charter": charter.pk}).content.decode()

    assert reverse("metrics:upload", args=[charter.pk]) not in page
