"""A registry in a file, and bundles of invented regions without a run behind them."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from guiju_tools.registry.store import New, open_store

SERVERS = Path(__file__).resolve().parents[3] / "conformance/tests/export/database/conftest.py"


def _servers():
    """The database servers that the readers are tested against; a conftest is found by its place alone."""
    spec = spec_from_file_location("guiju_test_servers", SERVERS)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


postgresql = _servers().postgresql


@pytest.fixture
def store(tmp_path):
    with open_store(str(tmp_path / "登记库.db"), make=True) as opened:
        yield opened


def bundle(number, region="990000", period="2024-03", outcome="passed", standard="item-management"):
    """A bundle as the registry keeps it."""
    digest = f"{number:064x}"
    identity = {"id": standard, "title": "某标准", "version": "0.1.0", "judging_digest": "a" * 64}
    body = {
        "unit": "示例单位",
        "region": region,
        "period": period,
        "standards": [identity],
        "requirements": {"IM-023": {"outcome": outcome, "counts": [0, 10, 0, 0, 0]}},
    }
    return New("bundle", digest, body)
