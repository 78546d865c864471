"""Why: what an authority means by social value, in versions that never change once published."""

from charter.models.charters import Charter, Mapping, Maturity, Principle, Quadrant
from charter.models.frameworks import Element, ElementKind, Framework, Standing, Theme
from charter.models.people import Comment, Invitation, Partner

__all__ = [
    "Charter",
    "Comment",
    "Element",
    "ElementKind",
    "Framework",
    "Invitation",
    "Mapping",
    "Maturity",
    "Partner",
    "Principle",
    "Quadrant",
    "Standing",
    "Theme",
]
