"""What administrators fill in to say what a principle serves."""

from django import forms

from charter.forms.drafting import LONGEST, DraftForm
from charter.marks import ALL, CHANGED, NONE, PRIMARY, RELATED, Markable, markable
from charter.models import Framework
from design import fields, widgets

MARKS = ((NONE, "None"), (RELATED, "Related"), (PRIMARY, "Primary"))
REACHES = (
    (CHANGED, "Only what I change now"),
    (ALL, "Everything marked on this page"),
)


class MappingForm(DraftForm):
    """A mark for each theme and outcome of one framework, and since when and by whom."""

    effective_from = fields.DateField(
        label="First day it holds", required=False, help_text="If it is known."
    )
    effective_to = fields.DateField(
        label="Last day it holds", required=False, help_text="If an end is decided."
    )
    source = fields.LongTextField(
        label="Who decided this",
        required=False,
        max_length=LONGEST,
        rows=3,
        help_text="A paper with its paragraph, or a board with the date of its meeting.",
    )
    reach = forms.ChoiceField(
        label="These dates and this decision are for", choices=REACHES, widget=widgets.Radios()
    )

    def __init__(self, *args, framework: Framework, **kwargs):
        super().__init__(*args, **kwargs)
        self.offered = markable(framework)
        marks = {
            one.name: forms.ChoiceField(label=str(one), choices=MARKS, widget=forms.RadioSelect)
            for one in self.offered
        }
        self.fields = {**marks, **self.fields}

    @property
    def rows(self) -> list[tuple[Markable, forms.BoundField]]:
        """What may be marked, each with its field, for the table."""
        return [(one, self[one.name]) for one in self.offered]

    @property
    def has_outcomes(self) -> bool:
        """Whether the framework has a tier beneath its themes."""
        return any(one.element for one in self.offered)

    def details(self) -> dict:
        rest = dict(self.cleaned_data)
        return {"marks": {one.name: rest.pop(one.name) for one in self.offered}, **rest}
