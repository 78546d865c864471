"""What happens to the catalogue, and to charters as far as their metrics go with them."""

from metrics.actions.life import adopt_pack, discard_draft, publish_version, start_new_version
from metrics.actions.loading import digest_of, draft_pack, load_charter, read_pack

__all__ = [
    "adopt_pack",
    "digest_of",
    "discard_draft",
    "draft_pack",
    "load_charter",
    "publish_version",
    "read_pack",
    "start_new_version",
]
