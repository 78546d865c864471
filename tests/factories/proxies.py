"""Sets of proxy values for tests; the values are invented and belong to nobody's licence."""

import factory

from metrics.models import ProxySet, ProxyValue
from tests.factories.accounts import LONG_AGO, AuthorityFactory, UserFactory


class ProxySetFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProxySet

    authority = factory.SubFactory(AuthorityFactory)
    title = "Example values"
    edition = factory.Sequence(lambda n: f"Edition {n}")
    publisher = "Example Publisher"
    licence = "Licence 12, until 31 March 2028"
    source = "Workbook sent by the publisher on 1 May 2026"
    geography = "England"
    file_name = "values.csv"
    sha256 = "a" * 64
    loaded_by = factory.SubFactory(UserFactory)
    loaded_at = LONG_AGO


class ProxyValueFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProxyValue

    within = factory.SubFactory(ProxySetFactory)
    reference = factory.Sequence(lambda n: f"X{n}")
    title = "Weeks of training"
    unit = "week"
    amount = "251.790572300"
    position = factory.Sequence(lambda n: n)
