"""Standards as data: reading, validating and freezing them."""
