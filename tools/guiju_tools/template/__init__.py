"""What to ask a system's vendor for, and workbooks to fill: written from a standard, without any data."""
