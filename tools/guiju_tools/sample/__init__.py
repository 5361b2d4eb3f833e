"""Invented exports: organisations, items and materials that exist nowhere, with valid check digits."""

from guiju_tools.sample.demo import write_demo

__all__ = ["write_demo"]
