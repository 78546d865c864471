"""The forms about charters and catalogues, for the test that fills every form in."""

from charter.invitations import token_of
from metrics.content import digest_of_metrics
from metrics.models import CatalogueUpload
from tests.factories.accounts import LONG_AGO
from tests.factories.charter import (
    CharterFactory,
    CommentFactory,
    FrameworkFactory,
    InvitationFactory,
    PartnerFactory,
    PrincipleFactory,
    ThemeFactory,
)
from tests.factories.metrics import MetricFactory, MetricFlagFactory
from tests.factories.proxies import ProxySetFactory

CLAUSE = {
    "id": "required",
    "kind": "required",
    "heading": "Required over a sum",
    "document": "Procurement policy",
    "paragraph": "1",
    "text": "Contracts over £100,000 ask for social value.",
    "when": {"over": "100000"},
}


def draft(world):
    return world.draft.pk


def missing(world):
    return world.missing.pk


def in_force(world):
    return world.tender.charter_id


def authority(world):
    return world.tender.authority_id


def word(value):
    return lambda world: value


def quadrant(world):
    return world.missing.principle.quadrant.code


def principle(world):
    return world.missing.principle_id


def spare_principle(world):
    return PrincipleFactory(quadrant=world.missing.principle.quadrant).pk


def framework(world):
    ThemeFactory(framework=FrameworkFactory())
    return FrameworkFactory().pk


def rule(world):
    return world.draft.rules[0]["id"]


def clause(world):
    world.draft.clauses = [CLAUSE]
    world.draft.save()
    return CLAUSE["id"]


def partner(world):
    return PartnerFactory(charter=world.tender.charter).pk


def comment(world):
    return CommentFactory(charter=world.draft, made_by=world.people["officer"]).pk


def token(world):
    return token_of(InvitationFactory(charter=world.draft, sent_by=world.people["auth_admin"]))


def flag(world):
    return MetricFlagFactory(metric=world.missing).kind


def faulty(world):
    return MetricFactory(charter=world.draft, evidence_text="").pk


def mended(world):
    """A metric still held back, with nothing wrong any more."""
    return MetricFlagFactory(metric__charter=world.draft, kind="held-back").metric_id


def own_metric(world):
    return MetricFactory(charter=world.tender.charter, answered_by="both").pk


def upload(world):
    """A spreadsheet that waits to be applied."""
    return CatalogueUpload.objects.create(
        charter=world.draft,
        name="metrics.csv",
        sha256="0" * 64,
        rows=[],
        read_against=digest_of_metrics(world.draft.metrics.with_content()),
        uploaded_by=world.people["auth_admin"],
        uploaded_at=LONG_AGO,
    ).pk


def proxy_set(world):
    person = world.people["auth_admin"]
    return ProxySetFactory(authority=world.tender.authority, loaded_by=person).pk


def charter_without_draft(world):
    return CharterFactory(authority=world.tender.authority).pk


# State, who, page, what its address is made of.
FORMS = tuple(
    ("D", *form)
    for form in (
        ("anon", "charter:sign_up", in_force),
        ("anon", "charter:invited", token),
        ("officer", "charter:add_comment", draft),
        ("auth_admin", "charter:invite", draft),
        ("auth_admin", "charter:answer_comment", comment),
        ("auth_admin", "charter:record_partner", in_force),
        ("auth_admin", "charter:partner", partner),
        ("auth_admin", "charter:edit_words", draft),
        ("auth_admin", "charter:add_quadrant", draft),
        ("auth_admin", "charter:edit_quadrant", draft, quadrant),
        ("auth_admin", "charter:move_quadrant", draft, quadrant, word("up")),
        ("auth_admin", "charter:remove_quadrant", draft, quadrant),
        ("auth_admin", "charter:add_principle", draft, quadrant),
        ("auth_admin", "charter:edit_principle", draft, principle),
        ("auth_admin", "charter:move_principle", draft, principle, word("sideways")),
        ("auth_admin", "charter:remove_principle", draft, spare_principle),
        ("auth_admin", "charter:edit_mapping", draft, principle, framework),
        ("auth_admin", "charter:add_rule", draft),
        ("auth_admin", "charter:edit_rule", draft, rule),
        ("auth_admin", "charter:remove_rule", draft, rule),
        ("auth_admin", "charter:add_clause", draft, word("spend-aim")),
        ("auth_admin", "charter:add_clause", draft, word("nothing")),
        ("auth_admin", "charter:edit_clause", draft, clause),
        ("auth_admin", "charter:edit_clause_as", draft, clause, word("review")),
        ("auth_admin", "charter:remove_clause", draft, clause),
        ("auth_admin", "metrics:adopt", word("nelc-2018"), authority),
        ("auth_admin", "metrics:begin", authority),
        ("auth_admin", "metrics:new_version", charter_without_draft),
        ("auth_admin", "metrics:publish", draft),
        ("auth_admin", "metrics:discard", draft),
        ("auth_admin", "metrics:check", draft),
        ("auth_admin", "metrics:hold_back", faulty),
        ("auth_admin", "metrics:release", mended),
        ("officer", "metrics:add", draft),
        ("officer", "metrics:edit_words", missing),
        ("officer", "metrics:edit_target", missing),
        ("officer", "metrics:edit_reach", missing),
        ("officer", "metrics:edit_overlaps", missing),
        ("officer", "metrics:add_flag", missing),
        ("officer", "metrics:remove_flag", missing, flag),
        ("officer", "metrics:remove", missing),
        ("auth_admin", "metrics:resolve", missing),
        ("auth_admin", "metrics:set_owner", missing),
        ("auth_admin", "metrics:upload", draft),
        ("auth_admin", "metrics:preview", draft, upload),
        ("auth_admin", "metrics:load_proxies", authority),
        ("auth_admin", "metrics:withdraw_proxies", proxy_set),
        ("officer", "metrics:record_result", authority, word(2026), own_metric),
    )
)
# Pages that only show something; what may follow their address is tried too.
LOOKED_AT = {
    "charter:choose_kind",
    "charter:choose_kind_of",
    "charter:comments",
    "charter:edit",
    "charter:framework",
    "charter:frameworks",
    "charter:partners",
    "charter:serves",
    "charter:signed",
    "metrics:changes",
    "metrics:check_pack",
    "metrics:desk",
    "metrics:edit",
    "metrics:edit_shape",
    "metrics:export",
    "metrics:invited",
    "metrics:pack",
    "metrics:packs",
    "metrics:proxies",
    "metrics:proxy_set",
    "metrics:result_evidence",
    "metrics:results",
    "metrics:targets",
    "reporting:principle",
}
SHAPE = ("parts", "join", "kind", "unit", "direction", "kind_1", "kind_2", "steps")
ASKED_WITH = (
    ("anon", "metrics:changes", ("from", "to", "since", "until"), [in_force]),
    ("anon", "charter:frameworks", ("family", "page"), []),
    ("auth_admin", "metrics:desk", ("authority",), []),
    ("auth_admin", "charter:choose_kind", ("kind",), [draft]),
    ("auth_admin", "charter:comments", ("page",), [draft]),
    ("officer", "metrics:edit_shape", SHAPE, [missing]),
    ("officer", "metrics:edit_target", SHAPE, [missing]),
    ("officer", "metrics:results", ("year",), [authority]),
    ("officer", "metrics:proxy_set", ("q", "page", "words"), [proxy_set]),
)
