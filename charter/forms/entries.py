"""Forms that hand what was entered to one action."""

from collections.abc import Callable

from django import forms

from charter.refusals import Unfit


class EntryForm(forms.Form):
    """A form that hands what was entered to one action and shows its refusal by the field."""

    # Fields of the action that stand under another name on the page.
    stands_for: dict[str, str] = {}
    result: object = None

    def details(self) -> dict:
        """What the action is told."""
        return self.cleaned_data

    def carries_out(self, action: Callable, **context) -> bool:
        """Call the action; put its refusal beside the field and keep what was typed."""
        try:
            self.result = action(**context, **self.details())
        except Unfit as refusal:
            self.refuse(refusal)
            return False
        return True

    def refuse(self, refusal: Unfit) -> None:
        """Show a refusal beside the field it names, or above the form."""
        name = self.stands_for.get(refusal.field or "", refusal.field)
        self.add_error(name if name in self.fields else None, str(refusal))

    def send_back(self, name: str, value: object) -> None:
        """Give a hidden field the value that stands now, and keep all else that was typed.

        Saving again is then a choice made in knowledge of somebody else's change.
        """
        self.data = self.data.copy()
        self.data[name] = value
