"""Workbooks, as spreadsheet programs save them."""
