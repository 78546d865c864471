"""Inputs the design system has and Django has not. rendering.py draws them."""

from datetime import date, datetime

from django import forms

from design.london import LONDON


class Radios(forms.RadioSelect):
    """Radios with a hint per choice and, if asked, a field shown under a choice.

    `hints` and `reveals` are keyed by the choice's value; `reveals` names a field of the
    same form, which is then drawn there and not again below.
    """

    def __init__(self, attrs=None, choices=(), *, hints=None, reveals=None, inline=False):
        super().__init__(attrs, choices)
        self.hints = hints or {}
        self.reveals = reveals or {}
        self.inline = inline


class Checkboxes(forms.CheckboxSelectMultiple):
    """Checkboxes with a hint per choice."""

    def __init__(self, attrs=None, choices=(), *, hints=None):
        super().__init__(attrs, choices)
        self.hints = hints or {}


class Parts(forms.MultiWidget):
    """Several short text inputs under one legend; each says its name, width and keypad."""

    parts: dict[str, tuple[str, int, str]] = {}

    def __init__(self, attrs=None):
        super().__init__({name: forms.TextInput() for name in self.parts}, attrs)

    def id_for_label(self, id_, index="0"):
        return f"{id_}_0" if id_ else id_


class DateInputs(Parts):
    """Day, month and year."""

    parts = {
        "day": ("Day", 2, "numeric"),
        "month": ("Month", 2, "numeric"),
        "year": ("Year", 4, "numeric"),
    }

    def decompress(self, value):
        if isinstance(value, date):
            return [str(value.day), str(value.month), str(value.year)]
        return ["", "", ""]


class LondonDateTimeInputs(Parts):
    """Day, month, year and the time on London's clocks."""

    parts = {**DateInputs.parts, "time": ("Time", 5, "text")}
    # Stands in the box for the time until a moment is known.
    suggested = ""

    def decompress(self, value):
        if isinstance(value, datetime):
            there = value.astimezone(LONDON)
            return [str(there.day), str(there.month), str(there.year), f"{there:%H:%M}"]
        return ["", "", "", self.suggested]


class MultipleFiles(forms.ClearableFileInput):
    """One upload button that takes several files."""

    allow_multiple_selected = True
