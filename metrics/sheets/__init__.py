"""Spreadsheets: files to cells, cells to metrics or proxy values, and metrics back to files.

A file is read in three steps, each of which gathers everything that is wrong with it: a table
of plain text (`tables`), rows whose columns are known (`rows`), and what the rows say
(`catalogue`, `proxy_values`). Nothing here stores anything.
"""
