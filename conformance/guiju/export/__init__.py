"""Exports: delivered files opened, recognised, loaded as raw text, and read as canonical values."""

from guiju.export.files import digest, open_sources
from guiju.export.lexical import ABSENT, Absent, canonical, present
from guiju.export.lexical_sql import clean_sql, present_sql, sql_columns, text_sql, typed_columns
from guiju.export.mapping import DatasetMapping, Mapping_, read_mapping
from guiju.export.reading import Reading, make_reading, normal_text
from guiju.export.recognise import Binding, recognise
from guiju.export.source import InPlace, Placed, SourceTable
from guiju.export.sql_text import identifier, literal

__all__ = [
    "ABSENT",
    "Absent",
    "Binding",
    "DatasetMapping",
    "InPlace",
    "Mapping_",
    "Placed",
    "Reading",
    "SourceTable",
    "canonical",
    "clean_sql",
    "digest",
    "identifier",
    "literal",
    "make_reading",
    "normal_text",
    "open_sources",
    "present",
    "present_sql",
    "read_mapping",
    "recognise",
    "sql_columns",
    "text_sql",
    "typed_columns",
]
