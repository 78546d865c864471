"""What a reader may ask of the mapping."""

from django import forms

from charter.models import Framework, Principle


class MappingFilter(forms.Form):
    """Narrow the mapping from either side: by what is served, or by principle."""

    mark_optional = False

    principle = forms.ChoiceField(label="Principle", required=False)

    def __init__(self, *args, principles: list[Principle], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["principle"].choices = [
            ("", "All principles"),
            *[(one.code, f"{one.code} {one.short_title}") for one in principles],
        ]
        for framework, themes in served_by(principles):
            self.fields[framework.member] = forms.ChoiceField(
                label=framework.member.capitalize(),
                required=False,
                choices=[("", f"All {framework.member}s"), *[(t.number, str(t)) for t in themes]],
            )

    def chosen(self) -> dict[str, str]:
        """What was asked for, by name; nothing when it makes no sense."""
        if not self.is_valid():
            return {}
        return {name: value for name, value in self.cleaned_data.items() if value}


def served_by(principles: list[Principle]) -> list[tuple[Framework, list]]:
    """The frameworks these principles are mapped to, each with the themes they serve."""
    themes = {it.theme for one in principles for it in one.mappings.all()}
    frameworks = sorted({theme.framework for theme in themes}, key=lambda one: one.code)
    return [
        (each, sorted((it for it in themes if it.framework == each), key=lambda it: it.number))
        for each in frameworks
    ]
