"""Delimited text and JSON, in the encodings they come in."""
