"""Drafting (起草) without YAML or expressions: one new requirement, and a standard in a workbook and back."""
