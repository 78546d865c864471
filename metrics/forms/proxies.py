"""What an authority says of a set of proxy values before it loads one."""

from django import forms
from django.db.models import Q

from design import fields
from metrics.forms.sheets import FileForm

WORDS = ("title", "edition", "publisher", "licence", "source", "geography")


class ProxiesForm(FileForm):
    """A licensed set: what it is, by what right it is used, and its values."""

    title = fields.CleanTextField(
        label="Name of the set", max_length=200, help_text="As its publisher calls it."
    )
    edition = fields.CleanTextField(
        label="Edition", max_length=100, help_text="Values belong to one edition, for example 2026."
    )
    publisher = fields.CleanTextField(label="Publisher", max_length=200)
    licence = fields.LongTextField(
        label="Licence",
        rows=3,
        max_length=2000,
        help_text="Its name or number, what it allows, and until when.",
    )
    source = fields.LongTextField(
        label="Where the values come from",
        rows=2,
        max_length=2000,
        help_text="The document or address you took them from, and when.",
    )
    geography = fields.CleanTextField(
        label="Area the values hold for", max_length=200, help_text="For example England."
    )
    is_licensed = forms.BooleanField(
        label="My authority holds a licence to use these values in this way"
    )
    field_order = [*WORDS, "upload", "is_licensed"]

    def details(self) -> dict:
        return {key: self.cleaned_data[key] for key in (*WORDS, "upload")}


class ValueFilter(forms.Form):
    """Look for a value in a set."""

    mark_optional = False

    q = fields.CleanTextField(label="Search", required=False, max_length=100)

    def narrow(self, values):
        """Those that hold these words; all of them while something is amiss."""
        if not self.is_valid() or not self.cleaned_data["q"]:
            return values
        words = self.cleaned_data["q"]
        return values.filter(
            Q(reference__icontains=words)
            | Q(title__icontains=words)
            | Q(unit__icontains=words)
            | Q(note__icontains=words)
        )
