"""What people write stands on every page as text: no word of it becomes part of the page."""

import json
from dataclasses import replace

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse

from bids.documents import spelt
from bids.keys import firm_key
from bids.models import Answer, Attachment, Submission
from bids.sealed_parts import sealed_answer, sealed_facts, sealed_version, version_in
from charter.models import Principle
from metrics.models import Metric
from reporting import pdf
from reporting.building import build
from tests.factories.bids import said
from tests.test_hostile_input import FORMS
from tests.test_permission_matrix import ADDRESS
from tests.world import World, build_world, recommend

pytestmark = pytest.mark.django_db

MARKUP = "</b><x-y z='1'>\"'"
APPS = ("accounts", "charter", "metrics", "tenders", "bids", "evaluations", "delivery", "records")
NOT_WORDS = {"password", "email", "contact", "reference", "code", "colour", "content_type", "task"}
OWN_MEASURE = dict.fromkeys(("outcome", "unit", "base", "quantity", "evidence", "why"), MARKUP)
READERS = {
    "D": ["officer", "auth_admin"],
    "O": ["anon", "bidder_own"],
    "E": ["evaluator"],
    "R": ["evaluator", "chair"],
    "M": ["officer", "approver"],
    "L": ["officer", "bidder_own", "contract_manager"],
    "X": ["anon", "bidder_own"],
}
DOWNLOADS = {"bid.download_evidence", "bid.export", "delivery.download_evidence"}
DESKS = (
    "charter:list",
    "metrics:list",
    "tenders:public_list",
    "tenders:desk",
    "bids:desk",
    "evaluations:desk",
    "delivery:desk",
    "delivery:supplier_desk",
    "reporting:desk",
)


def fill_with_markup() -> None:
    """Put markup wherever a person or a file's name may have put words."""
    for label in APPS:
        for model in apps.get_app_config(label).get_models():
            if model._meta.label == "records.AuditEvent":
                continue
            names = {
                field.name: MARKUP
                for field in model._meta.fields
                if isinstance(field, models.CharField | models.TextField)
                and not field.choices
                and field.name not in NOT_WORDS
                and (field.max_length or 200) >= len(MARKUP)
                and not field.name.endswith(("hash", "_id", "number", "sha256", "digest"))
            }
            if names:
                model.objects.update(**names)
    fill_bids_with_markup()


def fill_bids_with_markup() -> None:
    """Put markup into all that is sealed, and into what was opened of it."""
    for version in Submission.objects.select_related("bid"):
        key = firm_key(version.bid)
        content = json.loads(version_in(key, version.bid, version))
        for line in content["document"]["answers"]:
            line["text"] = MARKUP
            for file in line["files"]:
                file["name"] = MARKUP
        version.sealed = sealed_version(key, version.bid, version.version, spelt(content))
        if version.document is not None:
            version.document = content["document"]
        version.save()
    for answer in Answer.objects.select_related("bid"):
        content = replace(said(answer), text=MARKUP, alternative=OWN_MEASURE)
        answer.sealed = sealed_answer(firm_key(answer.bid), answer, content)
        answer.save()
        for file in content.files:
            name = sealed_facts(firm_key(answer.bid), answer.bid, replace(file, name=MARKUP))
            Attachment.objects.filter(pk=file.id).update(sealed_facts=name)


def addresses_of(world: World) -> set[str]:
    made = {address(world) for action, address in ADDRESS.items() if action not in DOWNLOADS}
    for state, _, name, *parts in FORMS:
        if state == world.state:
            made.add(reverse(name, args=[part(world) for part in parts]))
    tender, bid = world.tender, world.own_bid
    made |= {reverse(name) for name in DESKS}
    made |= {reverse("reporting:principle", args=[one.pk]) for one in Principle.objects.all()[:1]}
    made |= {reverse("metrics:detail", args=[one.pk]) for one in Metric.objects.all()[:1]}
    made |= {reverse("charter:mapping", args=[tender.charter_id])}
    made |= {reverse(f"bids:{name}", args=[bid.pk]) for name in ("bid", "view", "receipt")}
    made |= {
        reverse(f"tenders:{name}", args=[tender.pk]) for name in ("check", "questions", "metrics")
    }
    made |= {
        reverse("evaluations:award", args=[tender.pk]),
        reverse("evaluations:line", args=[tender.pk, bid.pk, world.question.code]),
        reverse("evaluations:line", args=[tender.pk, bid.pk, "price"]),
    }
    return made


@pytest.mark.parametrize("state", READERS)
def test_no_words_of_people_become_part_of_a_page(state):
    world = build_world(state)
    if state == "M":
        recommend(world)
    fill_with_markup()
    addresses = sorted(addresses_of(world))
    shown, broken = set(), []
    for role in READERS[state]:
        browser = Client()
        if role != "anon":
            browser.force_login(world.people[role])
        for address in addresses:
            answer = browser.get(address)
            if answer.status_code != 200 or answer.streaming:
                continue
            page = answer.content.decode()
            if "&lt;x-y" in page:
                shown.add(address)
            if "<x-y" in page or "z='1'" in page:
                broken.append((role, address))

    assert broken == []
    assert len(shown) >= 5


def test_no_words_of_people_become_part_of_a_report(client):
    world = build_world("L")
    fill_with_markup()
    drawn = []

    def draw(report):
        return pdf.draw(report, convert=lambda page: drawn.append(page) or page.encode())

    build(world.report.pk, tell=lambda *progress: None, draw=draw)
    client.force_login(world.people["board"])
    drawn.append(client.get(reverse("reporting:report", args=[world.report.pk])).content.decode())

    assert ["&lt;x-y" in page for page in drawn] == [True, True]
    assert ["<x-y" in page for page in drawn] == [False, False]
