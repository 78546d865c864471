"""The pages seen before publishing, for the test that fills every form in."""


def tender(world):
    return world.tender.pk


# State, who, page, what its address is made of.
FORMS = (
    ("D", "officer", "evaluations:participation", tender),
    ("D", "officer", "evaluations:firms", tender),
    ("D", "officer", "evaluations:trial", tender),
)
# Pages that only show something; what may follow their address is tried too.
LOOKED_AT = {
    "evaluations:burden",
    "evaluations:point_price",
    "evaluations:point_price_part",
}
TRIED = (
    "basis",
    "price_weight",
    "quality_weight",
    "social_value_weight",
    "price_method",
    "price_full_at",
    "price_zero_at",
    "lowest",
)
ASKED_WITH = (
    ("officer", "evaluations:point_price", TRIED, [tender]),
    ("approver", "evaluations:point_price_part", TRIED[1:], [tender]),
    ("officer", "evaluations:participation", ("who", "little", "too_much", "firm"), [tender]),
    ("officer", "evaluations:participation", ("firm",), [tender]),
)
