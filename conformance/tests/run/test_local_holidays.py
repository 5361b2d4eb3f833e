"""A region's own holidays: read with its profile and with those that it extends, and added by an example."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from guiju.content import own_pack
from guiju.run.examples import Bench, Example, InlineTable
from guiju.run.judging import run
from guiju.run.profile import read_profile
from guiju.run.request import RunRequest
from guiju.standard.load import load

HOLIDAY = "day,kind,name,notice,mark\n2024-04-11,holiday,地方节日,示例市通知,seen\n"
COUNTY = "id: example-county\ntitle: 示例县（虚构）\nextends: '990000'\nstandards: {}\n"
CHANGES = ("变更日期", "公布日期")
LATE_BY_ONE = ("2024-04-08", "2024-05-09")


@pytest.fixture
def pack(tmp_path):
    """A copy of our pack in which the example city has a holiday and a county extends the city."""
    own = own_pack()
    shutil.copytree(own.standards, tmp_path / "standards")
    shutil.copytree(own.features, tmp_path / "features")
    city = tmp_path / "standards" / "regions" / "990000" / "holidays"
    city.mkdir(exist_ok=True)
    (city / "2024.csv").write_text(HOLIDAY, encoding="utf-8")
    county = tmp_path / "standards" / "regions" / "990001"
    county.mkdir()
    (county / "profile.yaml").write_text(COUNTY, encoding="utf-8")
    (tmp_path / "事项变更登记.csv").write_text(
        "\n".join(map(",".join, (CHANGES, LATE_BY_ONE))) + "\n", encoding="utf-8"
    )
    return tmp_path


def failed(pack, region):
    request = RunRequest("item-management", (pack / "事项变更登记.csv",), region=region, pack=pack)
    result, _ = run(request)
    return next(item.counts.failed for item in result.requirements if item.id == "IM-046")


def test_a_local_holiday_is_no_working_day(pack):
    assert failed(pack, "") == 1
    assert failed(pack, "990000") == 0


def test_a_county_has_the_holidays_of_its_city(pack):
    assert failed(pack, "990001") == 0


def test_a_region_without_holidays_has_none():
    assert read_profile([own_pack()], "990000").holidays == ()


def test_an_example_has_days_of_its_own_and_leaves_none_behind():
    packs = [own_pack()]
    bench = Bench(load(packs, "item-management"), packs)
    tables = {"事项变更登记": InlineTable("事项变更登记", CHANGES, (LATE_BY_ONE,))}
    plain = Example(dict(tables), as_of="2024-06-30")
    local = Example(dict(tables), as_of="2024-06-30", days={date(2024, 4, 11): False})
    states = [bench.judge("IM-046", example).states for example in (plain, local, plain)]
    assert [len(one) for one in states] == [1, 1, 1]
    assert states[0] == states[2] != states[1]
