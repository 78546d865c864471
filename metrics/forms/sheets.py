"""What is asked of whoever sends a spreadsheet, and what is said of one that cannot stand."""

from collections.abc import Callable

from django import forms
from django.conf import settings

from charter.forms.entries import EntryForm
from metrics.sheets.problems import Problems, Unreadable, Unsound
from metrics.sheets.tables import MEGABYTE


class FileForm(EntryForm):
    """A form with a spreadsheet, whose faults are listed row by row."""

    upload = forms.FileField(
        label="Spreadsheet",
        error_messages={
            "required": "Choose the spreadsheet to upload",
            "empty": "The file is empty. Choose one with something in it",
        },
    )
    problems: Problems | None = None

    def __init__(self, *args, wanted: str = "An Excel workbook (.xlsx) or a CSV file", **kwargs):
        super().__init__(*args, **kwargs)
        limit = settings.UPLOAD_MAX_BYTES // MEGABYTE
        self.fields["upload"].help_text = f"{wanted}, up to {limit} MB."

    def carries_out(self, action: Callable, **context) -> bool:
        """Call the action; list what is wrong with the file and keep what was typed."""
        try:
            return super().carries_out(action, **context)
        except Unreadable as refusal:
            self.add_error("upload", str(refusal))
        except Unsound as refusal:
            self.problems = refusal.problems
            count = refusal.problems.count
            things = "One thing" if count == 1 else f"{count:,} things"
            self.add_error("upload", f"{things} in the file must be put right. Nothing was stored.")
        return False


class ApplyForm(EntryForm):
    """The last word on what a spreadsheet changes."""

    remove_missing = forms.BooleanField(required=False)
    mark_optional = False

    def __init__(self, *args, missing: int, thing: str = "metric", **kwargs):
        super().__init__(*args, **kwargs)
        those = f"the {thing} that is" if missing == 1 else f"the {missing} {thing}s that are"
        self.fields["remove_missing"].label = f"Remove {those} not in the file"
        if not missing:
            del self.fields["remove_missing"]

    def details(self) -> dict:
        return {"remove_missing": self.cleaned_data.get("remove_missing", False)}
