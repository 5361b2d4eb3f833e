"""Records of a text: one that is left half read holds nothing open."""

from __future__ import annotations

import gc
import weakref

import pytest

from guiju.export.text.encoding import text_file
from guiju.export.text.records import Records, lines


@pytest.mark.parametrize("line", ["甲,1\n", '"甲","1\n2"\n', '甲"乙,1\n'])
def test_a_text_left_half_read_is_closed_at_once(write, line):
    found = Records("a.csv", lines(text_file(write("a.csv", line * 9))), ",")
    gone = weakref.ref(found)
    gc.disable()
    try:
        next(iter(found))
        del found
        assert gone() is None
    finally:
        gc.enable()
