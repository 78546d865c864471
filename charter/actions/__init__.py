"""What happens to charters."""

from charter.actions.loading import draft_charter, publish_charter

__all__ = ["draft_charter", "publish_charter"]
