"""What administrators fill in to see missing targets set."""

from copy import deepcopy

from django import forms

from accounts.models import Organisation
from charter.forms.entries import EntryForm
from design import fields, widgets
from metrics.forms.measures import TargetForm
from metrics.models import Route

ROUTE_HINTS = {
    Route.BASELINE: "You know what you did in a year, and ask for more or less than that.",
    Route.BENCHMARK: "Somebody else has published what can be reached.",
    Route.STAKEHOLDERS: "Groups were asked, and decided.",
    Route.LEFT_OPEN: "No number is set. Evaluators give marks for what is offered.",
}
LONGEST = 2000


class OwnerForm(EntryForm):
    """Who sees to it that a missing target is set."""

    owner = forms.ChoiceField(
        label="Who sees to it that this target is set?",
        required=False,
        help_text="A colleague of your authority. It does not change what they may do.",
    )
    mark_optional = False

    def __init__(self, *args, authority: Organisation, **kwargs):
        super().__init__(*args, **kwargs)
        members = authority.memberships.select_related("user").order_by("user__full_name")
        self.people = {str(one.user_id): one.user for one in members}
        named = [(pk, f"{person}, {person.email}") for pk, person in self.people.items()]
        self.fields["owner"].choices = [("", "Nobody yet"), *named]

    def details(self) -> dict:
        return {"owner": self.people.get(self.cleaned_data["owner"])}


class RouteForm(forms.Form):
    """By which of the four routes a target is resolved."""

    route = forms.ChoiceField(
        label="How was it decided?",
        choices=Route.choices,
        widget=widgets.Radios(hints=ROUTE_HINTS),
    )


def words_field(label: str, help_text: str) -> fields.LongTextField:
    """A few sentences that are kept with the decision."""
    return fields.LongTextField(label=label, help_text=help_text, max_length=LONGEST, rows=3)


# What each route has to say for itself: the name of the field, and how it begins in the record.
GROUNDS: dict[str, dict[str, tuple[str, forms.Field]]] = {
    Route.BASELINE: {
        "baseline": (
            "Our own baseline",
            words_field("Your baseline", "What you measured, and what it covers."),
        ),
        "baseline_year": (
            "Year of the baseline",
            fields.CleanTextField(
                label="Year of the baseline", max_length=60, help_text="For example 2025 to 2026"
            ),
        ),
    },
    Route.BENCHMARK: {
        "benchmark": ("Benchmark", words_field("The benchmark", "What it says can be reached.")),
        "benchmark_source": (
            "Where it comes from",
            words_field("Where the benchmark comes from", "Who published it, where and when."),
        ),
    },
    Route.STAKEHOLDERS: {
        "groups": ("Who decided", words_field("Which groups decided?", "Name each group.")),
        "groups_when": (
            "When",
            fields.CleanTextField(
                label="When did they decide?",
                max_length=200,
                help_text="For example at the meeting of 12 March 2027",
            ),
        ),
    },
    Route.LEFT_OPEN: {
        "looked_for": (
            "What evaluators look for",
            words_field(
                "What should evaluators look for?", "What makes an answer better or worse."
            ),
        ),
    },
}
OPEN_WORDS = "Left open. Say what you offer; evaluators mark the answer."


class ResolveForm(TargetForm):
    """The decision on a missing target: its grounds, the target, and who approved it."""

    reason = words_field("Why this target?", "Read by everybody who can see the metric.")
    approved_by = fields.CleanTextField(
        label="Who approved it?",
        max_length=200,
        help_text="The board, committee or office that approved it.",
    )
    decided_on = fields.DateField(label="Date of the decision")

    def __init__(self, *args, route: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.route = route
        self.asked = GROUNDS[route]
        for name, (_, field) in self.asked.items():
            self.fields[name] = deepcopy(field)
        if route == Route.LEFT_OPEN:
            self.initial["target_text"] = OPEN_WORDS
            self.fields["reason"].label = "Why is it left open?"
        last = ["target_text", "reason", "approved_by", "decided_on"]
        self.order_fields(
            [
                *self.asked,
                *[name for name in self.fields if name not in (*self.asked, *last)],
                *last,
            ]
        )

    @property
    def grounds(self) -> list:
        """What this route has to say for itself, for the page."""
        return [self[name] for name in self.asked]

    @property
    def decision(self) -> list:
        """Why, by whom and when, for the page."""
        return [self[name] for name in ("reason", "approved_by", "decided_on")]

    def details(self) -> dict:
        entered = self.cleaned_data
        lines = [f"{begins}: {entered[name]}" for name, (begins, _) in self.asked.items()]
        return {
            **super().details(),
            "route": self.route,
            "grounds": "\n".join(lines),
            "reason": entered["reason"],
            "approved_by": entered["approved_by"],
            "decided_on": entered["decided_on"],
        }
