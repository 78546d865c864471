"""The links across the top of every page, by what a person does."""

from django.urls import reverse

from accounts.models import Membership
from accounts.roles import Role

# Which roles see which first page; the order is the order of the links.
LINKS = (
    ({Role.OFFICER}, "Your procurements", "tenders:desk"),
    ({Role.OFFICER, Role.EVALUATOR, Role.APPROVER}, "Your tasks", "evaluations:desk"),
    ({Role.CONTRACT_MANAGER}, "Contracts", "delivery:desk"),
    ({Role.OFFICER, Role.APPROVER, Role.BOARD, Role.ADMINISTRATOR}, "Plan", "tenders:plan_desk"),
    ({Role.BIDDER}, "Your bids and applications", "bids:desk"),
    ({Role.BIDDER}, "Your contracts", "delivery:supplier_desk"),
    ({Role.BIDDER}, "Your company", "accounts:company"),
    (
        {
            Role.BOARD,
            Role.OFFICER,
            Role.APPROVER,
            Role.CONTRACT_MANAGER,
            Role.ADMINISTRATOR,
        },
        "Reports",
        "reporting:desk",
    ),
    ({Role.OFFICER, Role.BOARD, Role.ADMINISTRATOR}, "Your charter", "metrics:desk"),
    ({Role.ADMINISTRATOR}, "People", "accounts:people_desk"),
)
PUBLIC_LINKS = (("Tenders", "tenders:public_list"), ("Charters", "charter:list"))
# What someone with several roles meets first.
FIRST_PAGES = (
    (Role.OFFICER, "tenders:desk"),
    (Role.EVALUATOR, "evaluations:desk"),
    (Role.APPROVER, "evaluations:desk"),
    (Role.CONTRACT_MANAGER, "delivery:desk"),
    (Role.BIDDER, "bids:desk"),
    (Role.BOARD, "reporting:desk"),
    (Role.ADMINISTRATOR, "metrics:desk"),
)


def roles_of(user) -> set[Role]:
    """Every role this person holds anywhere."""
    if not user.is_authenticated:
        return set()
    held = Membership.objects.filter(user=user).values_list("role", flat=True)
    return {Role(role) for role in held}


def first_page(user) -> str | None:
    """The name of the page this person meets after signing in."""
    held = roles_of(user)
    return next((name for role, name in FIRST_PAGES if role in held), None)


def navigation(request) -> dict:
    """Template context: the links this person has, the present one marked."""
    user = getattr(request, "user", None)
    if user is None:
        return {"navigation": []}
    held = roles_of(user)
    own = [(text, name) for roles, text, name in LINKS if roles & held]
    links = [
        {"text": text, "href": reverse(name), "active": request.path == reverse(name)}
        for text, name in (*own, *PUBLIC_LINKS)
    ]
    return {"navigation": links}
