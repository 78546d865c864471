"""The ask: a competition with its weights, its timetable and where it stands."""

import secrets
import uuid
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Concat

from accounts.models import Organisation
from accounts.roles import ON_A_TENDER
from charter.models import Charter, Framework
from tenders.choices import (
    ContractKind,
    Opportunity,
    PriceMethod,
    RankOn,
    RoundingLevel,
    WeightBasis,
)
from tenders.criteria import RELATIVE_METHODS
from tenders.models.lots import LotGroup
from tenders.models.team import Assignment
from tenders.models.templates import DesignTemplate
from tenders.states import Stage, State, state_at
from tenders.words import WORDS, Words

# No vowels and no look-alikes: nothing that spells a word or is misread over the phone.
LETTERS = "BCDFGHJKMNPQRSTVWXYZ23456789"


def new_reference() -> str:
    """A reference that says nothing of how many others there are."""
    return "T-" + "".join(secrets.choice(LETTERS) for _ in range(8))


def default_tie_break() -> list[str]:
    return ["social_value", "quality", "lower_price"]


# The lots of a procurement were published at one moment and stay together, in their order.
NEWEST_FIRST = ("-published_at", "lot_group", "lot_number", "pk")


class TenderQuerySet(models.QuerySet):
    """Finds tenders."""

    def visible_to(self, user):
        """Published ones are public; an authority's own people see their drafts."""
        public = Q(published_at__isnull=False)
        if not user.is_authenticated:
            return self.filter(public)
        if user.is_superuser:
            return self.all()
        home = user.memberships.values("organisation")
        return self.filter(public | Q(authority__in=home))

    def of_team_member(self, user, *roles):
        """Those on whose team a person is, without an interest and still of the authority."""
        return self.filter(
            assignments__in=Assignment.objects.filter(
                person=user, role__in=roles or ON_A_TENDER, conflicted_at__isnull=True
            ),
            authority__in=user.memberships.values("organisation"),
        ).distinct()

    def with_design(self):
        """Ready to be checked, printed and published, in a fixed number of queries."""
        return self.with_one_each().prefetch_related(*self.parts_of_a_design())

    def with_one_each(self):
        """With what a competition has one of, read at the same time."""
        return self.select_related("authority", "charter", "edition", "lot_group")

    @staticmethod
    def parts_of_a_design() -> tuple:
        """What a competition has several of, read one kind after the other."""
        return (
            models.Prefetch("authority__design_templates", DesignTemplate.objects.defer("design")),
            models.Prefetch("lot_group__lots", Tender.objects.order_by("lot_number")),
            "criteria__metric__principle__quadrant",
            "criteria__metric__flags",
            "criteria__metric__overlaps",
            "gates__criterion",
            "conditions__metric__principle__quadrant",
            "conditions__metric__flags",
            "conditions__metric__overlaps",
            "scale",
            "assignments__person",
            "approvals",
            "opt_outs",
            "rule_choices__chosen_by",
            "warning_reasons__given_by",
        )

    def with_questions_waiting(self):
        """Each with how many questions wait for an answer."""
        waiting = models.Count("asked", filter=Q(asked__answered_at__isnull=True))
        counted = Tender.objects.filter(pk=models.OuterRef("pk")).annotate(number=waiting)
        return self.annotate(questions_waiting=models.Subquery(counted.values("number")))

    def open_first(self, now):
        """Those open for bids by their deadline, then those to come, then the rest."""
        is_published = Q(stage=Stage.PUBLISHED)
        return self.annotate(
            order=models.Case(
                models.When(is_published & Q(opens_at__lte=now, closes_at__gt=now), then=0),
                models.When(is_published & Q(opens_at__gt=now), then=1),
                default=2,
            )
        ).order_by(
            "order",
            models.Case(models.When(order__lt=2, then="closes_at")),
            *NEWEST_FIRST,
        )

    def with_text(self):
        """Each with the words by which it is found (tenders/finding.py)."""
        parts = ("title", "summary", "reference", "authority__name")
        between = [one for part in parts for one in (part, models.Value("\n"))]
        return self.annotate(text=Concat(*between, output_field=models.TextField()))

    def published(self):
        """Those the public may see."""
        return self.filter(published_at__isnull=False)


