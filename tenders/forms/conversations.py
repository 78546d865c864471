"""What bidders ask while a tender is out, and what officers answer for everybody to read."""

from design import fields
from tenders.forms.entries import EntryForm

MOST_CHARACTERS = 2000


class AskForm(EntryForm):
    """A question to the authority."""

    text = fields.LongTextField(
        label="Your question",
        max_length=MOST_CHARACTERS,
        help_text="Ask so that nobody can tell who asks: name neither your company nor yourself. "
        "Everybody will read the question with its answer.",
    )


class AnswerForm(EntryForm):
    """The question and its answer, as everybody will read them."""

    public_text = fields.LongTextField(
        label="The question, as everybody will read it",
        max_length=MOST_CHARACTERS,
        help_text="Change what would tell who asked. What was asked stays on record as it was.",
    )
    answer = fields.LongTextField(
        label="Your answer",
        max_length=5000,
        help_text="It cannot be edited once it is published, only added to.",
    )


class FurtherAnswerForm(EntryForm):
    """What corrects or completes an answer."""

    text = fields.LongTextField(
        label="What do you add?",
        max_length=5000,
        help_text="If the answer was wrong, say what is right. It stands beneath the first answer, "
        "which stays as it was.",
    )
