"""What a reader may ask of the catalogue."""

from django import forms

from charter.models import Charter
from design.fields import CleanTextField
from metrics.models import AnsweredBy

TARGETS = (
    ("", "Any"),
    ("set", "Target set"),
    ("not_set", "Target not set"),
    ("left_open", "Target left open"),
)


class CatalogueFilter(forms.Form):
    """Narrow the catalogue of one charter."""

    mark_optional = False

    charter = forms.UUIDField(required=False, widget=forms.HiddenInput)
    q = CleanTextField(label="Search", required=False, max_length=100)
    quadrant = forms.ChoiceField(label="Field of action", required=False)
    principle = forms.ChoiceField(label="Principle", required=False)
    answered_by = forms.ChoiceField(
        label="Who answers",
        required=False,
        choices=[
            ("", "Anyone"),
            ("bidders", "Bidders (some with the authority)"),
            *AnsweredBy.choices,
        ],
    )
    target = forms.ChoiceField(label="Target", required=False, choices=TARGETS)

    def __init__(self, *args, charter: Charter, **kwargs):
        super().__init__(*args, **kwargs)
        quadrants = list(charter.quadrants.all())
        self.fields["quadrant"].choices = [
            ("", "All fields of action"),
            *[(one.code, one.title) for one in quadrants],
        ]
        self.fields["principle"].choices = [
            ("", "All principles"),
            *[
                (each.title, [(one.code, str(one)) for one in each.principles.all()])
                for each in quadrants
            ],
        ]

    def narrow(self, metrics):
        """Those of the metrics that were asked for; all of them while something is amiss."""
        if not self.is_valid():
            return metrics
        asked = self.cleaned_data
        if asked["q"]:
            metrics = metrics.saying(asked["q"])
        if asked["quadrant"]:
            metrics = metrics.filter(principle__quadrant__code=asked["quadrant"])
        if asked["principle"]:
            metrics = metrics.filter(principle__code=asked["principle"])
        if asked["answered_by"] == "bidders":
            metrics = metrics.answered_by_bidders()
        elif asked["answered_by"]:
            metrics = metrics.filter(answered_by=asked["answered_by"])
        if asked["target"] == "set":
            metrics = metrics.with_target_set()
        elif asked["target"] == "not_set":
            metrics = metrics.with_target_not_set()
        elif asked["target"] == "left_open":
            metrics = metrics.with_target_left_open()
        return metrics
