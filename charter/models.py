"""Why: what an authority means by social value, in versions that never change once published."""

import uuid

from django.db import models
from django.db.models import Prefetch, Q

from accounts.models import Organisation
from charter.states import CharterStatus


class FrameworkQuerySet(models.QuerySet):
    """Finds frameworks."""

    def visible_to(self, user):
        """Frameworks are published by others: everyone may read them."""
        return self.all()

    def of(self, charter):
        """Those a charter is mapped to, in the order of their codes, with all their themes."""
        return (
            self.filter(themes__mappings__principle__quadrant__charter=charter)
            .distinct()
            .order_by("code")
            .prefetch_related("themes")
        )


class Framework(models.Model):
    """A published scheme that principles are mapped to, in one edition (PPN 06/20, the SDGs)."""

    code = models.SlugField(primary_key=True, max_length=40)
    title = models.CharField(max_length=200)
    # What one of its parts is called: a theme, a goal.
    member = models.CharField(max_length=20, default="theme")
    source = models.TextField()
    note = models.TextField(blank=True)

    objects = FrameworkQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title


class Theme(models.Model):
    """One numbered theme or goal of a framework."""

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="themes")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    colour = models.CharField(max_length=7, blank=True)

    class Meta:
        ordering = ["framework", "number"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "number"], name="one_theme_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class CharterQuerySet(models.QuerySet):
    """Finds charters."""

    def visible_to(self, user):
        """Published and superseded charters are public; drafts only to the authority."""
        public = ~Q(status=CharterStatus.DRAFT)
        if not user.is_authenticated:
            return self.filter(public)
        return self.filter(public | Q(authority__in=user.memberships.values("organisation")))

    def in_force(self):
        """The one published version of each charter."""
        return self.filter(status=CharterStatus.PUBLISHED)

    def current(self):
        """Those in force and those being drafted."""
        return self.exclude(status=CharterStatus.SUPERSEDED)

    def other_versions_of(self, charter):
        """Every other version of the same charter, newest first."""
        versions = self.filter(authority=charter.authority_id, code=charter.code)
        return versions.exclude(pk=charter.pk).order_by("-version")

    def with_principles(self):
        """Ready to print: quadrants, and in each its principles."""
        return self.select_related("authority").prefetch_related("quadrants__principles")


class Charter(models.Model):
    """One version of an authority's social value charter and of the rules that go with it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(Organisation, models.PROTECT, related_name="charters")
    code = models.SlugField(max_length=60)
    version = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=200)
    place = models.CharField(max_length=200)
    ambition = models.TextField(blank=True)
    purpose = models.TextField(blank=True)
    # What the papers say of its adoption; they may give no date, so this is text.
    adoption = models.TextField(blank=True)
    source = models.TextField()
    mappings_source = models.TextField(blank=True)
    status = models.CharField(
        max_length=10, choices=CharterStatus.choices, default=CharterStatus.DRAFT
    )
    # Weighting rules with their clauses, as tenders.weights reads them.
    rules = models.JSONField(default=list)
    # What else its papers say, word for word: {"id", "heading", "document", "paragraph", "text"}.
    clauses = models.JSONField(default=list)
    # SHA-256 over what was loaded, metrics included, so that a second load can tell a change.
    digest = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField(null=True)

    objects = CharterQuerySet.as_manager()

    class Meta:
        ordering = ["title", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "code", "version"], name="one_charter_per_version"
            ),
            models.UniqueConstraint(
                fields=["authority", "code"],
                condition=Q(status="published"),
                name="one_version_of_a_charter_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"


class Quadrant(models.Model):
    """One of the charter's four fields of action."""

    charter = models.ForeignKey(Charter, models.CASCADE, related_name="quadrants")
    code = models.SlugField(max_length=10)
    title = models.CharField(max_length=100)
    source = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["charter", "code"], name="one_quadrant_per_code"),
        ]

    def __str__(self) -> str:
        return self.title


class PrincipleQuerySet(models.QuerySet):
    """Finds principles."""

    def visible_to(self, user):
        return self.filter(quadrant__charter__in=Charter.objects.visible_to(user))

    def with_mappings(self):
        """Ready to print, with all that each principle serves."""
        mappings = Mapping.objects.select_related("theme__framework")
        return self.select_related("quadrant__charter__authority").prefetch_related(
            Prefetch("mappings", mappings)
        )


class Principle(models.Model):
    """One sentence of the charter, and what it serves in the national and world frameworks."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    quadrant = models.ForeignKey(Quadrant, models.CASCADE, related_name="principles")
    code = models.CharField(max_length=10)
    short_title = models.CharField(max_length=100)
    # The words the sentence begins with; a page makes them the link to the principle.
    opening = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    position = models.PositiveSmallIntegerField()

    objects = PrincipleQuerySet.as_manager()

    class Meta:
        ordering = ["quadrant__position", "position"]
        constraints = [
            models.UniqueConstraint(fields=["quadrant", "code"], name="one_principle_per_code"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.short_title}"

    @property
    def rest(self) -> str:
        """The sentence after its opening words."""
        return self.text.removeprefix(self.opening)


class Mapping(models.Model):
    """A principle serves a theme, first of all or besides."""

    principle = models.ForeignKey(Principle, models.CASCADE, related_name="mappings")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="mappings")
    is_primary = models.BooleanField()

    class Meta:
        ordering = ["-is_primary", "theme__number"]
        constraints = [
            models.UniqueConstraint(fields=["principle", "theme"], name="one_mapping_per_theme"),
        ]

    def __str__(self) -> str:
        return f"{self.principle} {'first serves' if self.is_primary else 'serves'} {self.theme}"
