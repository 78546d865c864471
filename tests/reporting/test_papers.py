"""The approval paper: frozen when it is asked for, drawn by a worker, read by those who decide."""

from decimal import Decimal
from io import BytesIO

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.access import Conflict
from accounts.roles import Role
from evaluations.models import ParticipationNote
from records.models import AuditEvent
from reporting import actions, tasks
from reporting.models import ApprovalPaper
from reporting.paper_blocks import drawn, picture
from reporting.paper_building import build_paper
from reporting.papers import gather
from tenders.cases import case_without_bids
from tenders.fingerprint import case_hash
from tenders.models import Opportunity, Tender
from tests.factories.accounts import AuthorityFactory, person_in
from tests.factories.tenders import TenderFactory, team_member
from tests.reporting.test_pdf import pdf_words, squeezed, tagged
from tests.tenders.approvals import settled_draft
from tests.tenders.departures import approver_of, ask, decide
from tests.tenders.drafts import NOW, colleague_of, officer_of
from tests.tenders.test_opt_out_pages import words_of

pytestmark = pytest.mark.django_db


def request(tender, *, by=None, at=NOW):
    return actions.request_paper(tender=tender, by=by or officer_of(tender), at=at)


def made(tender):
    paper = request(tender)
    build_paper(paper.pk, tell=lambda *_: None)
    paper.refresh_from_db()
    return paper


def words_in(content) -> str:
    """Every word of a frozen paper."""
    if isinstance(content, dict):
        return " ".join(words_in(one) for one in content.values())
    if isinstance(content, list):
        return " ".join(words_in(one) for one in content)
    return str(content)


def design(tender):
    return Tender.objects.with_design().get(pk=tender.pk)


def gathered(tender):
    return gather(design(tender), NOW)


def heading(content, name):
    return next(words_in(one) for one in content["parts"] if one["heading"] == name)


def test_it_says_who_decides_and_why_with_the_clause():
    told = heading(gathered(settled_draft("350000.01")), "Who decides")

    assert "Cabinet must approve that it is published, because the value, £350,000.01" in told
    assert "over £100K will sit with the Leadership Team and above £350K" in told


def test_it_quotes_every_duty_that_binds_with_its_place():
    tender = settled_draft()
    told = heading(gathered(tender), "What the policy asks")

    assert "minimum 10% of the quality element" in told
    assert "Governance" in told
    assert "It applies because the value, £250,000, is over £100,000" in told


def test_it_gives_the_weightings_on_both_readings():
    told = heading(gathered(settled_draft()), "Weightings")

    assert (
        "Read as a share of the quality element, which takes 60% of the score, social value "
        "weighs 16.6667%. Read as a share of the whole score, it weighs 10%."
    ) in told


def test_it_tells_departures_choices_warnings_and_what_is_put_on_file():
    tender = settled_draft()
    decide(ask(tender))
    ParticipationNote.objects.create(
        tender=tender,
        text="Yes: two lots <b>suit</b> small firms.",
        found={},
        written_by=officer_of(tender),
        written_at=NOW,
    )
    content = gathered(tender)

    assert "We asked three firms" in heading(content, "Departures from the policy")
    assert "two lots <b>suit</b>" in heading(content, "Who can take part")
    doubts = heading(content, "Known warnings and what is missing")
    assert "Read by the legal team." in doubts
    assert "Still to be done before it can be published" in doubts


def test_it_says_the_price_of_a_point_and_keeps_its_picture():
    content = gathered(settled_draft())
    [part] = [one for one in content["parts"] if one["heading"] == "Price of a point"]
    [kept] = [one for one in part["blocks"] if one["kind"] == "picture"]

    assert "is worth paying" in words_in(part)
    assert picture(drawn(kept)) == kept


def test_it_is_of_this_very_draft_by_number_and_by_hash():
    tender = settled_draft()
    content = gathered(tender)

    assert content["edits"] == tender.edits
    assert content["case_sha256"] == case_hash(case_without_bids(tender))


def test_a_draft_with_nothing_in_it_yet_has_a_paper_too():
    tender = TenderFactory(price_weight=Decimal(90))

    content = gathered(tender)

    assert content["case_sha256"].startswith("cannot be worked out yet")
    assert "The weightings do not make a whole yet." in heading(content, "Weightings")


@pytest.mark.parametrize(
    ("opportunity", "told"),
    [("business_case", "Business case"), ("funding_round", "Funding round")],
)
def test_what_is_not_bought_has_a_paper_in_its_own_words(opportunity, told):
    kept = Opportunity[opportunity.upper()]
    half = {"price_weight": 0, "quality_weight": 50, "social_value_weight": 50}
    content = gathered(TenderFactory(opportunity=kept, kind="", **half))

    assert told in heading(content, "What it is for")
    assert "Price earns no points here" in heading(content, "Price of a point")


def test_a_later_change_is_not_in_the_paper_and_is_said():
    tender = settled_draft()
    paper = request(tender)
    Tender.objects.filter(pk=tender.pk).update(edits=tender.edits + 1, title="Another title")

    paper = ApprovalPaper.objects.get(pk=paper.pk)
    assert paper.snapshot["title"] == tender.title
    assert paper.has_changed


def test_asking_twice_for_the_same_draft_draws_it_once():
    tender = settled_draft()
    officer = officer_of(tender)

    assert request(tender, by=officer) == request(tender, by=officer)
    assert AuditEvent.objects.filter(verb="tender.paper_requested").count() == 1


