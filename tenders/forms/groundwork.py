"""What officers fill in before a tender: how well-being might improve, who was asked, files."""

from django import forms

from charter.forms.drafting import DraftForm
from charter.forms.entries import EntryForm
from design import fields, widgets
from records.files import KINDS
from tenders.choices import Audience
from tenders.groundwork import Told
from tenders.models import Tender

LONGEST = 10_000
AUDIENCE_HINTS = {
    Audience.RESIDENTS: "People who live or work where the contract will be felt.",
    Audience.GROUP: "A group that speaks for some of them, or knows the need.",
    Audience.MARKET: "Firms, charities and social enterprises that might bid.",
    Audience.OTHER: "For example the people who run the present service.",
}


class NameForm(EntryForm):
    """What a record is about, when it is begun."""

    title = fields.CleanTextField(
        label="What is to be bought?",
        max_length=200,
        help_text="A short name for the record, for example Grounds maintenance 2027.",
    )


class TitleForm(NameForm, DraftForm):
    """The same, changed."""


class EconomicForm(DraftForm):
    """Economic well-being."""

    mark_optional = False
    economic = fields.LongTextField(
        label="How might this procurement improve economic well-being in the area?",
        required=False,
        max_length=LONGEST,
        help_text="For example work, pay, skills and training, and chances for local and smaller "
        "firms. Say for whom and where.",
    )


class SocialForm(DraftForm):
    """Social well-being."""

    mark_optional = False
    social = fields.LongTextField(
        label="How might this procurement improve social well-being in the area?",
        required=False,
        max_length=LONGEST,
        help_text="For example health, safety, company for people who are alone, and a say for "
        "people who use the service. Say for whom and where.",
    )


class EnvironmentalForm(DraftForm):
    """Environmental well-being."""

    mark_optional = False
    environmental = fields.LongTextField(
        label="How might this procurement improve environmental well-being in the area?",
        required=False,
        max_length=LONGEST,
        help_text="For example carbon, waste, clean air and water, and green places. Say where.",
    )


class LearnedForm(DraftForm):
    """What follows from it all."""

    mark_optional = False
    learned = fields.LongTextField(
        label="What was learned overall, and how will the procurement act on it?",
        required=False,
        max_length=LONGEST,
        help_text="Say what the tender should ask for because of it, and what it should leave out.",
    )


class AgreedForm(DraftForm):
    """What was agreed with possible suppliers, and on which day."""

    mark_optional = False
    agreed = fields.LongTextField(
        label="Which outcomes were agreed with the market?",
        required=False,
        max_length=LONGEST,
        help_text="What possible suppliers, together, say can be done for a contract of this size. "
        "Tell every bidder the same.",
    )
    agreed_on = fields.DateField(
        label="On which day was this agreed?", required=False, help_text="For example 27 3 2026."
    )


class ConsultationForm(EntryForm):
    """Who was asked, and what was learned of them."""

    audience = forms.ChoiceField(
        label="Who was asked?",
        choices=Audience.choices,
        widget=widgets.Radios(hints=AUDIENCE_HINTS),
    )
    who = fields.CleanTextField(
        label="Which residents, group or firms?",
        max_length=200,
        help_text="Leave out people’s names, for example: tenants of the homes to be repaired.",
    )
    how = fields.CleanTextField(
        label="How were they asked?",
        max_length=200,
        help_text="For example a public meeting, a survey or a market day.",
    )
    held_on = fields.DateField(
        label="On which day?",
        help_text="The last day, if it took several. For example 27 3 2026.",
    )
    people = fields.WholeNumberField(
        label="How many took part?",
        required=False,
        help_text="Leave this empty if nobody counted.",
    )
    learned = fields.LongTextField(label="What was learned from them?", max_length=LONGEST)

    def details(self) -> dict:
        told = {name: self.cleaned_data[name] for name in ConsultationForm.base_fields}
        return {"told": Told(**told)}


class EditConsultationForm(ConsultationForm, DraftForm):
    """The same, changed."""

    def details(self) -> dict:
        return {**super().details(), "seen": self.cleaned_data["seen"]}


class AttachForm(EntryForm):
    """A file and what it shows."""

    upload = forms.FileField(
        label="File",
        help_text=f"{KINDS}. Up to 10 MB. Leave out people’s names and addresses.",
    )
    about = fields.CleanTextField(
        label="What does it show?", max_length=200, help_text="For example notes of the market day."
    )


class UseForm(EntryForm):
    """Which draft tender the record belongs to."""

    tender = forms.ChoiceField(label="Which tender?", widget=widgets.Radios())

    def __init__(self, *args, tenders: list[Tender], **kwargs):
        super().__init__(*args, **kwargs)
        self.tenders = {str(one.pk): one for one in tenders}
        self.fields["tender"].choices = [
            (pk, f"{one.title} ({one.reference})") for pk, one in self.tenders.items()
        ]

    def details(self) -> dict:
        return {"tender": self.tenders[self.cleaned_data["tender"]]}


PART_FORMS = {
    "title": TitleForm,
    "economic": EconomicForm,
    "social": SocialForm,
    "environmental": EnvironmentalForm,
    "learned": LearnedForm,
    "agreed": AgreedForm,
}
