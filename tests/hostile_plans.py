"""The forms of a year's plan, for the test that fills every form in."""

from tenders.models import PlanUpload
from tests.factories.accounts import LONG_AGO
from tests.factories.planning import PlannedContractFactory

YEAR = 2026


def authority(world):
    return world.tender.authority_id


def charter(world):
    return world.tender.charter_id


def planned(world):
    """One planned contract of the authority, the same however often it is asked for."""
    home = world.tender.authority
    found = home.planned_contracts.first()
    return (found or PlannedContractFactory(authority=home, charter=world.tender.charter)).pk


def upload(world):
    return PlanUpload.objects.create(
        authority=world.tender.authority,
        year=YEAR,
        name="plan.csv",
        sha256="0" * 64,
        rows=[],
        read_against="0" * 64,
        uploaded_by=world.people["officer"],
        uploaded_at=LONG_AGO,
    ).pk


def year(world):
    return YEAR


# State, who, page, what its address is made of.
FORMS = (
    ("D", "officer", "tenders:plan_add", authority),
    ("D", "officer", "tenders:plan_edit", planned),
    ("D", "officer", "tenders:plan_remove", planned),
    ("D", "officer", "tenders:plan_import", authority, year),
    ("D", "officer", "tenders:plan_preview", authority, year, upload),
)
# Pages that only show something; what may follow their address is tried too.
LOOKED_AT = {
    "tenders:plan",
    "tenders:plan_contract",
    "tenders:plan_desk",
    "tenders:plan_export",
}
FILTERS = ("year", "band", "demand", "suitability", "group", "programme", "which", "order")
ASKED_WITH = (
    ("board", "tenders:plan", FILTERS, [authority]),
    ("board", "tenders:plan", FILTERS[1:], [authority]),
    ("officer", "tenders:plan_add", ("year",), [authority]),
    ("officer", "tenders:create", ("planned",), [charter]),
)
