"""Nothing that was not scanned is handed out while there is a scanner; nobody waits for it."""

import socket
import time
from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction

from records import audit, clamd, files, scanning, tasks
from records.checks import a_scanner_is_set
from records.clamd import ScannerAway, found_in
from records.models import AuditEvent, Job, JobState, ScanState, StoredFile
from records.refusals import FileHeld, FileRefused
from tests.factories.accounts import LONG_AGO, UserFactory
from tests.factories.files import DOCX, PDF, PNG, as_upload, docx_with, pdf_of
from tests.records.fake_clamd import EICAR, FakeClamd

INFECTED = pdf_of(EICAR.decode().replace("\\", "\\\\")).replace(b"4\\\\P", b"4\\P")
UNHELPFUL = ["deaf", "rude", "small", "odd", "endless", "dripping"]


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    """The daemon's time, as a test has it; and no memory of one that was away."""
    monkeypatch.setattr(clamd, "SECONDS", 0.4)
    monkeypatch.setattr(clamd, "LEFT_ALONE_SECONDS", 0.0)
    monkeypatch.setattr(clamd._Pause, "until", 0.0)


@pytest.fixture
def daemon(settings):
    listening = FakeClamd()
    settings.CLAMD = listening.address
    yield listening
    listening.close()


@pytest.fixture
def nobody_there(settings):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.CLAMD = f"127.0.0.1:{taken.getsockname()[1]}"
        yield


@pytest.fixture
def person(db):
    return UserFactory()


def kept(person, content=PDF, name="policy.pdf"):
    return files.keep(upload=as_upload(name, content), by=person, at=LONG_AGO)


def is_handed_out(stored):
    stored.refresh_from_db()
    try:
        files.as_download(stored).file_to_stream.close()
    except FileHeld:
        return False
    return True


def test_the_daemon_is_sent_the_whole_file_in_pieces(daemon):
    content = bytes(range(256)) * 1000

    assert found_in(content) == ""
    assert daemon.asked == [content]


def test_what_the_daemon_found_is_named(daemon):
    assert found_in(b"before" + EICAR) == "Eicar-Signature"


def test_a_socket_on_this_machine_will_do(settings, tmp_path):
    listening = FakeClamd(socket.AF_UNIX, str(tmp_path / "clamd.ctl"))
    settings.CLAMD = listening.address

    assert found_in(EICAR) == "Eicar-Signature"
    listening.close()


@pytest.mark.parametrize("behaviour", UNHELPFUL)
def test_a_daemon_of_no_help_is_away_and_never_waited_for_long(daemon, behaviour):
    daemon.behaviour = behaviour
    began = time.monotonic()

    with pytest.raises(ScannerAway):
        found_in(bytes(3_000_000))

    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    "address", ["127.0.0.1:1", "/nowhere/clamd.ctl", "no address", "localhost:"]
)
def test_an_address_where_nobody_listens_is_away(settings, address):
    settings.CLAMD = address

    with pytest.raises(ScannerAway):
        found_in(b"x")


def test_a_daemon_that_was_away_is_left_alone_for_a_while(daemon, monkeypatch):
    monkeypatch.setattr(clamd, "LEFT_ALONE_SECONDS", 60)
    daemon.behaviour = "rude"
    for _ in range(2):
        with pytest.raises(ScannerAway):
            found_in(b"x")
    daemon.behaviour = "honest"

    with pytest.raises(ScannerAway, match="a moment ago"):
        found_in(b"x")
    assert daemon.asked == []


def test_a_clean_file_is_kept_as_clean(daemon, person):
    stored = kept(person)

    assert (stored.scan_state, stored.scanned_at) == (ScanState.CLEAN, LONG_AGO)
    assert stored.scan_words == ""
    assert is_handed_out(stored)
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("policy.pdf", INFECTED),
        ("figures.csv", b"a,b\n" + EICAR + b"\n"),
        ("letter.docx", docx_with({"word/media/note.bin": EICAR}, method=0)),
    ],
)
def test_an_infected_file_is_refused_and_not_kept(daemon, person, name, content):
    with pytest.raises(FileRefused, match="was stopped by the virus scanner and was not kept"):
        kept(person, content, name)

    assert not StoredFile.objects.exists()
    assert not Job.objects.exists()


