"""Lots: one procurement divided into tenders that are published together."""

import uuid

from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from tenders.states import Stage


class LotGroup(models.Model):
    """A procurement divided into lots: each lot is a tender, and all are published together.

    Procurement Act 2023, section 23(4): how many lots one supplier may win is said beforehand.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(Organisation, models.PROTECT, related_name="lot_groups")
    # Empty where one supplier may win every lot.
    most_lots = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(most_lots__isnull=True) | Q(most_lots__gte=1),
                name="a_supplier_may_win_a_lot",
            ),
        ]

    def __str__(self) -> str:
        return f"Lots of {self.authority}"

    @property
    def counted(self) -> list:
        """The lots in their order, without those given up before anybody saw them."""
        lots = sorted(self.lots.all(), key=lambda one: one.lot_number)
        return [one for one in lots if one.is_public or one.stage != Stage.CANCELLED]
