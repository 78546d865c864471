"""Demo data: procurements told through the same actions that the pages call."""
