"""Draw Django's form fields as design system components, whatever their widget."""

from collections.abc import Iterable

from django import forms
from django.forms import BaseForm, BaseFormSet, BoundField
from django.utils.html import conditional_escape, escape, format_html
from markupsafe import Markup

from design.components import draw
from design.widgets import Parts
from design.wording import error_messages, label_of

NOT_FOR_THE_TAG = {
    *("class", "rows", "cols", "required", "id", "spellcheck", "autocomplete", "inputmode"),
    *("maxlength", "minlength", "min", "max", "step", "autofocus", "placeholder"),
}
KEYPADS = {"number": "numeric", "email": "email", "tel": "tel", "url": "url"}


def draw_field(field: BoundField, *, size="s", heading=False, show_label=True) -> str:
    """A field with its label, hint and errors. Hidden fields stay bare inputs."""
    if field.is_hidden:
        return str(field)
    look = Look(size=size, heading=heading, show_label=show_label)
    return drawer_for(field.field.widget)(field, look)


def draw_fields(form: BaseForm) -> str:
    """The whole form's fields; one that a choice reveals is drawn under that choice."""
    revealed = revealed_names(form)
    drawn = [draw_field(field) for field in form if field.name not in revealed]
    return Markup("\n").join(Markup(part) for part in drawn)


def revealed_names(form: BaseForm) -> set[str]:
    """The fields that a radio of this form shows."""
    return {
        name
        for field in form.fields.values()
        for name in getattr(field.widget, "reveals", {}).values()
    }


class Look:
    """How prominent a field's label is."""

    def __init__(self, *, size: str, heading: bool, show_label: bool):
        self.size = "l" if heading else size
        self.heading = heading
        self.show_label = show_label

    def label(self, field: BoundField) -> dict:
        return self._named("govuk-label", field)

    def legend(self, field: BoundField) -> dict:
        return {"legend": self._named("govuk-fieldset__legend", field)}

    def _named(self, block: str, field: BoundField) -> dict:
        classes = f"{block}--{self.size}" if self.size else ""
        return {
            "text": label_of(field),
            "classes": classes if self.show_label else "govuk-visually-hidden",
            "isPageHeading": self.heading,
        }


def common(field: BoundField) -> dict:
    """What every component takes: the hint and the first things wrong."""
    params: dict = {}
    if field.help_text:
        params["hint"] = {"text": str(field.help_text)}
    messages = error_messages(field)
    if messages:
        lines = Markup("<br>").join(conditional_escape(message) for message in messages)
        params["errorMessage"] = {"html": lines}
    return params


def attributes(field: BoundField) -> dict:
    """The widget's own attributes, without those the components set or the system avoids."""
    attrs = field.field.widget.attrs
    return {name: value for name, value in attrs.items() if name not in NOT_FOR_THE_TAG}


def text_params(field: BoundField, look: Look) -> dict:
    """What a single input of any kind takes."""
    widget = field.field.widget
    return {
        "id": field.auto_id or field.html_name,
        "name": field.html_name,
        "label": look.label(field),
        "value": widget.format_value(field.value()),
        "classes": widget.attrs.get("class", ""),
        "disabled": field.field.disabled,
        "autocomplete": widget.attrs.get("autocomplete"),
        "attributes": attributes(field),
        **common(field),
    }


def draw_input(field: BoundField, look: Look) -> str:
    """Text, number, e-mail, telephone, search."""
    widget = field.field.widget
    params = text_params(field, look)
    kind = widget.input_type
    params["type"] = "text" if kind == "number" else kind
    params["inputmode"] = widget.attrs.get("inputmode", KEYPADS.get(kind))
    params["spellcheck"] = widget.attrs.get("spellcheck")
    for side in ("prefix", "suffix"):
        if getattr(field.field, side, ""):
            params[side] = {"text": getattr(field.field, side)}
    return draw("input", **params)


def draw_password(field: BoundField, look: Look) -> str:
    """What was typed is never sent back."""
    return draw("password-input", **{**text_params(field, look), "value": None})


def draw_textarea(field: BoundField, look: Look) -> str:
    """Long text, with a count of words or characters when there is a limit."""
    params = text_params(field, look)
    params["rows"] = field.field.widget.attrs.get("rows", 6)
    # Written as references, because the macros indent the lines they are given.
    typed = escape(params["value"] or "").replace("\r\n", "\n").replace("\n", "&#10;")
    params["value"] = Markup(typed)
    words = getattr(field.field, "max_words", None)
    characters = getattr(field.field, "max_length", None)
    if words:
        # Words between spaces, as CleanTextField counts them; the newer `countType` differs.
        return draw("character-count", **params, maxwords=words)
    if characters:
        return draw("character-count", **params, maxlength=characters)
    return draw("textarea", **params)


def draw_file(field: BoundField, look: Look) -> str:
    """A file, or several."""
    params = {**text_params(field, look), "value": None}
    several = getattr(field.field.widget, "allow_multiple_selected", False)
    return draw("file-upload", **params, multiple=several)


def options(field: BoundField) -> Iterable[dict]:
    """The choices, flat, in the order of the widget."""
    widget = field.field.widget
    value = widget.format_value(field.value())
    for group, choices, _ in widget.optgroups(field.html_name, value, {}):
        for choice in choices:
            text = f"{group}: {choice['label']}" if group else choice["label"]
            yield {**choice, "text": text, "value": str(choice["value"])}


def draw_select(field: BoundField, look: Look) -> str:
    """One from a list."""
    params = {**text_params(field, look), "value": None}
    params["items"] = [
        {"value": option["value"], "text": option["text"], "selected": option["selected"]}
        for option in options(field)
    ]
    if getattr(field.field.widget, "allow_multiple_selected", False):
        params["attributes"]["multiple"] = "multiple"
    return draw("select", **params)


