"""National and world schemes that principles are mapped to, each edition by itself."""

from django.db import models
from django.db.models import F


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

    def alike(self, frameworks):
        """Every edition of the schemes that these belong to, oldest first."""
        families = {one.family for one in frameworks if one.applies_from}
        return self.filter(family__in=families).order_by("applies_from", "code")

    def editions_of(self, family: str):
        """Every edition of one scheme, oldest first."""
        return self.filter(family=family).order_by(F("applies_from").asc(nulls_first=True), "code")


class Framework(models.Model):
    """A published scheme that principles are mapped to, in one edition (PPN 06/20, the SDGs)."""

    code = models.SlugField(primary_key=True, max_length=40)
    # Editions of one scheme share a family: PPN 06/20, PPN 002 and PPN 026 are all
    # "social-value-model".
    family = models.SlugField(max_length=40, default="other")
    title = models.CharField(max_length=200)
    edition = models.CharField(max_length=100, blank=True)
    # What one of its parts is called: a theme, a mission, a goal.
    member = models.CharField(max_length=20, default="theme")
    source = models.TextField()
    note = models.TextField(blank=True)
    # Procurements commenced on or after the first day may use it, on or after the second
    # must (where it binds at all), from the last day on may not; empty where none is known.
    applies_from = models.DateField(null=True)
    required_from = models.DateField(null=True)
    applies_to = models.DateField(null=True)
    binds = models.TextField(blank=True)
    # What else is known of it: [{"words": "...", "source": "..."}].
    facts = models.JSONField(default=list)

    objects = FrameworkQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.title}, {self.edition}" if self.edition else self.title


class Theme(models.Model):
    """One numbered part of a framework's first tier: a theme, a mission, an outcome, a goal."""

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


class ElementKind(models.TextChoices):
    """The tiers beneath a framework's first."""

    OUTCOME = "outcome", "Policy outcome"
    CRITERION = "criterion", "Award criterion"
    METRIC = "metric", "Reporting metric"


class Standing(models.TextChoices):
    """How far the words of a part have been checked against the document itself."""

    VERBATIM = "verbatim", "Word for word"
    REPORTED = "reported", "As others report it"
    RECALLED = "recalled", "Not checked"


class Element(models.Model):
    """A part beneath a theme: a policy outcome, an award criterion, a reporting metric."""

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="elements")
    within = models.ForeignKey("self", models.CASCADE, null=True, related_name="parts")
    kind = models.CharField(max_length=10, choices=ElementKind.choices)
    code = models.CharField(max_length=20)
    text = models.TextField()
    standing = models.CharField(max_length=10, choices=Standing.choices)
    source = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["theme", "kind", "code"], name="one_element_per_code"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"