def test_what_the_scanner_could_not_look_into_is_refused_with_other_words(daemon, person):
    with pytest.raises(FileRefused, match="could not be looked through"):
        kept(person, PDF.replace(b"Method", b"/Encrypt"))


def test_a_form_and_an_action_ask_once(daemon, person):
    upload = as_upload("policy.pdf", PDF)

    files.check(upload)
    files.keep(upload=upload, by=person, at=LONG_AGO)

    assert daemon.asked == [PDF]


def test_a_form_refuses_what_is_infected(daemon):
    with pytest.raises(FileRefused, match="policy.pdf was stopped"):
        files.check(as_upload("policy.pdf", INFECTED))


@pytest.mark.parametrize("behaviour", UNHELPFUL)
def test_what_could_not_be_scanned_waits_and_nobody_has_it(daemon, person, behaviour):
    daemon.behaviour = behaviour

    stored = kept(person)

    assert (stored.scan_state, stored.scanned_at) == (ScanState.WAITING, None)
    assert stored.scan_words == "being checked for viruses"
    assert not is_handed_out(stored)
    job = Job.objects.get()
    assert (job.task, job.subject_id) == ("records.tasks.scan_file", stored.pk)


def test_a_sealed_file_that_waits_is_scanned_by_those_who_can_unseal_it(person):
    stored = files.keep_sealed(content=b"sealed", scan=ScanState.WAITING, by=person, at=LONG_AGO)

    job = Job.objects.get()
    assert (job.task, job.subject_id) == ("bids.tasks.scan_sealed_file", stored.pk)


def outage(person, settings, daemon):
    """G13: the scanner goes away, files come in, and it returns; what was handed out meanwhile."""
    settings.CLAMD, address = "127.0.0.1:1", settings.CLAMD
    contents = [PDF, INFECTED, PNG, DOCX]
    names = ["a.pdf", "b.pdf", "c.png", "d.docx"]
    stored = [kept(person, one, name) for one, name in zip(contents, names, strict=True)]
    for job in Job.objects.all():
        tasks.scan_file(job_id=str(job.pk))
    meanwhile = [is_handed_out(one) for one in stored]
    settings.CLAMD = address
    for job in Job.objects.filter(state=JobState.WAITING):
        tasks.scan_file(job_id=str(job.pk))
    return stored, meanwhile


def test_while_the_scanner_is_away_nothing_is_handed_out_and_then_all_is_settled(
    person, settings, daemon
):
    stored, meanwhile = outage(person, settings, daemon)

    assert meanwhile == [False, False, False, False]
    assert [is_handed_out(one) for one in stored] == [True, False, True, True]
    assert [one.scan_state for one in stored] == ["clean", "infected", "clean", "clean"]
    assert set(Job.objects.filter(task=scanning.SCAN).values_list("state", flat=True)) == {"done"}


def test_twin_a_site_that_takes_silence_for_clean_hands_them_out(
    person, settings, daemon, monkeypatch
):
    """The planted fault: a daemon that says nothing has found nothing."""

    def trusting(content):
        try:
            return found_in(content)
        except ScannerAway:
            return ""

    monkeypatch.setattr(clamd, "found_in", trusting)

    stored, meanwhile = outage(person, settings, daemon)

    assert meanwhile == [True, True, True, True]
    assert is_handed_out(stored[1])


