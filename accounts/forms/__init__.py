"""What people fill in about themselves, their colleagues and their company."""

from accounts.forms.colleagues import InviteForm, JoinForm, NewPersonForm
from accounts.forms.people import ColleagueForm, SupplierDetailsForm
from accounts.forms.profile import PART_FORMS, FiguresForm

__all__ = [
    "PART_FORMS",
    "ColleagueForm",
    "FiguresForm",
    "InviteForm",
    "JoinForm",
    "NewPersonForm",
    "SupplierDetailsForm",
]
