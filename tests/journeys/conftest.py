"""What every journey ends with."""

import pytest

from tests.journeys.visitor import Visitor


@pytest.fixture(autouse=True)
def _everybody_leaves():
    """Whoever stays at a browser keeps a connection to the site, and so one to the database."""
    yield
    Visitor.all_leave()
