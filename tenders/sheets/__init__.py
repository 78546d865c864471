"""The plan of a year as a spreadsheet: cells to contracts, contracts to cells."""
