"""A receipt's number, and the file or the hash to hold against it."""

import re

from django import forms
from django.core.exceptions import ValidationError

from bids.models import Submission
from design.fields import CleanTextField
from records.files import check_size, digest_of
from records.refusals import FileRefused

SHA256 = re.compile(r"[0-9a-f]{64}")


class CheckForm(forms.Form):
    """What anybody fills in to check a receipt."""

    mark_optional = False

    number = CleanTextField(
        label="Receipt number", help_text="For example R-7KQ2-M4XD-9HTP", max_length=40
    )
    file = forms.FileField(
        required=False,
        label="File",
        help_text="The bid as it was downloaded from its receipt, or a file of evidence. "
        "It is read and not kept.",
    )
    hash = CleanTextField(
        required=False,
        label="Or its SHA-256",
        help_text="If you would rather not send the file: the 64 letters and digits that your "
        "computer works out",
        max_length=200,
    )
    digest = ""

    def clean_number(self) -> Submission:
        """The version that a receipt of this number was given for."""
        typed = "".join(self.cleaned_data["number"].split()).upper()
        versions = Submission.objects.select_related("bid__tender__authority")
        version = versions.filter(receipt_number=typed).first()
        if version is None:
            raise ValidationError(
                "No receipt has this number. Look for letters that are swapped, and type it as it "
                "is printed"
            )
        return version

    def clean(self):
        file, typed = self.cleaned_data.get("file"), self.cleaned_data.get("hash", "")
        typed = "".join(typed.split()).lower()
        if file:
            self.digest = self._digest_of(file)
        elif SHA256.fullmatch(typed):
            self.digest = typed
        elif typed:
            self.add_error("hash", "A SHA-256 is 64 characters, digits and the letters a to f")
        elif not self.errors:
            self.add_error("file", "Choose a file, or enter its SHA-256")
        return super().clean()

    def _digest_of(self, file) -> str:
        try:
            check_size(file)
        except FileRefused as refusal:
            self.add_error("file", f"{refusal} Or enter its SHA-256")
            return ""
        return digest_of(file)
