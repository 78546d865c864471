"""What is said of a template: what it is for, and which contracts must begin from it."""

from django import forms

from design import fields
from tenders.forms.entries import DraftForm, EntryForm


class TemplateForm(EntryForm):
    """A template's title and band. Only an administrator makes it compulsory."""

    title = fields.CleanTextField(
        label="Title", max_length=200, help_text="For example Services over £100,000"
    )
    about = fields.LongTextField(label="What it is for", required=False, max_length=2000, rows=3)
    over = fields.MoneyField(
        label="For values over",
        required=False,
        max_value=999_999_999_999,
        help_text="The sum itself is not in the band. Leave it empty for no lower end.",
    )
    up_to = fields.MoneyField(
        label="Up to and including",
        required=False,
        max_value=999_999_999_999,
        help_text="Leave it empty for no upper end.",
    )
    is_compulsory = forms.BooleanField(
        label="What is begun in this band must begin from this template",
        required=False,
        help_text="Or from another template that says so too. Beginning from blank or from an "
        "earlier tender is then refused.",
    )

    def __init__(self, *args, can_restrict: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not can_restrict:
            del self.fields["is_compulsory"]


class EditTemplateForm(TemplateForm, DraftForm):
    """The same of a template that is kept already."""
