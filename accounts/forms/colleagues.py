"""What people of one company fill in about each other, and who is invited about themselves."""

from django import forms
from django.contrib.auth.password_validation import validate_password

from accounts.models import User
from design.fields import CleanTextField, EmailField


class InviteForm(forms.Form):
    """A colleague who is to join the company."""

    full_name = CleanTextField(label="Full name", max_length=150)
    email = EmailField(
        label="Work e-mail address",
        max_length=254,
        help_text="The invitation goes to this address.",
    )


class NewPersonForm(forms.Form):
    """Who is new here: a name, and a password of one's own."""

    full_name = CleanTextField(label="Your full name", max_length=150)
    password = forms.CharField(
        label="Choose a password",
        strip=False,
        max_length=128,
        help_text="8 characters or more. Three random words are easy to remember.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, email: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        person = User(email=self.email, full_name=self.cleaned_data.get("full_name", ""))
        validate_password(password, person)
        return password


class JoinForm(forms.Form):
    """Join the company that invites, and leave another if that is what it takes."""

    leaves = forms.BooleanField()

    def __init__(self, *args, leaving=None, **kwargs):
        super().__init__(*args, **kwargs)
        if leaving is None:
            del self.fields["leaves"]
        else:
            self.fields["leaves"].label = f"I leave {leaving}"
