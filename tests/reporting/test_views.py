"""Pages of reports: asked for, watched, read, approved."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from records.models import Job, JobState
from reporting.building import build
from reporting.models import Report
from tests.factories.accounts import AuthorityFactory, person_in
from tests.factories.reporting import NOW, ReportFactory, authority_with_a_year

pytestmark = pytest.mark.django_db


def address(name, report):
    return reverse(f"reporting:{name}", args=[report.pk])


def made(authority=None) -> Report:
    report = ReportFactory(authority=authority or authority_with_a_year())
    build(report.pk, tell=lambda *_: None, draw=lambda _: b"%PDF-1.7 drawn")
    report.refresh_from_db()
    return report


def running(**fields) -> Report:
    report = ReportFactory()
    report.job = Job.objects.create(
        **{
            "task": "reporting.tasks.build_report",
            "subject_id": report.pk,
            "created_at": NOW,
            "sent_at": NOW,
            "state": JobState.RUNNING,
            "progress_percent": 40,
            "progress_words": "Drawing the pages",
            **fields,
        }
    )
    report.save()
    return report


def test_asking_leads_to_the_progress_of_the_report(client):
    authority = AuthorityFactory()
    client.force_login(person_in(authority, Role.OFFICER))

    response = client.post(reverse("reporting:request", args=[authority.pk]), {"year": "2025"})

    assert response.url == address("progress", Report.objects.get())


def test_a_year_that_is_not_offered_is_refused_beside_the_years(client):
    authority = AuthorityFactory()
    client.force_login(person_in(authority, Role.OFFICER))

    response = client.post(reverse("reporting:request", args=[authority.pk]), {"year": "1999"})

    assert "year" in response.context["form"].errors
    assert Report.objects.count() == 0


def test_progress_shows_how_far_the_work_is_without_a_script(client):
    report = running()
    client.force_login(person_in(report.authority, Role.OFFICER))

    words = client.get(address("progress", report)).content.decode()

    assert "Drawing the pages" in words
    assert 'value="40"' in words
    assert f'href="{address("progress", report)}"' in words


def test_progress_is_told_to_the_script_as_data(client):
    report = running()
    client.force_login(person_in(report.authority, Role.OFFICER))

    response = client.get(address("progress_state", report))

    assert response.json() == {
        "percent": 40,
        "words": "Drawing the pages",
        "next": None,
        "failed": False,
    }
    assert "no-store" in response["Cache-Control"]


def test_progress_ends_at_the_report(client):
    report = made()
    client.force_login(person_in(report.authority, Role.OFFICER))

    assert client.get(address("progress", report)).url == address("report", report)
    assert client.get(address("progress_state", report)).json()["next"] == address("report", report)


def test_a_failed_report_says_so_and_offers_to_ask_again(client):
    report = running(state=JobState.FAILED)
    client.force_login(person_in(report.authority, Role.OFFICER))

    words = client.get(address("progress", report)).content.decode()

    assert "could not be made" in words
    assert reverse("reporting:request", args=[report.authority_id]) in words
    assert "Look again" not in words


def test_a_report_being_made_has_no_file_to_download(client):
    report = running()
    client.force_login(person_in(report.authority, Role.OFFICER))

    assert client.get(address("pdf", report)).status_code == 404
    assert client.get(address("figures", report)).status_code == 404
    assert client.get(address("report", report)).url == address("progress", report)


def test_the_report_says_its_year_on_the_page(client):
    report = made()
    client.force_login(person_in(report.authority, Role.BOARD))

    words = client.get(address("report", report)).content.decode()

    assert "The financial year runs from 1 April 2026 to 31 March 2027." in words
    assert report.figures["headline"] in words


def test_each_of_the_five_figures_links_to_what_it_counts(client):
    report = made()
    client.force_login(person_in(report.authority, Role.BOARD))

    words = client.get(address("report", report)).content.decode()

    for figure in report.figures["five"]:
        assert f'href="#{figure["counts"]}"' in words
        assert f'id="{figure["counts"]}"' in words


def test_the_file_is_a_download(client):
    report = made()
    client.force_login(person_in(report.authority, Role.BOARD))

    response = client.get(address("pdf", report))

    assert response["Content-Disposition"] == (
        'attachment; filename="social-value-report-2026-2027.pdf"'
    )
    assert b"".join(response.streaming_content) == b"%PDF-1.7 drawn"


def test_the_figures_are_data_for_everyone_who_may_read_them(client):
    report = made()
    client.force_login(person_in(report.authority, Role.BOARD))

    assert client.get(address("figures", report)).json() == report.figures


def test_the_approver_approves_on_the_page(client):
    report = made()
    client.force_login(person_in(report.authority, Role.APPROVER))
    assert "Approve this report" in client.get(address("report", report)).content.decode()

    client.post(address("approve", report))

    report.refresh_from_db()
    assert report.approved_at
    assert "Approve this report" not in client.get(address("report", report)).content.decode()


def test_approving_too_early_says_so(client):
    report = running()
    client.force_login(person_in(report.authority, Role.APPROVER))

    page = client.post(address("approve", report), follow=True)

    assert "still being made" in page.content.decode()


def test_another_authority_finds_nothing(client):
    report = made()
    client.force_login(person_in(AuthorityFactory(), Role.BOARD, Role.APPROVER))

    names = ("report", "pdf", "figures", "progress", "progress_state")
    assert {client.get(address(name, report)).status_code for name in names} == {404}
    assert client.post(address("approve", report)).status_code == 404


def test_the_desk_shows_the_latest_year_in_five_figures(client):
    report = made()
    client.force_login(person_in(report.authority, Role.BOARD))

    words = client.get(reverse("reporting:desk")).content.decode()

    assert report.figures["headline"] in words
    assert f"{address('report', report)}#delivery" in words


def test_the_desk_leads_to_what_the_authority_itself_did(client):
    authority = AuthorityFactory()
    client.force_login(person_in(authority, Role.BOARD))

    words = client.get(reverse("reporting:desk")).content.decode()

    assert reverse("metrics:results", args=[authority.pk]) in words


def test_an_empty_desk_says_what_will_be_there(client):
    client.force_login(person_in(AuthorityFactory(), Role.BOARD))

    assert "No reports yet" in client.get(reverse("reporting:desk")).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_asks_as_often_for_any_number(client, django_assert_num_queries, count):
    authority = AuthorityFactory()
    for _ in range(count):
        made(authority)
    client.force_login(person_in(authority, Role.BOARD))

    with django_assert_num_queries(6):
        client.get(reverse("reporting:desk"))


def test_the_report_reads_nothing_but_its_snapshot(client, django_assert_num_queries):
    report = made()
    client.force_login(person_in(report.authority, Role.BOARD))

    with django_assert_num_queries(6):
        client.get(address("report", report))
