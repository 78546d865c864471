"""What administrators fill in to change a draft's words, fields of action and principles."""

from datetime import date
from decimal import Decimal

from django import forms

from charter.fingerprint import fingerprint
from charter.forms.entries import EntryForm
from charter.models import Charter, Maturity, Quadrant
from charter.refusals import Stale, Unfit
from design import fields, widgets
from design.numbers import plain_digits
from design.templatetags.format import london_date

LONGEST = 10_000
MATURITY_HINTS = {
    Maturity.WHOLE: "Tenders can be made with it.",
    Maturity.PRINCIPLES_ONLY: "Its papers name no metrics yet.",
    Maturity.DRAFT: "Its papers leave what matters open.",
}


class DraftForm(EntryForm):
    """A page of the draft, which remembers what it was drawn from."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    # What somebody else saved meanwhile, field by field, where it differs from what was typed.
    saved: tuple[tuple[str, str], ...] = ()

    @classmethod
    def drawn_from(cls, state: dict) -> dict:
        """What the fields show before anything is typed."""
        return {**state, "seen": fingerprint(state)}

    def refuse(self, refusal: Unfit) -> None:
        super().refuse(refusal)
        if isinstance(refusal, Stale):
            self.send_back("seen", refusal.seen)
            self.saved = tuple(
                (str(field.label), self._told(field.name, refusal.state.get(field.name)))
                for field in self.visible_fields()
                if not self._is_typed(field.name, refusal.state.get(field.name))
            )

    def _is_typed(self, name: str, value: object) -> bool:
        """Whether what was typed is what is saved; nothing is nothing, however it is kept."""
        typed = self.cleaned_data.get(name)
        return (typed or None) == (value or None)

    def _told(self, name: str, value: object) -> str:
        choices = dict(getattr(self.fields[name], "choices", ()))
        if isinstance(value, list):
            return ", ".join(str(choices[one]) for one in value)
        if value in choices:
            return str(choices[value])
        if isinstance(value, date):
            return london_date(value)
        if isinstance(value, Decimal):
            return plain_digits(value)
        return str(value or "Nothing")


class WordsForm(DraftForm):
    """The words of the charter as a whole."""

    title = fields.CleanTextField(label="Title", max_length=200)
    place = fields.CleanTextField(
        label="Place", max_length=200, help_text="The area the charter is for."
    )
    ambition = fields.LongTextField(
        label="Ambition",
        required=False,
        max_length=LONGEST,
        help_text="What is to be achieved. It stands at the top of the charter's page.",
    )
    purpose = fields.LongTextField(label="Purpose", required=False, max_length=LONGEST, rows=4)
    adoption = fields.LongTextField(
        label="Adopted",
        required=False,
        max_length=LONGEST,
        rows=3,
        help_text="What its papers say of when and by whom it was adopted.",
    )
    source = fields.LongTextField(
        label="Where its words come from",
        max_length=LONGEST,
        rows=3,
        help_text="The documents, with their dates.",
    )
    mappings_source = fields.LongTextField(
        label="Where it is decided what each principle serves",
        required=False,
        max_length=LONGEST,
        rows=3,
    )
    maturity = forms.ChoiceField(
        label="What its papers decide",
        choices=Maturity.choices,
        widget=widgets.Radios(hints=MATURITY_HINTS),
    )


class QuadrantForm(EntryForm):
    """A field of action."""

    title = fields.CleanTextField(
        label="Title", max_length=100, help_text="For example Employment and skills"
    )
    source = fields.LongTextField(
        label="Where it comes from", required=False, max_length=LONGEST, rows=3
    )


class EditQuadrantForm(QuadrantForm, DraftForm):
    """A field of action, changed."""


class PrincipleForm(EntryForm):
    """A principle of the charter."""

    code = fields.CleanTextField(
        label="Code",
        max_length=10,
        help_text="Short and used once in the charter, for example ES1.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    short_title = fields.CleanTextField(
        label="Short title", max_length=100, help_text="For lists and tables."
    )
    text = fields.LongTextField(
        label="The whole sentence",
        max_length=LONGEST,
        rows=5,
        help_text="On the charter's page it follows the words “We are committed to:”.",
    )
    opening = fields.CleanTextField(
        label="The words it begins with",
        required=False,
        max_length=200,
        help_text="They become the link to the principle. Leave this empty and they are taken "
        "from the sentence.",
    )


class EditPrincipleForm(PrincipleForm, DraftForm):
    """A principle, changed, or put into another field of action."""

    quadrant = forms.ChoiceField(label="Field of action")

    def __init__(self, *args, charter: Charter, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["quadrant"].choices = [(one.code, one.title) for one in charter.quadrants.all()]


class RemoveForm(EntryForm):
    """Nothing to fill in: whoever sends it has been asked."""


def next_code(quadrant: Quadrant) -> str:
    """The code a new principle of this field of action would have after the others."""
    taken = {one.code for one in quadrant.principles.all()}
    numbers = range(1, len(taken) + 2)
    return next(code for number in numbers if (code := f"{quadrant.code[:8]}{number}") not in taken)
