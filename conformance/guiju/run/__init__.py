"""A run: a request becomes a result."""
