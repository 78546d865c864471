"""What is said of a draft, by whom, and what is answered."""

from django import forms

from charter.forms.entries import EntryForm
from charter.models import Quadrant
from design import fields, widgets

WHOLE, OTHER = "whole", "other"
MYSELF, GROUP = "myself", "group"


class CommentForm(EntryForm):
    """What a comment is about, and its words."""

    mark_optional = False

    about = forms.ChoiceField(label="What is it about?")
    other = fields.CleanTextField(
        label="If something else, what?",
        max_length=200,
        required=False,
        help_text="For example: metric 7, the waste target.",
    )
    words = fields.LongTextField(label="Your comment", max_length=4000)

    def __init__(self, *args, quadrants: list[Quadrant], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = choices_of(quadrants)

    def clean(self):
        told = super().clean()
        if told.get("about") == OTHER and not told.get("other") and "other" not in self.errors:
            self.add_error("other", "Say what the comment is about, for example metric 7")
        return told

    def details(self) -> dict:
        about = self.cleaned_data["about"]
        labels = dict(self.fields["about"].choices)
        return {
            "about": self.cleaned_data["other"] if about == OTHER else labels[about],
            "words": self.cleaned_data["words"],
        }


class ColleagueCommentForm(CommentForm):
    """A comment that a colleague writes down, for a group or for themselves."""

    speaker = forms.ChoiceField(
        label="Who says it?",
        choices=[(GROUP, "A stakeholder group"), (MYSELF, "I say it myself")],
        widget=widgets.Radios(reveals={GROUP: "group"}),
    )
    group = fields.CleanTextField(label="Name of the group", max_length=200, required=False)
    words = fields.LongTextField(label="What is said", max_length=4000)
    field_order = ["speaker", "group", "about", "other", "words"]

    def clean(self):
        told = super().clean()
        if told.get("speaker") == MYSELF:
            # The box is then out of sight, so nothing may be wrong with it.
            self.errors.pop("group", None)
            return {**told, "group": ""}
        if told.get("speaker") == GROUP and not told.get("group") and "group" not in self.errors:
            self.add_error("group", "Enter the name of the group")
        return told

    def details(self) -> dict:
        return {**super().details(), "group": self.cleaned_data["group"]}


class AnswerForm(EntryForm):
    """The answer to a comment, and whether the draft changed because of it."""

    answer = fields.LongTextField(label="Answer", max_length=4000)
    led_to_change = forms.TypedChoiceField(
        label="Was the draft changed because of this comment?",
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda value: value == "yes",
        widget=widgets.Radios(inline=True),
    )


class InvitationForm(EntryForm):
    """A group to ask, and until when."""

    group = fields.CleanTextField(
        label="Name of the group",
        max_length=200,
        help_text="Its comments are kept under this name.",
    )
    email = fields.EmailField(label="E-mail address", max_length=254)
    answer_until = fields.LondonDateTimeField(
        label="Last moment to comment",
        help_text="The link stops working then, or when the draft is published.",
    )


def choices_of(quadrants: list[Quadrant]) -> list[tuple[str, str]]:
    """What a comment can be about: the whole, a field of action, a principle, something else."""
    chosen = [(WHOLE, "The whole charter")]
    for quadrant in quadrants:
        chosen.append((f"quadrant-{quadrant.pk}", quadrant.title))
        chosen += [(str(one.pk), str(one)) for one in quadrant.principles.all()]
    return [*chosen, (OTHER, "Something else")]
