"""Metrics for tests: hours with an absolute target, unless told otherwise."""

import factory

from metrics.models import AnsweredBy, FlagKind, Metric, MetricFlag
from tests.factories.charter import CharterFactory, PrincipleFactory


class MetricFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Metric
        skip_postgeneration_save = True

    class Params:
        policy_only = factory.Trait(answered_by=AnsweredBy.POLICY)
        target_not_set = factory.Trait(
            target_text="?? hours",
            measure=factory.LazyAttribute(
                lambda it: {"id": f"m{it.number}", "target": {"kind": "undetermined"}}
            ),
            flag=factory.RelatedFactory(
                "tests.factories.metrics.MetricFlagFactory",
                factory_related_name="metric",
                kind=FlagKind.TARGET_NOT_SET,
            ),
        )
        share_of_headcount = factory.Trait(
            unit="people",
            target_text="90% of all staff employed on the contract",
            measure=factory.LazyAttribute(
                lambda it: {
                    "id": f"m{it.number}",
                    "target": {"kind": "share", "percent": "90", "base": "headcount"},
                }
            ),
            bases=[
                {
                    "id": "headcount",
                    "label": "People employed on the contract (headcount)",
                    "unit": "people",
                    "stated_by": "bidder",
                }
            ],
        )

    charter = factory.SubFactory(CharterFactory)
    principle = factory.SubFactory(
        PrincipleFactory, quadrant__charter=factory.SelfAttribute("...charter")
    )
    number = factory.Sequence(lambda n: n + 1)
    short_title = factory.Sequence(lambda n: f"Metric {n}")
    wording = "Number of hours given to schools"
    answered_by = AnsweredBy.PROCUREMENT
    target_text = "At least 36 hours"
    evidence_text = "Testimonials from schools"
    unit = "hours"
    measure = factory.LazyAttribute(
        lambda it: {"id": f"m{it.number}", "target": {"kind": "absolute", "value": "36"}}
    )
    quantities = factory.LazyAttribute(
        lambda it: [{"id": f"m{it.number}", "label": "Hours planned", "unit": it.unit}]
    )


class MetricFlagFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MetricFlag

    metric = factory.SubFactory(MetricFactory)
    kind = FlagKind.COMPOUND
    words = "The target joins two periods."
    source = "Board paper, paragraph 17"
