"""What happens to the catalogue, and to charters as far as their metrics go with them."""

from metrics.actions.loading import digest_of, load_charter

__all__ = ["digest_of", "load_charter"]
