"""Pages of the judgement, by subject."""
