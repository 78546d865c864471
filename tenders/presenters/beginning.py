"""What a tender may begin from, and the addresses that lead there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from charter.models import Charter
from metrics.reliance import number_of
from tenders.bands import band_words
from tenders.models import DesignTemplate, Tender, WeightBasis
from tenders.presenters.frame import COLOURS
from tenders.states import State


@dataclass(frozen=True)
class Offer:
    """A template to begin from."""

    template: DesignTemplate
    band: str
    holds: str
    href: str


@dataclass(frozen=True)
class Kept:
    """A line in the list of templates."""

    template: DesignTemplate
    band: str
    holds: str
    can_change: bool


@dataclass(frozen=True)
class Earlier:
    """An earlier tender to begin from."""

    tender: Tender
    state: State
    colour: str
    href: str


def create_address(charter: Charter, **chosen: object) -> str:
    """The page on which a draft is begun, with what was chosen before."""
    asked = {name: value for name, value in chosen.items() if value}
    return f"{reverse('tenders:create', args=[charter.pk])}?{urlencode(asked)}"


def offers(templates: Iterable[DesignTemplate], charter: Charter, **chosen: object) -> list[Offer]:
    """The templates that stand, each with the address that begins from it."""
    return [
        Offer(
            one,
            band_words(one),
            holds_words(one.design),
            create_address(charter, template=one.pk, **chosen),
        )
        for one in templates
    ]


def kept_rows(templates: Iterable[DesignTemplate], can_restrict: bool) -> list[Kept]:
    """The list of templates; who may restrict may change those that restrict."""
    return [
        Kept(
            one,
            band_words(one),
            holds_words(one.design),
            can_restrict or not one.is_compulsory,
        )
        for one in templates
    ]


def earlier(
    tenders: Iterable[Tender], charter: Charter, now: datetime, **chosen: object
) -> list[Earlier]:
    """Earlier tenders, each with the address that begins from it."""
    return [
        Earlier(
            one,
            one.state(now),
            COLOURS[one.state(now)],
            create_address(charter, tender=one.pk, **chosen),
        )
        for one in tenders
    ]


def holds_words(design: Mapping) -> str:
    """What a template brings: "3 questions, 5 metrics. Quality 90, social value 10"."""
    asked = [
        number_of(len(design[name]), noun)
        for name, noun in (
            ("questions", "quality question"),
            ("metrics", "metric"),
            ("conditions", "contract condition"),
        )
        if design[name]
    ]
    weights = design["weights"]
    price = f"price {weights['price']}%, " if weights["price"] != "0" else ""
    whole = f"{price}quality {weights['quality']}%, social value {weights['social_value']}%"
    of = " of quality" if weights["basis"] == WeightBasis.QUALITY_ELEMENT else ""
    return f"{', '.join(asked) or 'Nothing asked yet'}. {whole.capitalize()}{of}."


def origin_of(tender: Tender) -> list[str]:
    """What a tender was begun from, for its own people."""
    if tender.template:
        return [f"Begun from the template “{tender.template}”."]
    if tender.copied_from:
        earlier_one = tender.copied_from
        return [f"Begun from {earlier_one.reference}, “{earlier_one}”, without its bids."]
    return []
