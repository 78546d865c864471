"""A charter in its versions: fields of action, principles, rules and clauses."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Prefetch, Q

from accounts.models import Organisation
from charter.default_rules import DEFAULT_RULES
from charter.models.frameworks import Element, Theme
from charter.states import CharterStatus


class Maturity(models.TextChoices):
    """How much of a policy its papers decide."""

    WHOLE = "whole", "Principles, metrics and rules"
    PRINCIPLES_ONLY = "principles-only", "Principles and rules only"
    DRAFT = "draft", "Draft"


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

    def drafts(self):
        """Those that may still be changed."""
        return self.filter(status=CharterStatus.DRAFT)

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
    # Weighting rules with their clauses, as charter.proportion reads them.
    rules = models.JSONField(default=list)
    # What else its papers say, word for word; charter.clauses describes one.
    clauses = models.JSONField(default=list)
    # The shipped pack it began from; empty for one written here from nothing.
    pack = models.SlugField(max_length=60, blank=True)
    pack_version = models.PositiveSmallIntegerField(null=True)
    maturity = models.CharField(max_length=20, choices=Maturity.choices, default=Maturity.WHOLE)
    # SHA-256 over what was loaded, metrics included, so that a second load can tell a change.
    digest = models.CharField(max_length=64, blank=True)
    # The version it was copied from, and why there is a new one.
    copied_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="copies")
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    begun_at = models.DateTimeField(null=True)
    change_reason = models.TextField(blank=True)
    # The decision that put it in force: who decided, when, and where that is minuted.
    decided_by_body = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField(null=True)
    minute_reference = models.CharField(max_length=100, blank=True)
    effective_from = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)

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
            models.UniqueConstraint(
                fields=["authority", "code"],
                condition=Q(status="draft"),
                name="one_draft_of_a_charter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"

    @property
    def weighting_rules(self) -> list[dict]:
        """The rules that contracts are held to: its own, or that of Tenth where it has none."""
        return self.rules or DEFAULT_RULES


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

    def with_mappings(self, *, on: date | None = None):
        """Ready to print, with all that each principle serves, or serves on a day."""
        mappings = Mapping.objects.select_related("theme__framework", "element")
        if on:
            mappings = mappings.in_effect_on(on)
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


class MappingQuerySet(models.QuerySet):
    """Finds mappings."""

    def visible_to(self, user):
        """Those of the charters this person may read."""
        return self.filter(principle__in=Principle.objects.visible_to(user))

    def in_effect_on(self, day: date):
        """Those that hold on a day; an end that is not given has not come."""
        begun = Q(effective_from__isnull=True) | Q(effective_from__lte=day)
        return self.filter(begun).exclude(effective_to__lt=day)

    def dated(self):
        """Those whose beginning or end is known, ready to print."""
        known = Q(effective_from__isnull=False) | Q(effective_to__isnull=False)
        return self.filter(known).select_related("principle", "theme__framework", "element")

    def of_charters_in_force(self, day: date):
        """Those that hold on a day in a charter in force, ready to print, by charter."""
        return (
            self.in_effect_on(day)
            .filter(principle__quadrant__charter__status=CharterStatus.PUBLISHED)
            .select_related("theme", "element", "principle__quadrant__charter__authority")
            .order_by(
                "principle__quadrant__charter__title",
                "principle__quadrant__charter__authority__name",
                "principle__quadrant__charter_id",
                "-is_primary",
                "principle__code",
            )
        )


class Mapping(models.Model):
    """A principle serves a theme, or one outcome of it, first of all or besides."""

    principle = models.ForeignKey(Principle, models.CASCADE, related_name="mappings")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="mappings")
    element = models.ForeignKey(Element, models.PROTECT, null=True, related_name="mappings")
    is_primary = models.BooleanField()
    # When it holds, the last day included; empty where the source gives no date.
    effective_from = models.DateField(null=True)
    effective_to = models.DateField(null=True)
    source = models.TextField(blank=True)

    objects = MappingQuerySet.as_manager()

    class Meta:
        ordering = ["-is_primary", "theme__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["principle", "theme", "element"],
                name="one_mapping_per_theme",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True)
                | Q(effective_from__isnull=True)
                | Q(effective_to__gte=F("effective_from")),
                name="a_mapping_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.principle} {'first serves' if self.is_primary else 'serves'} {self.theme}"
