"""Self-assessment forms: written as workbooks, read back, and compared."""
