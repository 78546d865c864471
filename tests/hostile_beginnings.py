"""The forms with which tenders begin and templates are kept, for the test that fills them in."""

from accounts.roles import Role
from tenders.designs import design_of
from tenders.models import DesignTemplate
from tests.factories.accounts import LONG_AGO
from tests.factories.charter import PrincipleFactory, QuadrantFactory
from tests.factories.metrics import MetricFactory
from tests.factories.tenders import AssignmentFactory, CriterionFactory, TenderFactory


def tender(world):
    return world.tender.pk


def authority(world):
    return world.tender.authority_id


def charter(world):
    return world.tender.charter_id


def template(world):
    """One template of the authority, the same however often it is asked for."""
    home = world.tender.authority
    found = home.design_templates.first() or DesignTemplate.objects.create(
        authority=home,
        opportunity="procurement",
        title="Services",
        design=design_of(world.tender),
        kept_by=world.people["auth_admin"],
        kept_at=LONG_AGO,
    )
    return found.pk


def funding_round(world):
    """A draft of a funding round that asks for a metric of skills."""
    charter = world.tender.charter
    draft = TenderFactory(
        authority=world.tender.authority,
        charter=charter,
        opportunity="funding_round",
        kind="",
        price_weight=0,
        quality_weight=90,
    )
    AssignmentFactory(tender=draft, person=world.people["officer"], role=Role.OFFICER)
    field = QuadrantFactory(charter=charter, code="skills", title="Skills")
    metric = MetricFactory(charter=charter, principle=PrincipleFactory(quadrant=field))
    CriterionFactory(tender=draft, code=metric.code, group="social_value", metric=metric)
    return draft.pk


def kind(world):
    return "procurement"


# State, who, page, what its address is made of.
FORMS = (
    ("D", "officer", "tenders:choose_opportunity", charter),
    ("D", "officer", "tenders:keep_template", tender),
    ("D", "auth_admin", "tenders:keep_template", tender),
    ("D", "auth_admin", "tenders:edit_template", template),
    ("D", "officer", "tenders:retire_template", template),
    ("D", "officer", "tenders:edit_coverage", funding_round),
)
# Pages that only show something; what may follow their address is tried too.
LOOKED_AT = {"tenders:choose_beginning", "tenders:templates"}
ASKED_WITH = (
    ("officer", "tenders:choose_beginning", ("words", "planned"), [charter, kind]),
    ("officer", "tenders:choose_beginning", ("words",), [charter, kind]),
    ("officer", "tenders:create", ("opportunity", "template", "tender"), [charter]),
    ("officer", "tenders:create", ("template",), [charter]),
    ("officer", "tenders:create", ("tender",), [charter]),
    ("officer", "tenders:templates", ("page",), [authority]),
)
