"""Suites: features collected and run by pytest and pytest-bdd, read against the engine's answers."""
