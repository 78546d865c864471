"""Everything behind scripts/run and scripts/test; standard library until .venv exists."""