class Tender(models.Model):
    """An authority's competition, from draft to award: for a contract, or for its funding."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(Organisation, models.PROTECT, related_name="tenders")
    charter = models.ForeignKey(Charter, models.PROTECT, related_name="tenders")
    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    title = models.CharField(max_length=200)
    summary = models.TextField()
    # Whom bidders may ask; printed on the public page.
    contact = models.EmailField(blank=True)
    opportunity = models.CharField(
        max_length=13, choices=Opportunity.choices, default=Opportunity.PROCUREMENT
    )
    lot_group = models.ForeignKey(LotGroup, models.PROTECT, null=True, related_name="lots")
    lot_number = models.PositiveSmallIntegerField(null=True)
    # The template it began from, and the earlier tender it was copied from.
    template = models.ForeignKey(
        "tenders.DesignTemplate", models.PROTECT, null=True, related_name="tenders"
    )
    copied_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="copies")
    # Empty in drafts of earlier releases, which did not ask, and where nothing is bought.
    kind = models.CharField(max_length=10, choices=ContractKind.choices, blank=True)
    # What the contract is worth over its life; of a funding round its budget, of a business
    # case the most that may be asked for.
    contract_value = models.DecimalField(max_digits=14, decimal_places=2)
    starts_on = models.DateField()
    months = models.PositiveSmallIntegerField()
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    # The last moment for questions to the authority, and the day the award is to be notified.
    questions_until = models.DateTimeField(null=True)
    award_on = models.DateField(null=True)

    basis = models.CharField(
        max_length=16, choices=WeightBasis.choices, default=WeightBasis.OVERALL
    )
    # Under "overall" the three total 100. Under "quality element" price and quality
    # total 100 and social value is a share of quality.
    price_weight = models.DecimalField(max_digits=7, decimal_places=4, default=Decimal(40))
    quality_weight = models.DecimalField(max_digits=7, decimal_places=4, default=Decimal(50))
    social_value_weight = models.DecimalField(max_digits=7, decimal_places=4, default=Decimal(10))
    price_method = models.CharField(
        max_length=20, choices=PriceMethod.choices, default=PriceMethod.FIXED_SCALE
    )
    price_full_at = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    price_zero_at = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    # Said knowingly: under a relative method a bid's points depend on the other bids.
    is_relative_accepted = models.BooleanField(default=False)
    # Of a funding round: {"<code of a quadrant>": the fewest funded projects that serve it}.
    coverage = models.JSONField(default=dict)
    max_mark = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal(5))
    mark_step = models.DecimalField(max_digits=4, decimal_places=2, default=Decimal(1))
    rounding_places = models.PositiveSmallIntegerField(default=2)
    rounding_level = models.CharField(
        max_length=5, choices=RoundingLevel.choices, default=RoundingLevel.TOTAL
    )
    rank_on = models.CharField(max_length=7, choices=RankOn.choices, default=RankOn.ROUNDED)
    tie_break = models.JSONField(default=default_tie_break)

    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.DRAFT)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    # What was published: the scoring case without bids, and its SHA-256.
    published_case = models.JSONField(null=True)
    case_hash = models.CharField(max_length=64, blank=True)
    # The notice beside it, as tenders/notices.py writes it, and its SHA-256; empty where it was
    # published by an earlier release, which wrote none.
    notice = models.JSONField(null=True)
    notice_hash = models.CharField(max_length=64, blank=True)
    # The edition of the national model that stood on the day it was published; empty where
    # none is known. A later edition changes nothing here.
    edition = models.ForeignKey(Framework, models.PROTECT, null=True, related_name="tenders")
    first_opened_at = models.DateTimeField(null=True)
    first_opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    moderation_opened_at = models.DateTimeField(null=True)
    locked_at = models.DateTimeField(null=True)
    awarded_at = models.DateTimeField(null=True)
    live_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_because = models.TextField(blank=True)
    # Counts the changes to a draft, so that nobody saves over what they have not seen.
    edits = models.PositiveIntegerField(default=0)

    objects = TenderQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(contract_value__gt=0), name="a_contract_has_a_value"
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(closes_at__gt=F("opens_at")),
                name="bids_close_after_they_open",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=["draft", "cancelled"])
                | Q(published_case__isnull=False, published_at__isnull=False),
                name="what_is_published_has_a_frozen_case",
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True) | ~Q(opened_by=F("first_opened_by")),
                name="two_different_people_open_bids",
            ),
            models.UniqueConstraint(
                fields=["lot_group", "lot_number"], name="lots_of_a_procurement_are_numbered"
            ),
            models.CheckConstraint(
                condition=Q(lot_group__isnull=True, lot_number__isnull=True)
                | Q(lot_group__isnull=False, lot_number__isnull=False),
                name="a_lot_has_a_number",
            ),
            models.CheckConstraint(
                condition=Q(opportunity=Opportunity.PROCUREMENT)
                | Q(price_weight=0, lot_group__isnull=True),
                name="only_a_procurement_scores_price_or_has_lots",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def audit_stream(self) -> str:
        return f"tender:{self.pk}"

    def state(self, now: datetime) -> State:
        """Where the tender stands at this moment."""
        return state_at(Stage(self.stage), self.opens_at, self.closes_at, now)

    @property
    def is_relative(self) -> bool:
        """Whether a bid's points depend on the other bids; price alone may be scored so."""
        return bool(self.price_weight) and self.price_method in RELATIVE_METHODS

    @property
    def is_procurement(self) -> bool:
        """Whether something is bought: what is funded has no price, no lots and no standstill."""
        return self.opportunity == Opportunity.PROCUREMENT

    @property
    def words(self) -> Words:
        """How it is spoken of."""
        return WORDS[self.opportunity]

    @property
    def is_public(self) -> bool:
        """A draft cancelled before it was published never becomes public."""
        return self.published_at is not None

    @property
    def value_with_lots(self) -> Decimal:
        """What policy goes by: a procurement is not made smaller by dividing it into lots."""
        if self.lot_group is None:
            return self.contract_value
        others = [one.contract_value for one in self.lot_group.counted if one.pk != self.pk]
        return sum(others, self.contract_value)

    @property
    def are_bids_readable(self) -> bool:
        """Bids are opened by two people; never because a time has passed."""
        return self.opened_at is not None and self.stage != Stage.CANCELLED

    @property
    def weights(self) -> dict:
        """The weights in the form of docs/scoring.md."""
        price, quality, social = (
            format(w.normalize(), "f")
            for w in (self.price_weight, self.quality_weight, self.social_value_weight)
        )
        if self.basis == WeightBasis.OVERALL:
            return {
                "basis": "overall",
                "price": price,
                "quality": quality,
                "social_value": social,
            }
        return {
            "basis": "quality_element",
            "price": price,
            "quality_element": quality,
            "social_value_share": social,
        }
