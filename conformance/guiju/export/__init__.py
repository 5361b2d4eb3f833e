"""Exports: delivered files opened, recognised, loaded as raw text, and read as canonical values."""

from guiju.export.database.address import delivery, masked
from guiju.export.digests import digest
from guiju.export.files import open_sources
from guiju.export.known import known_words
from guiju.export.recognition.mapping import DatasetMapping, Mapping_, read_mapping
from guiju.export.recognition.recognise import Binding, recognise
from guiju.export.remarks import SHOWN as ROWS_SHOWN
from guiju.export.remarks import Remark, once
from guiju.export.source import Digested, Held, InPlace, Placed, SourceTable
from guiju.export.sql_text import identifier, literal
from guiju.export.values.forms import Order
from guiju.export.values.kinds import kind_of
from guiju.export.values.lexical import ABSENT, Absent, canonical, present
from guiju.export.values.lexical_sql import clean_sql, present_sql, sql_columns, text_sql, typed_columns
from guiju.export.values.orders import order_counts_sql, order_of, year_last_sql
from guiju.export.values.personal import kind_of_heading, kind_of_values, personal_counts
from guiju.export.values.reading import Reading, make_reading, normal_text
from guiju.export.values.suspects import gate_sql, key_gate_sql, long_number, shape_sql, suspect_sql
from guiju.export.values.traps import ROUNDED, STRIPPED, Trap, caught

__all__ = [
    "ABSENT",
    "ROUNDED",
    "ROWS_SHOWN",
    "STRIPPED",
    "Absent",
    "Binding",
    "DatasetMapping",
    "Digested",
    "Held",
    "InPlace",
    "Mapping_",
    "Order",
    "Placed",
    "Reading",
    "Remark",
    "SourceTable",
    "Trap",
    "canonical",
    "caught",
    "clean_sql",
    "delivery",
    "digest",
    "gate_sql",
    "identifier",
    "key_gate_sql",
    "kind_of",
    "kind_of_heading",
    "kind_of_values",
    "known_words",
    "literal",
    "long_number",
    "make_reading",
    "masked",
    "normal_text",
    "once",
    "open_sources",
    "order_counts_sql",
    "order_of",
    "personal_counts",
    "present",
    "present_sql",
    "read_mapping",
    "recognise",
    "shape_sql",
    "sql_columns",
    "suspect_sql",
    "text_sql",
    "typed_columns",
    "year_last_sql",
]
