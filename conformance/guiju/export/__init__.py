"""Exports: delivered files opened, recognised, loaded as raw text, and read as canonical values."""

from guiju.export.digests import digest
from guiju.export.files import open_sources
from guiju.export.known import known_words
from guiju.export.recognition.mapping import DatasetMapping, Mapping_, read_mapping
from guiju.export.recognition.recognise import Binding, recognise
from guiju.export.remarks import Remark, once
from guiju.export.source import Digested, Held, InPlace, Placed, SourceTable
from guiju.export.sql_text import identifier, literal
from guiju.export.values.lexical import ABSENT, Absent, canonical, present
from guiju.export.values.lexical_sql import clean_sql, present_sql, sql_columns, text_sql, typed_columns
from guiju.export.values.reading import Reading, make_reading, normal_text

__all__ = [
    "ABSENT",
    "Absent",
    "Binding",
    "DatasetMapping",
    "Digested",
    "Held",
    "InPlace",
    "Mapping_",
    "Placed",
    "Reading",
    "Remark",
    "SourceTable",
    "canonical",
    "clean_sql",
    "digest",
    "identifier",
    "known_words",
    "literal",
    "make_reading",
    "normal_text",
    "once",
    "open_sources",
    "present",
    "present_sql",
    "read_mapping",
    "recognise",
    "sql_columns",
    "text_sql",
    "typed_columns",
]
