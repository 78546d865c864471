"""What opportunities are narrowed by, and the name of a search that is kept."""

from django import forms

from accounts.models import Organisation, OrganisationKind
from design import fields
from tenders.finding import Listing, Search
from tenders.forms.entries import EntryForm
from tenders.models import Opportunity, Tender, ValueBand

# An order narrows nothing.
UNSAID = {"sort"}
CLOSING_WITHIN = {"7": "7 days", "14": "14 days", "30": "30 days", "60": "60 days"}


class SearchForm(forms.Form):
    """What something is about, wherever it stands in its life: a list or an alert goes by it."""

    mark_optional = False
    words = fields.CleanTextField(
        label="Words",
        required=False,
        max_length=100,
        help_text="In the title, the summary, the reference or the name of the authority. Every "
        "word must be there.",
    )
    kind = forms.ChoiceField(
        label="Kind", required=False, choices=[("", "All kinds"), *Opportunity.choices]
    )
    authority = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Authority",
        required=False,
        empty_label="All authorities",
    )
    band = forms.ChoiceField(
        label="Value",
        required=False,
        choices=[("", "Any value"), *ValueBand.choices],
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["authority"].queryset = Organisation.objects.filter(
            kind=OrganisationKind.AUTHORITY,
            pk__in=Tender.objects.published().values("authority"),
        ).order_by("name", "pk")

    def search(self) -> Search:
        """What was asked, without what could not be read."""
        self.is_valid()
        asked = self.cleaned_data
        authority = asked.get("authority")
        return Search(
            words=asked.get("words", ""),
            opportunity=asked.get("kind", ""),
            authority=authority.pk if authority else None,
            band=asked.get("band", ""),
        )

    def said(self) -> list[tuple[str, str, str]]:
        """What it is narrowed by: the name of each field, its label and what was chosen."""
        self.is_valid()
        found = []
        for name, value in self.cleaned_data.items():
            if name in UNSAID or not value:
                continue
            field = self.fields[name]
            choices = {} if name == "authority" else dict(getattr(field, "choices", ()))
            found.append((name, str(field.label), str(choices.get(value, value))))
        return found


class FilterForm(SearchForm):
    """Which tenders the public list shows, and in which order."""

    show = forms.ChoiceField(
        label="Stage",
        required=False,
        choices=[
            ("", "All stages"),
            ("open", "Open now"),
            ("coming", "Opening soon"),
            ("closed", "Closed or decided"),
        ],
    )
    closing = forms.ChoiceField(
        label="Closing within",
        required=False,
        choices=[("", "Any time"), *CLOSING_WITHIN.items()],
    )
    sort = forms.ChoiceField(
        label="Order",
        required=False,
        choices=[("", "Next to close first"), ("newest", "Newest first")],
    )

    def listing(self) -> Listing:
        """The same as a list is cut from."""
        search, asked = self.search(), self.cleaned_data
        return Listing(
            search=search,
            stage=asked.get("show", ""),
            closing_within_days=int(asked["closing"]) if asked.get("closing") else None,
            is_newest_first=asked.get("sort") == "newest",
        )


class AlertForm(EntryForm):
    """What a search that is kept is called."""

    name = fields.CleanTextField(
        label="Name of this alert",
        max_length=100,
        help_text="For you alone, so that you know it again.",
    )