def choice_items(field: BoundField) -> list[dict]:
    """Radios or checkboxes, with their hints and what they reveal."""
    widget = field.field.widget
    hints = {str(value): hint for value, hint in getattr(widget, "hints", {}).items()}
    reveals = {str(value): name for value, name in getattr(widget, "reveals", {}).items()}
    items = []
    for option in options(field):
        value = option["value"]
        if value == "" and set(str(option["text"])) <= {"-"}:
            continue
        item = {"value": value, "text": option["text"], "checked": option["selected"]}
        if field.field.disabled:
            item["disabled"] = True
        if hints.get(value):
            item["hint"] = {"text": hints[value]}
        if value in reveals:
            item["conditional"] = {"html": draw_field(field.form[reveals[value]])}
        items.append(item)
    return items


def choice_params(field: BoundField, look: Look) -> dict:
    """What radios and checkboxes both take."""
    widget = field.field.widget
    inline = " govuk-radios--inline" if getattr(widget, "inline", False) else ""
    return {
        "idPrefix": field.auto_id or field.html_name,
        "name": field.html_name,
        "fieldset": look.legend(field),
        "classes": widget.attrs.get("class", "") + inline,
        "items": choice_items(field),
        "attributes": attributes(field),
        **common(field),
    }


def draw_radios(field: BoundField, look: Look) -> str:
    """One from a few."""
    return draw("radios", **choice_params(field, look))


def draw_checkboxes(field: BoundField, look: Look) -> str:
    """Any of a few."""
    return draw("checkboxes", **choice_params(field, look))


def draw_checkbox(field: BoundField, look: Look) -> str:
    """A single yes: its label is the whole question, so it has no legend."""
    params = common(field)
    item = {
        "id": field.auto_id or field.html_name,
        "value": "on",
        "text": field.label,
        "checked": bool(field.value()),
        "disabled": field.field.disabled,
        "hint": params.pop("hint", None),
        "attributes": attributes(field),
    }
    prefix = field.auto_id or field.html_name
    return draw("checkboxes", idPrefix=prefix, name=field.html_name, items=[item], **params)


def draw_parts(field: BoundField, look: Look) -> str:
    """Day, month, year and, for an instant, the time."""
    widget = field.field.widget
    wrong = " govuk-input--error" if field.errors else ""
    context = widget.get_context(field.html_name, field.value(), {"id": field.auto_id})
    items = [
        {
            "id": sub["attrs"].get("id"),
            "name": sub["name"],
            "label": label,
            "value": sub["value"],
            "classes": f"govuk-input--width-{width}{wrong}",
            "inputmode": keypad,
            "attributes": {"disabled": "disabled"} if field.field.disabled else {},
        }
        for sub, (label, width, keypad) in zip(
            context["widget"]["subwidgets"], widget.parts.values(), strict=True
        )
    ]
    prefix = field.auto_id or field.html_name
    return draw("date-input", id=prefix, fieldset=look.legend(field), items=items, **common(field))


def draw_as_django_does(field: BoundField, look: Look) -> str:
    """A widget this pack does not know, still with its label, hint and errors."""
    label = draw("label", **look.label(field), **{"for": field.id_for_label})
    messages = error_messages(field)
    wrong = draw("error-message", text=" ".join(messages)) if messages else ""
    return format_html('<div class="govuk-form-group">{}{}{}</div>', label, wrong, field)


DRAWERS = (
    (Parts, draw_parts),
    (forms.RadioSelect, draw_radios),
    (forms.CheckboxSelectMultiple, draw_checkboxes),
    (forms.CheckboxInput, draw_checkbox),
    (forms.Select, draw_select),
    (forms.Textarea, draw_textarea),
    (forms.PasswordInput, draw_password),
    (forms.FileInput, draw_file),
    (forms.MultiWidget, draw_as_django_does),
    (forms.widgets.Input, draw_input),
)


def drawer_for(widget: forms.Widget):
    """The function that draws this widget. CheckboxSelectMultiple is a RadioSelect to Django."""
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return draw_checkboxes
    return next(
        (draw_it for kind, draw_it in DRAWERS if isinstance(widget, kind)), draw_as_django_does
    )


def is_refused(form) -> bool:
    """Whether this is a form or formset that was sent and has errors."""
    if not isinstance(form, (BaseForm, BaseFormSet)) or not form.is_bound:
        return False
    if isinstance(form, BaseFormSet):
        return not form.is_valid()
    return bool(form.errors)


def draw_error_summary(forms_: Iterable) -> str:
    """Everything wrong in these forms, each line leading to its field; nothing if all is well."""
    lines = [line for form in forms_ if is_refused(form) for line in error_lines(form)]
    if not lines:
        return ""
    return draw("error-summary", titleText="There is a problem", errorList=lines)


def error_lines(form) -> list[dict]:
    """The errors of a form, or of every form of a set, in the order of the page."""
    if isinstance(form, BaseFormSet):
        rows = [line for row in form.forms if is_refused(row) for line in error_lines(row)]
        return [{"text": message} for message in form.non_form_errors()] + rows
    lines = []
    visible = form.visible_fields()
    for message in form.non_field_errors():
        lines.append({"text": message, "href": f"#{target(visible[0])}" if visible else None})
    for field in form:
        for message in error_messages(field):
            href = None if field.is_hidden else f"#{target(field)}"
            lines.append({"text": message, "href": href})
    return lines


def target(field: BoundField) -> str:
    """The id of the input a person should be taken to."""
    prefix = str(field.auto_id or field.html_name)
    return f"{prefix}_0" if isinstance(field.field.widget, Parts) else prefix
