"""Editions (版本) of one standard: what changed from one to the next, and how much that weighs."""
