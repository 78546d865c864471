"""What people fill in to register, and about colleagues of an authority."""

from allauth.account.utils import get_next_redirect_url
from django import forms
from django.contrib import messages
from django.utils import timezone

from accounts import actions
from accounts.roles import IN_AN_AUTHORITY, Role
from design.fields import CleanTextField, EmailField


class SupplierDetailsForm(forms.Form):
    """The lines that registering a company adds to the sign-up form."""

    full_name = CleanTextField(label="Your full name", max_length=150)
    company_name = CleanTextField(
        label="Name of your company, charity or social enterprise",
        max_length=200,
        help_text="As it would stand in a contract. If you work alone, your own name will do.",
    )
    field_order = ["full_name", "company_name", "email", "password1"]

    def signup(self, request, user):
        """Called by the sign-in library once the person exists."""
        user.full_name = self.cleaned_data["full_name"]
        user.save(update_fields=["full_name"])
        company = actions.register_supplier(
            company_name=self.cleaned_data["company_name"], by=user, at=timezone.now()
        )
        came_from = get_next_redirect_url(request)
        then = (
            ", and you are back where you were" if came_from else ". Next: choose what to bid for"
        )
        messages.success(
            request,
            f"{company} is registered{then}. We have sent you an e-mail with a link to confirm "
            "your address; you can go on meanwhile.",
        )


class ColleagueForm(forms.Form):
    """Someone who is to hold a role in the authority."""

    full_name = CleanTextField(label="Full name", max_length=150)
    email = EmailField(label="Work e-mail address", max_length=254)
    role = forms.ChoiceField(
        label="Role",
        choices=[(role.value, role.label) for role in IN_AN_AUTHORITY],
        widget=forms.RadioSelect,
    )

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])
