"""Which table is which dataset, and which column is which field."""
