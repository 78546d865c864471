"""A bid as a workbook to fill in: written from a draft, read back, compared; nothing is stored."""