def test_what_is_found_later_stays_locked_away_and_its_sender_is_told(person, settings, daemon):
    stored, _ = outage(person, settings, daemon)
    infected = stored[1]

    event = AuditEvent.objects.get(verb="file.stopped")
    assert event.target_id == str(infected.pk)
    assert event.details == {"found": "Eicar-Signature", "sha256": infected.sha256}
    assert not list(audit.broken_links("site"))
    [letter] = mail.outbox
    assert letter.to == [person.email]
    assert "The file b.pdf, which you sent on" in letter.body
    daemon.behaviour = "honest"
    later = scanning.settle(stored=infected, content=PDF, at=LONG_AGO + timedelta(days=1))
    assert later == ScanState.INFECTED
    assert not is_handed_out(infected)
    assert len(mail.outbox) == 1


def test_of_a_sealed_file_no_word_is_told(person, daemon):
    stored = files.keep_sealed(content=b"sealed", scan=ScanState.WAITING, by=person, at=LONG_AGO)

    scanning.settle(stored=stored, content=INFECTED, at=LONG_AGO)

    [letter] = mail.outbox
    assert "A file you added to an answer on" in letter.body
    assert "sealed" not in letter.body
    assert "Eicar" not in letter.body


def test_a_sender_who_left_is_not_written_to(daemon, person):
    stored = kept(person)
    person.is_active = False
    person.save()

    scanning.settle(stored=stored, content=INFECTED, at=LONG_AGO)

    assert mail.outbox == []
    assert not is_handed_out(stored)


def test_a_scan_that_fails_half_way_changes_nothing(daemon, person, monkeypatch):
    stored = kept(person)

    def broken(**told):
        raise RuntimeError

    monkeypatch.setattr(audit, "record", broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        scanning.settle(stored=stored, content=INFECTED, at=LONG_AGO)

    stored.refresh_from_db()
    assert stored.scan_state == ScanState.CLEAN


@pytest.mark.parametrize(("policy", "may_be_had"), [("warn", True), ("refuse", False), ("", False)])
def test_without_a_scanner_the_policy_decides(person, settings, policy, may_be_had):
    settings.UNSCANNED_FILES = policy

    stored = kept(person, INFECTED)

    assert stored.scan_state == ScanState.UNSCANNED
    assert stored.scan_words == "not checked for viruses"
    assert is_handed_out(stored) == may_be_had
    assert not Job.objects.exists()


def test_what_we_made_ourselves_needs_no_scanner(person, settings):
    settings.UNSCANNED_FILES = "refuse"
    stored = kept(person)
    stored.scan_state = ScanState.OURS
    stored.save()

    assert is_handed_out(stored)
    assert stored.scan_words == ""


def test_once_there_is_a_scanner_what_was_kept_before_is_scanned(person, settings, daemon):
    settings.CLAMD, address = "", settings.CLAMD
    stored = kept(person)
    assert scanning.send_unsettled(LONG_AGO) == 0
    settings.CLAMD = address

    assert scanning.send_unsettled(LONG_AGO) == 1
    assert scanning.send_unsettled(LONG_AGO) == 0
    tasks.scan_file(job_id=str(Job.objects.get().pk))

    stored.refresh_from_db()
    assert stored.scan_state == ScanState.CLEAN
    assert tasks.scan_unsettled_files() == 0


def test_what_outlasted_its_job_is_sent_again(person, nobody_there):
    stored = kept(person)
    Job.objects.update(state=JobState.FAILED)

    assert scanning.send_unsettled(LONG_AGO) == 1

    again = Job.objects.get(state=JobState.WAITING)
    assert (again.task, again.subject_id) == (scanning.SCAN, stored.pk)


def test_a_scan_asked_for_after_the_scanner_was_taken_down_changes_nothing(person, settings):
    stored = kept(person)

    assert scanning.settle(stored=stored, content=PDF, at=LONG_AGO) == ScanState.UNSCANNED


def test_a_site_without_a_scanner_is_told_so_when_it_is_checked(settings):
    assert [one.id for one in a_scanner_is_set(None)] == ["records.I001"]
    settings.CLAMD = "clamav:3310"

    assert a_scanner_is_set(None) == []
