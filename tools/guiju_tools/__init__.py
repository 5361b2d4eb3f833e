"""The hands: command line, lint, reports, sample data."""
