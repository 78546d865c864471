"""Forms that hand what was entered to one action."""

from django import forms

from charter.forms.entries import EntryForm
from tenders.models import Tender
from tenders.refusals import Stale, Unfit


class DraftForm(EntryForm):
    """A page of the draft, which remembers the state of the draft it was drawn from."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, record, tender: Tender) -> dict:
        """What the fields show before anything is typed."""
        values = {name: getattr(record, name, None) for name in cls.base_fields}
        return {**values, "seen": tender.edits}

    def refuse(self, refusal: Unfit) -> None:
        super().refuse(refusal)
        if isinstance(refusal, Stale):
            self.send_back("seen", refusal.edits)
