"""What a form says of itself: labels and errors that name the thing and the remedy."""

from django import forms
from django.core.validators import EmailValidator
from django.forms import BoundField

DJANGO_REQUIRED = str(forms.Field.default_error_messages["required"])
DJANGO_EMAIL = str(EmailValidator.message)
EMAIL_WANTED = "Enter an e-mail address like name@example.com"
CHOSEN = (forms.FileInput, forms.RadioSelect, forms.Select, forms.CheckboxSelectMultiple)

# Labels that begin like this are read on as they stand: "Enter what was done".
NEED_NO_ARTICLE = (
    *("a", "an", "any", "each", "no", "the", "their", "these", "this", "your", "people"),
    *("how", "what", "when", "where", "which", "who", "whom", "whose", "why"),
    *("and", "at", "from", "if", "in", "of", "on", "only", "over", "to"),
)


def label_of(field: BoundField) -> str:
    """The label, marked when the field may be left empty."""
    label = field.label
    marked = getattr(field.form, "mark_optional", True)
    if field.field.required or field.field.disabled or not marked:
        return label
    return label if "(optional)" in label else f"{label} (optional)"


def as_part_of_sentence(label: str) -> str:
    """The label as it stands inside a sentence: "Full name" as "full name", "VAT" as it is."""
    label = str(label).rstrip(":. ")
    is_acronym = len(label) > 1 and label[1].isupper()
    return label if is_acronym else label[:1].lower() + label[1:]


def required_message(label: str, widget: forms.Widget) -> str:
    """What to do about a field left empty."""
    if isinstance(widget, forms.CheckboxInput):
        return f"Tick “{label}” to continue"
    if str(label).endswith("?"):
        return f"Answer “{label}”"
    verb = "Choose" if isinstance(widget, CHOSEN) else "Enter"
    named = as_part_of_sentence(label)
    first = named.split(" ")[0]
    bare = first in NEED_NO_ARTICLE or first.endswith("s")
    return f"{verb} {named}" if bare else f"{verb} the {named}"


def error_messages(field: BoundField) -> list[str]:
    """The field's errors in plain words."""
    if not field.form.is_bound:
        return []
    messages = []
    for error in field.errors.as_data():
        for message in error.messages:
            messages.append(plain_words(field, error.code, message))
    return messages


def plain_words(field: BoundField, code: str | None, message: str) -> str:
    """Django's own messages, which name neither the thing nor the remedy, said again."""
    if code == "required" and message == DJANGO_REQUIRED:
        return required_message(field.label, field.field.widget)
    if code == "invalid_choice" and isinstance(field.field.widget, CHOSEN):
        return f"{field.label}: choose one of the answers listed"
    if message == DJANGO_EMAIL:
        return EMAIL_WANTED
    return message
