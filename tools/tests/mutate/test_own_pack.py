"""The shipped reasons name requirements, fields and faults that exist; whether they apply, a run tells."""

from __future__ import annotations

import pytest

from guiju.content import own_pack
from guiju.standard.load import load_from
from guiju_tools.mutate.reasons import read_reasons
from guiju_tools.sample.faults import operators, row_operators


@pytest.mark.parametrize("standard_id", own_pack().standard_ids())
def test_reasons_name_what_there_is(standard_id):
    standard, reasons = load_from(own_pack(), standard_id), read_reasons(own_pack(), standard_id)
    offered = {
        (name, one.field, one.name)
        for name, dataset in standard.datasets.items()
        for one in operators(standard, dataset)
    }
    offered |= {(name, "", one.name) for name in standard.datasets for one in row_operators()}
    entries = {(one.dataset, one.reason, one.operators) for one in reasons.faults}
    for dataset, reason, kinds in entries:
        fields = {one.field for one in reasons.faults if (one.dataset, one.reason) == (dataset, reason)}
        known = {kind for name, field, kind in offered if name == dataset and field in fields}
        assert (dataset, reason, sorted(kinds - known)) == (dataset, reason, [])
        assert fields <= {"", *standard.datasets[dataset].fields}
    assert {one.requirement for one in reasons.alterations} <= {one.id for one in standard.requirements}


@pytest.mark.parametrize("standard_id", own_pack().standard_ids())
def test_a_kind_of_fault_has_one_reason(standard_id):
    faults = read_reasons(own_pack(), standard_id).faults
    keys = [(one.dataset, one.field, operator) for one in faults for operator in sorted(one.operators)]
    assert sorted({key for key in keys if keys.count(key) > 1}) == []
