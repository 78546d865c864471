"""What happens to charters."""

from charter.actions.frameworks import load_frameworks
from charter.actions.loading import draft_charter, publish_charter

__all__ = ["draft_charter", "load_frameworks", "publish_charter"]