def test_the_file_is_tagged_titled_in_english_and_holds_what_was_frozen():
    paper = made(settled_draft())
    with paper.pdf.file.open("rb") as stored:
        content = stored.read()

    with pikepdf.open(BytesIO(content)) as document:
        assert str(document.Root.Lang) == "en-GB"
        assert bool(document.Root.MarkInfo.Marked) is True
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle) is True
        assert document.open_metadata()["pdfuaid:part"] == "1"
        assert str(document.docinfo.Title).startswith("Approval paper: Housing repairs")
    kinds = {kind for kind, _, _ in tagged(content)}
    assert {"/H1", "/H2", "/Table", "/TH", "/L", "/P", "/Figure"} <= kinds
    assert {scope for kind, _, scope in tagged(content) if kind == "/TH"} == {"/Column", "/Row"}
    in_pdf = squeezed(pdf_words(content))
    for told in (paper.snapshot["case_sha256"], "Leadership Team must approve", "Burden"):
        assert squeezed(told) in in_pdf


def test_the_worker_s_envelope_draws_it_once():
    paper = request(settled_draft())

    tasks.build_approval_paper(job_id=str(paper.job_id))
    tasks.build_approval_paper(job_id=str(paper.job_id))

    paper.refresh_from_db()
    assert paper.is_ready
    assert AuditEvent.objects.filter(verb="tender.paper_made").count() == 1


def test_of_two_workers_at_once_the_first_to_finish_is_kept():
    paper = request(settled_draft())

    def overtaken(drawing):
        build_paper(drawing.pk, tell=lambda *_: None, draw=lambda _: b"first")
        return b"second"

    build_paper(paper.pk, tell=lambda *_: None, draw=overtaken)

    paper.refresh_from_db()
    with paper.pdf.file.open("rb") as stored:
        assert stored.read() == b"first"


def test_only_an_officer_or_an_approver_asks_and_only_of_a_draft():
    tender = settled_draft()

    assert request(tender, by=approver_of(tender)).edits == tender.edits
    for role in (Role.EVALUATOR, Role.CONTRACT_MANAGER):
        with pytest.raises(PermissionDenied):
            request(tender, by=team_member(tender, role))
    with pytest.raises(PermissionDenied):
        request(tender, by=tender.assignments.get(role=Role.CHAIR).person)
    with pytest.raises(Http404):
        request(tender, by=colleague_of(tender))
    published = TenderFactory(open=True)
    with pytest.raises(Conflict, match="no draft any more"):
        request(published, by=officer_of(published))


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.OFFICER, 200),
        (Role.CHAIR, 200),
        (Role.APPROVER, 200),
        (Role.EVALUATOR, 403),
        (Role.CONTRACT_MANAGER, 403),
    ],
)
def test_whoever_decides_reads_it_and_nobody_else_on_the_team(client, role, status):
    tender = settled_draft()
    paper = made(tender)
    seat = tender.assignments.filter(role=role).first()
    client.force_login(seat.person if seat else team_member(tender, role))
    pages = [
        reverse("reporting:papers", args=[tender.pk]),
        *(
            reverse(f"reporting:{name}", args=[paper.pk])
            for name in ("paper", "paper_state", "paper_pdf")
        ),
    ]

    answers = [client.get(page) for page in pages]

    assert [one.status_code for one in answers] == [status] * 4
    for one in answers:
        one.close()


def test_no_colleague_and_nobody_from_elsewhere_finds_it(client):
    tender = settled_draft()
    paper = made(tender)

    for person in (
        colleague_of(tender),
        person_in(AuthorityFactory(), Role.OFFICER, Role.APPROVER, Role.ADMINISTRATOR),
    ):
        client.force_login(person)
        for page in (
            reverse("reporting:papers", args=[tender.pk]),
            reverse("reporting:paper", args=[paper.pk]),
            reverse("reporting:paper_pdf", args=[paper.pk]),
        ):
            assert client.get(page).status_code == 404


def test_an_administrator_reads_it_and_asks_for_none(client):
    tender = settled_draft()
    client.force_login(person_in(tender.authority, Role.ADMINISTRATOR))
    page = reverse("reporting:papers", args=[tender.pk])

    assert (client.get(page).status_code, client.post(page).status_code) == (200, 403)


def test_asking_shows_the_paper_at_once_and_how_far_its_file_is(client):
    tender = settled_draft(title="Grounds <i>care</i>")
    client.force_login(officer_of(tender))

    asked = client.post(reverse("reporting:papers", args=[tender.pk]))
    page = client.get(asked.url)
    paper = ApprovalPaper.objects.get()
    state = client.get(reverse("reporting:paper_state", args=[paper.pk])).json()
    missing = client.get(reverse("reporting:paper_pdf", args=[paper.pk]))

    text = words_of(page)
    assert "Changed since: <strong>no</strong>" in text
    assert "The PDF is being made." in text
    assert b"Grounds &lt;i&gt;care&lt;/i&gt;" in page.content
    assert (state["percent"], state["next"], missing.status_code) == (0, None, 404)


def test_the_list_costs_the_same_for_any_number(client):
    tender = settled_draft()
    officer = officer_of(tender)
    client.force_login(officer)
    about = {"tender": tender, "edits": 0, "asked_by": officer, "asked_at": NOW, "snapshot": {}}

    def cost(papers):
        ApprovalPaper.objects.bulk_create(ApprovalPaper(**about) for _ in range(papers))
        with CaptureQueriesContext(connection) as made:
            client.get(reverse("reporting:papers", args=[tender.pk]))
        return len(made)

    assert cost(1) == cost(2)
