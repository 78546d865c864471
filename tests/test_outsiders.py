"""Nobody outside an authority finds what it keeps to itself, on whichever page they try.

Every address of the charter and the catalogue is asked with the id of everything there is.
The twins open one door each, or finding nothing would prove nothing.
"""

from itertools import product

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.models import Organisation
from charter.models.charters import CharterQuerySet
from charter.models.people import PartnerQuerySet
from charter.urls import urlpatterns as of_charters
from metrics.models.proxies import ProxySetQuerySet
from metrics.models.results import OwnResultQuerySet
from metrics.urls import urlpatterns as of_metrics
from metrics.views import proxies, results
from tests.factories.charter import (
    CommentFactory,
    InvitationFactory,
    PartnerFactory,
    PrincipleFactory,
    QuadrantFactory,
)
from tests.factories.metrics import MetricFactory, MetricFlagFactory
from tests.factories.proxies import ProxySetFactory, ProxyValueFactory
from tests.factories.results import OwnMetricFactory, OwnResultFactory, ResultEvidenceFactory
from tests.world import build_world

pytestmark = pytest.mark.django_db

KEPT = "KEPTINSIDE"
OUTSIDERS = ("anon", "bidder_own", "foreign_authority", "superuser")
PATTERNS = [("charter", one) for one in of_charters] + [("metrics", one) for one in of_metrics]
CONTACT = {
    "contact_name": KEPT,
    "contact_email": f"{KEPT}@x.example",
    "decided_by__full_name": KEPT,
    "decision_reason": KEPT,
}


def keep_to_itself(world) -> dict[str, list]:
    """Put the mark on all that is not public; answer what each part of an address may be."""
    draft, charter = world.draft, world.tender.charter
    authority, person = charter.authority, world.people["auth_admin"]
    for name in ("auth_admin", "officer", "board"):
        world.people[name].full_name = f"{KEPT} {name}"
        world.people[name].save()
    for word in ("title", "place", "ambition", "purpose", "adoption", "source", "change_reason"):
        setattr(draft, word, KEPT)
    draft.begun_by = charter.begun_by = person
    draft.save()
    charter.save()
    principle = PrincipleFactory(
        quadrant=QuadrantFactory(charter=draft, title=KEPT), short_title=KEPT, text=KEPT
    )
    metric = MetricFactory(charter=draft, principle=principle, short_title=KEPT, wording=KEPT)
    MetricFlagFactory(metric=metric, words=KEPT)
    public = OwnMetricFactory(
        charter=charter,
        principle=PrincipleFactory(quadrant=QuadrantFactory(charter=charter)),
        target_owner=person,
    )
    comment = CommentFactory(charter=draft, words=KEPT, group=KEPT, made_by=person)
    CommentFactory(charter=charter, words=KEPT, group=KEPT, made_by=person)
    InvitationFactory(charter=draft, group=KEPT, email=f"{KEPT}@x.example", sent_by=person)
    unseen = {"charter": charter, "name": KEPT, "statement": KEPT, "contact_name": KEPT}
    waiting = PartnerFactory(**unseen)
    PartnerFactory(**unseen, declined=True)
    PartnerFactory(**unseen, withdrawn=True)
    PartnerFactory(charter=charter, confirmed=True, **CONTACT)
    value = ProxyValueFactory(
        within=ProxySetFactory(authority=authority, title=KEPT, loaded_by=person), title=KEPT
    )
    shown = ResultEvidenceFactory(
        result=OwnResultFactory(metric=public, account=KEPT, recorded_by=person)
    )
    shown.file.file.save("evidence", ContentFile(KEPT.encode()))
    things = (charter, draft, metric, public, comment, waiting, value.within)
    return {
        "pk": [one.pk for one in things],
        "authority": [authority.pk],
        "principle": [principle.pk],
        "quadrant": [principle.quadrant.code],
        "metric": [public.pk],
        "year": [2026],
        "result": [shown.result_id],
        "file": [shown.file_id],
        "kind": ["csv", "xlsx", "review"],
        "way": ["up"],
        "rule": [charter.rules[0]["id"]],
        "clause": ["x"],
        "code": ["sslep-2021"],
        "framework": ["ppn-06-20"],
        "upload": [comment.pk],
        "token": ["x:y"],
    }


def addresses(parts):
    made = {reverse("reporting:principle", args=[pk]) for pk in parts["principle"]}
    for app, pattern in PATTERNS:
        names = list(pattern.pattern.converters)
        for values in product(*(parts[name] for name in names)):
            try:
                made.add(
                    reverse(f"{app}:{pattern.name}", kwargs=dict(zip(names, values, strict=True)))
                )
            except NoReverseMatch:
                continue
    return sorted(made | {f"/metrics/?charter={pk}" for pk in parts["pk"]})


def found_by(world, *roles):
    """The pages on which the mark is read, one after the other."""
    parts = keep_to_itself(world)
    for role in roles:
        browser = Client()
        if role != "anon":
            browser.force_login(world.people[role])
        for address in addresses(parts):
            response = browser.get(address)
            content = b"".join(response) if response.streaming else response.content
            if KEPT.encode() in content:
                yield f"{role} {address}"


def test_no_outsider_finds_what_is_kept_inside():
    assert list(found_by(build_world("P"), *OUTSIDERS)) == []


def an_authority(pk):
    return Organisation.objects.get(pk=pk)


def everything(self, *args):
    return self.all()


@pytest.mark.parametrize(
    ("kind", "rule", "views"),
    [
        (CharterQuerySet, "visible_to", []),
        (PartnerQuerySet, "confirmed", []),
        (ProxySetQuerySet, "visible_to", [proxies]),
        (OwnResultQuerySet, "visible_to", [results]),
    ],
)
def test_twin_with_one_door_open_the_mark_is_found(monkeypatch, kind, rule, views):
    monkeypatch.setattr(kind, rule, everything)
    for module in views:
        monkeypatch.setattr(module, "check_role", lambda *args, **kwargs: None)
        monkeypatch.setattr(module, "authority_for", lambda _, user, pk: an_authority(pk))

    assert next(found_by(build_world("P"), "foreign_authority"), None)
