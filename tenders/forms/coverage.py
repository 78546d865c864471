"""How many of the funded projects must serve each field of action."""

from charter.models import Quadrant
from design import fields
from tenders.coverage import MOST_PROJECTS
from tenders.forms.entries import DraftForm
from tenders.models import Tender


class CoverageForm(DraftForm):
    """One number for each field of action of the charter."""

    mark_optional = False

    def __init__(self, *args, quadrants: list[Quadrant], **kwargs):
        super().__init__(*args, **kwargs)
        self.codes = {f"field_{one.code}": one.code for one in quadrants}
        self.stands_for = {code: name for name, code in self.codes.items()}
        for one in quadrants:
            self.fields[f"field_{one.code}"] = fields.WholeNumberField(
                label=one.title, min_value=0, max_value=MOST_PROJECTS, suffix="projects"
            )

    @classmethod
    def of(cls, record: Tender, tender: Tender) -> dict:
        kept = {f"field_{code}": fewest for code, fewest in record.coverage.items()}
        return {**kept, "seen": tender.edits}

    def details(self) -> dict:
        entered = self.cleaned_data
        coverage = {code: entered[name] for name, code in self.codes.items()}
        return {"coverage": coverage, "seen": entered["seen"]}
