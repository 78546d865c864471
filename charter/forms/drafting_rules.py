"""What administrators fill in for a weighting rule or a clause of a draft."""

from calendar import month_name
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from charter.clauses import (
    BASES,
    CHOICE,
    CODES,
    KINDS,
    MONTH,
    OF_A_CONTRACT,
    PERCENT,
    SECTIONS,
    WHOLE,
    Fact,
    Kind,
)
from charter.forms.conditions import ScopedForm
from charter.forms.drafting import LONGEST, DraftForm
from charter.models import Charter
from charter.sayings import minimum_words
from charter.scope import LABELS
from design import fields, widgets
from design.numbers import plain_digits
from design.words import raised

BASIS_CHOICES = [(code, raised(words)) for code, words in BASES.items()]
LONGEST_FACT = 2_000
LARGEST_NUMBER = 9_999


class QuotedForm(ScopedForm):
    """Words of a document and where they stand: every rule has them."""

    document = fields.CleanTextField(
        label="The document", max_length=500, help_text="Its title and date, as it names itself."
    )
    paragraph = fields.CleanTextField(
        label="The paragraph", max_length=200, help_text="Its number, page or heading."
    )
    text = fields.LongTextField(
        label="The words themselves",
        max_length=LONGEST,
        help_text="Exactly as the document has them.",
    )
    note = fields.LongTextField(
        label="Note",
        required=False,
        max_length=LONGEST,
        rows=3,
        help_text="What a reader should know about these words, for example what they leave open.",
    )


class RuleForm(QuotedForm):
    """How much social value must count at least, and the clause that says so."""

    minimum_percent = fields.PercentageField(label="The least that social value must count")
    basis = forms.ChoiceField(
        label="What this is a share of", choices=BASIS_CHOICES, widget=widgets.Radios()
    )
    contradicts = forms.ChoiceField(
        label="Contradicts",
        required=False,
        help_text="Another rule of the same policy that cannot be meant as well. "
        "Each tender records which of the two it follows, and why.",
    )
    field_order = [
        *("minimum_percent", "basis", "document", "paragraph", "text"),
        *("contradicts", "note"),
    ]

    def __init__(self, *args, charter: Charter, rule: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["contradicts"].choices = [
            ("", "No other rule"),
            *[
                (one["id"], f"{raised(minimum_words(one))}, paragraph {quoted(one)}")
                for one in charter.rules
                if one["id"] != rule
            ],
        ]


class EditRuleForm(RuleForm, DraftForm):
    """A weighting rule, changed."""


class ClauseForm(QuotedForm):
    """A clause of one kind, with what is read out of it."""

    heading = fields.CleanTextField(
        label="Heading", max_length=200, help_text="In a few words of your own."
    )
    field_order = ["heading", "document", "paragraph", "text"]

    def __init__(self, *args, kind: Kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind
        note = self.fields.pop("note")
        if kind.code not in OF_A_CONTRACT:
            for key in LABELS:
                del self.fields[f"when_{key}"]
        for fact in kind.facts:
            self.fields[f"fact_{fact.name}"] = field_of(fact)
        self.fields["note"] = note

    def details(self) -> dict:
        """What the action is told: a fact left empty is not stated."""
        rest = super().details()
        facts = {one.name: rest.pop(f"fact_{one.name}") for one in self.kind.facts}
        stated = {name: as_text(value) for name, value in facts.items() if value not in (None, "")}
        return {**rest, "kind": self.kind.code, "facts": stated}


class EditClauseForm(ClauseForm, DraftForm):
    """A clause, changed."""


def labels_in(section: str) -> list[tuple[str, str]]:
    """The kinds of clause that stand under a heading."""
    return [(one.code, one.label) for one in KINDS.values() if one.section == section]


class KindForm(forms.Form):
    """Which kind of clause: each asks for facts of its own."""

    kind = forms.ChoiceField(
        label="What does the clause say?",
        choices=[
            ("", "Choose a kind"),
            *[(section, labels_in(section)) for section in SECTIONS],
        ],
    )


class CountField(fields.WholeNumberField):
    """A number in a clause; its label is a sentence, so its errors do not begin with it."""

    def refuse(self, words: str, code: str = "invalid"):
        raise ValidationError("Enter a whole number from 1 to 9,999, such as 6", code=code)

    def require(self):
        self.refuse("", code="required")


class ShareField(fields.PercentageField):
    """A percentage in a clause."""

    places = 2

    def refuse(self, words: str, code: str = "invalid"):
        raise ValidationError("Enter a percentage from 0 to 100, such as 25", code=code)

    def require(self):
        self.refuse("", code="required")


def field_of(fact: Fact) -> forms.Field:
    """The field for one fact of a clause; what its label adds in brackets is its hint."""
    label, _, hint = fact.label.partition(" (")
    hint = raised(hint).removesuffix(")")
    told = {"label": label, "help_text": hint, "required": fact.is_needed}
    if fact.type == PERCENT:
        return ShareField(**told)
    if fact.type == WHOLE:
        return CountField(min_value=1, max_value=LARGEST_NUMBER, **told)
    if fact.type == CHOICE:
        return forms.ChoiceField(choices=fact.choices, widget=widgets.Radios(), **told)
    if fact.type == CODES:
        return fields.CleanTextField(max_length=LONGEST_FACT, **told)
    if fact.type == MONTH:
        months = [(str(number), name) for number, name in enumerate(month_name) if number]
        told["label"] = label.removesuffix(", 1 to 12")
        return forms.ChoiceField(choices=[("", "Not stated"), *months], **told)
    return fields.LongTextField(max_length=LONGEST_FACT, rows=2, **told)


def as_text(value: object) -> str:
    """A fact as a clause keeps it: plain digits or words."""
    return plain_digits(value) if isinstance(value, Decimal) else str(value)


def quoted(rule: dict) -> str:
    """Where a rule stands, short enough for a list."""
    return f"{rule['clause']['paragraph']} of {rule['clause']['document']}"
