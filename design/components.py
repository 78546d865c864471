"""Draw a design system component from plain values, escaped unless already safe."""

from collections.abc import Mapping
from functools import cache

from django.utils.functional import Promise
from django.utils.html import conditional_escape
from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader
from markupsafe import Markup

PACKAGE = "govuk_frontend_jinja"


@cache
def environment() -> Environment:
    """The macros' own Jinja environment: nothing of ours is looked up in it."""
    return Environment(
        loader=PrefixLoader({PACKAGE: PackageLoader(PACKAGE)}),
        autoescape=True,
        undefined=ChainableUndefined,
        auto_reload=False,
    )


@cache
def macro(component: str):
    """The official macro of one component, by its name in the design system."""
    words = component.split("-")
    template = environment().get_template(f"{PACKAGE}/components/{component}/macro.html")
    return getattr(template.module, "govuk" + "".join(word.title() for word in words))


def draw(component: str, **params) -> Markup:
    """The component's HTML. `html` values are escaped unless Django calls them safe."""
    return Markup(str(macro(component)(prepared(params))).strip())


def prepared(value, *, name: str = ""):
    """The same values with every string made safe to print where the macros print it raw."""
    if isinstance(value, Promise):
        value = str(value)
    if isinstance(value, Mapping):
        if name == "slots":
            return {key: conditional_escape(part) for key, part in value.items()}
        return {
            camel_case(str(key)): prepared(part, name=str(key))
            for key, part in value.items()
            if part is not None
        }
    if isinstance(value, (list, tuple)):
        return [prepared(part, name=name) for part in value]
    if isinstance(value, str) and name.lower().endswith("html"):
        return Markup(conditional_escape(value))
    if isinstance(value, str) and name == "attributes":
        return {}
    return value


def camel_case(name: str) -> str:
    """`is_start_button` as the macros spell it; names with hyphens are attributes and stay."""
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)
