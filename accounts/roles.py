"""The table of roles: which there are, where each is held, and what it may do in an authority."""

from django.db.models import TextChoices


class Role(TextChoices):
    """What a person does, in an authority, on one tender or for a company."""

    OFFICER = "officer", "Procurement officer"
    EVALUATOR = "evaluator", "Evaluator"
    CHAIR = "chair", "Chair"
    APPROVER = "approver", "Approver"
    CONTRACT_MANAGER = "contract_manager", "Contract manager"
    BOARD = "board", "Board member"
    ADMINISTRATOR = "administrator", "Administrator"
    BIDDER = "bidder", "Bidder"


# Where each role is held. A person may hold several, with the exclusions below.
IN_AN_AUTHORITY = (
    Role.OFFICER,
    Role.EVALUATOR,
    Role.APPROVER,
    Role.CONTRACT_MANAGER,
    Role.BOARD,
    Role.ADMINISTRATOR,
)
ON_A_TENDER = (
    Role.OFFICER,
    Role.EVALUATOR,
    Role.CHAIR,
    Role.APPROVER,
    Role.CONTRACT_MANAGER,
)
FOR_A_COMPANY = (Role.BIDDER,)

# On one tender no person may hold both roles of a pair: whoever marks neither chairs,
# recommends nor approves; whoever recommends neither approves nor opens twice.
EXCLUSIONS = (
    frozenset({Role.EVALUATOR, Role.OFFICER}),
    frozenset({Role.EVALUATOR, Role.CHAIR}),
    frozenset({Role.EVALUATOR, Role.APPROVER}),
    frozenset({Role.OFFICER, Role.CHAIR}),
    frozenset({Role.OFFICER, Role.APPROVER}),
    frozenset({Role.CHAIR, Role.APPROVER}),
)


class Permission(TextChoices):
    """What may be done with an authority's own affairs, whatever the state of any tender."""

    PEOPLE_MANAGE = "users.manage"
    TENDER_CREATE = "tender.create"
    TEMPLATE_RESTRICT = "template.restrict"
    REPORT_DRAFT = "report.draft"
    REPORT_APPROVE = "report.approve"
    REPORT_READ = "report.download"
    CHARTER_EDIT = "charter.edit_draft"
    CHARTER_PUBLISH = "charter.publish_version"
    CHARTER_COMMENT = "charter.comment_on_draft"
    CATALOGUE_EDIT = "catalogue.edit_draft"
    CATALOGUE_IMPORT = "catalogue.import"
    TARGET_RESOLVE = "catalogue.resolve_target"
    RESULT_RECORD = "catalogue.record_own_result"
    PROXIES_READ = "catalogue.read_proxies"


GRANTED: dict[Permission, frozenset[Role]] = {
    Permission.PEOPLE_MANAGE: frozenset({Role.ADMINISTRATOR}),
    Permission.TENDER_CREATE: frozenset({Role.OFFICER, Role.ADMINISTRATOR}),
    Permission.TEMPLATE_RESTRICT: frozenset({Role.ADMINISTRATOR}),
    Permission.REPORT_DRAFT: frozenset({Role.OFFICER, Role.CONTRACT_MANAGER, Role.ADMINISTRATOR}),
    Permission.REPORT_APPROVE: frozenset({Role.APPROVER}),
    Permission.REPORT_READ: frozenset(
        {
            Role.OFFICER,
            Role.APPROVER,
            Role.CONTRACT_MANAGER,
            Role.BOARD,
            Role.ADMINISTRATOR,
        }
    ),
    Permission.CHARTER_EDIT: frozenset({Role.ADMINISTRATOR}),
    Permission.CHARTER_PUBLISH: frozenset({Role.ADMINISTRATOR}),
    Permission.CHARTER_COMMENT: frozenset(IN_AN_AUTHORITY),
    Permission.CATALOGUE_EDIT: frozenset({Role.OFFICER, Role.ADMINISTRATOR}),
    Permission.CATALOGUE_IMPORT: frozenset({Role.ADMINISTRATOR}),
    Permission.TARGET_RESOLVE: frozenset({Role.ADMINISTRATOR}),
    Permission.RESULT_RECORD: frozenset({Role.OFFICER, Role.CONTRACT_MANAGER, Role.ADMINISTRATOR}),
    Permission.PROXIES_READ: frozenset(
        {Role.OFFICER, Role.CONTRACT_MANAGER, Role.BOARD, Role.ADMINISTRATOR}
    ),
}


def excluded_with(role: Role, held: set[Role]) -> set[Role]:
    """The roles already held on a tender that the same person may not add `role` to."""
    return {other for other in held if frozenset({role, other}) in EXCLUSIONS}
