"""Invented bids scored by the rules of a tender: read from a table, and nothing kept."""
