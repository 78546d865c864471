"""How opportunities are found: one search narrows the public list and lets an alert ring.

The two must agree, so both go by the same words in the same capitals: those of the database.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Upper

from accounts.models import User
from tenders.models import Alert, Tender, ValueBand
from tenders.models.competitions import NEWEST_FIRST

# Above the first and up to the second, which still belongs to the band.
BOUNDS: dict[str, tuple[Decimal | None, Decimal | None]] = {
    ValueBand.TO_50K: (None, Decimal(50_000)),
    ValueBand.TO_250K: (Decimal(50_000), Decimal(250_000)),
    ValueBand.TO_1M: (Decimal(250_000), Decimal(1_000_000)),
    ValueBand.TO_5M: (Decimal(1_000_000), Decimal(5_000_000)),
    ValueBand.OVER_5M: (Decimal(5_000_000), None),
}


# As `open_first` numbers them.
STAGES = ("open", "coming", "closed")


@dataclass(frozen=True)
class Search:
    """What somebody looks for; what is left empty narrows nothing."""

    words: str = ""
    opportunity: str = ""
    authority: UUID | None = None
    band: str = ""


@dataclass(frozen=True)
class Listing:
    """What the public list shows now: whatever the search is about, at one stage, in an order."""

    search: Search
    # "open", "coming", "closed", or all of them.
    stage: str = ""
    closing_within_days: int | None = None
    is_newest_first: bool = False


@dataclass(frozen=True)
class News:
    """What one person is told of together: what was published, and the alerts it answers."""

    person: User
    tenders: list[Tender]
    alerts: list[Alert]


def narrowed(tenders: QuerySet[Tender], search: Search) -> QuerySet[Tender]:
    """The tenders a search is about: every word of it stands somewhere in each."""
    if search.words:
        tenders = tenders.with_text()
    for word in search.words.split():
        tenders = tenders.filter(text__icontains=word)
    if search.opportunity:
        tenders = tenders.filter(opportunity=search.opportunity)
    if search.authority:
        tenders = tenders.filter(authority=search.authority)
    above, up_to = BOUNDS.get(search.band, (None, None))
    if above is not None:
        tenders = tenders.filter(contract_value__gt=above)
    if up_to is not None:
        tenders = tenders.filter(contract_value__lte=up_to)
    return tenders


def listed(tenders: QuerySet[Tender], listing: Listing, now: datetime) -> QuerySet[Tender]:
    """What a page of the list is cut from."""
    found = narrowed(tenders, listing.search).open_first(now)
    if listing.stage:
        found = found.filter(order=STAGES.index(listing.stage))
    if listing.closing_within_days is not None:
        last = now + timedelta(days=listing.closing_within_days)
        found = found.filter(order__lt=STAGES.index("closed"), closes_at__lte=last)
    return found.order_by(*NEWEST_FIRST) if listing.is_newest_first else found


def news_of(published: Sequence[Tender]) -> list[News]:
    """Who is to be told of what was just published, each person once; in two queries."""
    texts = dict(
        Tender.objects.filter(pk__in=[one.pk for one in published])
        .with_text()
        .values_list("pk", Upper("text"))
    )
    found: defaultdict[User, list[tuple[Tender, Alert]]] = defaultdict(list)
    for alert in _that_may_ring(published):
        for tender in published:
            if _rings(alert, tender, texts[tender.pk]):
                found[alert.person].append((tender, alert))
    return [_news(person, pairs, published) for person, pairs in found.items()]


def _that_may_ring(published: Sequence[Tender]) -> Iterable[Alert]:
    kinds = {one.opportunity for one in published}
    authorities = {one.authority_id for one in published}
    return (
        Alert.objects.filter(
            Q(authority__isnull=True) | Q(authority__in=authorities),
            opportunity__in=["", *kinds],
            person__is_active=True,
        )
        .select_related("person")
        .annotate(wanted=Upper("words"))
        .order_by("since", "name", "pk")
    )


def _rings(alert: Alert, tender: Tender, text: str) -> bool:
    """Whether `narrowed` by the search of this alert would leave this tender."""
    above, up_to = BOUNDS.get(alert.band, (None, None))
    return (
        alert.opportunity in ("", tender.opportunity)
        and alert.authority_id in (None, tender.authority_id)
        and (above is None or tender.contract_value > above)
        and (up_to is None or tender.contract_value <= up_to)
        and all(word in text for word in alert.wanted.split())
    )


def _news(person: User, pairs: list[tuple[Tender, Alert]], published: Sequence[Tender]) -> News:
    tenders, alerts = zip(*pairs, strict=True)
    return News(
        person=person,
        tenders=[one for one in published if one in tenders],
        alerts=list(dict.fromkeys(alerts)),
    )
