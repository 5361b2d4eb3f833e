"""The command line: parses, calls, prints; every fault becomes a message and an exit status."""

from guiju_tools.cli.app import main

__all__ = ["main"]
