"""Faults planted in data that requirements must catch, altered requirements that examples must notice."""
