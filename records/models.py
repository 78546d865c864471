"""What every stage keeps: the audit trail, long work, files."""

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q


class AuditEvent(models.Model):
    """One thing that happened: who, what, when; never changed, chained within its stream.

    Events point at nothing by foreign key, so the trail outlives what it describes.
    Pages never read it to decide anything.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stream = models.CharField(max_length=80)
    position = models.PositiveIntegerField()
    verb = models.CharField(max_length=80)
    actor_id = models.UUIDField(null=True)
    actor_label = models.CharField(max_length=254)
    target_label = models.CharField(max_length=80)
    target_id = models.CharField(max_length=64)
    details = models.JSONField(default=dict)
    at = models.DateTimeField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["stream", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["stream", "position"], name="one_event_per_place_in_a_stream"
            ),
        ]
        indexes = [models.Index(fields=["target_id", "at"], name="audit_by_target")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="no_truncate",
                operation=pgtrigger.Truncate,
                when=pgtrigger.Before,
                level=pgtrigger.Statement,
                func="RAISE EXCEPTION 'The audit trail is append-only.';",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} by {self.actor_label or 'the system'}"


class JobState(models.TextChoices):
    """Where a piece of long work stands."""

    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"


class Job(models.Model):
    """A piece of long work, kept here first; Celery only wakes a worker for it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task = models.CharField(max_length=100)
    subject_id = models.UUIDField()
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    attempts_allowed = models.PositiveSmallIntegerField(default=3)
    lease_until = models.DateTimeField(null=True)
    progress_percent = models.PositiveSmallIntegerField(default=0)
    progress_words = models.CharField(max_length=200, default="Waiting to start")
    error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(progress_percent__lte=100), name="progress_is_at_most_100"
            ),
        ]
        indexes = [
            models.Index(
                fields=["sent_at"],
                condition=Q(state__in=["waiting", "running"]),
                name="unfinished_jobs",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} ({self.get_state_display()})"

    @property
    def is_finished(self) -> bool:
        return self.state in {JobState.DONE, JobState.FAILED}


class Letter(models.Model):
    """An e-mail to be delivered by a worker; kept first, so that no outage loses it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recipients = models.JSONField()
    sender = models.CharField(max_length=254)
    subject = models.CharField(max_length=254)
    body = models.TextField()
    # Written by us alone, such as how to be sent no more of these; never by what a person typed.
    headers = models.JSONField(default=dict)
    written_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.subject


class ScanState(models.TextChoices):
    """What is known of a file from the virus scanner."""

    CLEAN = "clean", "Checked for viruses"
    WAITING = "waiting", "Being checked for viruses"
    UNSCANNED = "unscanned", "Not checked for viruses"
    INFECTED = "infected", "Stopped by the virus scanner"
    OURS = "ours", "Made by Tenth"


# The type of every file whose content is sealed.
SEALED = "application/octet-stream"


class StoredFile(models.Model):
    """A file someone gave us, accepted by its content and kept under a random name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.FileField(max_length=200)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_by_id = models.UUIDField(null=True)
    stored_at = models.DateTimeField()
    scan_state = models.CharField(
        max_length=10, choices=ScanState.choices, default=ScanState.UNSCANNED
    )
    scanned_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name

    @property
    def is_sealed(self) -> bool:
        return self.content_type == SEALED

    @property
    def scan_words(self) -> str:
        """What whoever may open the file should know; nothing where all is well."""
        settled = {ScanState.CLEAN, ScanState.OURS}
        return "" if self.scan_state in settled else ScanState(self.scan_state).label.lower()
