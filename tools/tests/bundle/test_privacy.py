"""No person's number leaves the house, and no link can be undone by trying all numbers."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets

import pytest

from guiju.errors import InputError
from guiju.run.request import RunRequest
from guiju_tools.bundle.archive import unpacked
from guiju_tools.bundle.keys import make_keys
from guiju_tools.bundle.packing import make_bundle, read_run
from guiju_tools.bundle.privacy import personal_numbers
from guiju_tools.bundle.samples import link, shape
from guiju_tools.cli.examine import examine

PHONE = "000{:08d}"
PERSON = "990000{}0101{:03d}X"
RUN_OF_DIGITS = re.compile(r"(?<![0-9A-Za-z])[0-9]{9,17}[0-9Xx](?![0-9A-Za-z])")


@pytest.fixture(scope="module")
def telling(tmp_path_factory):
    """A delivery of tickets whose every text is full of (impossible) numbers of persons; most rows fail."""
    folder = tmp_path_factory.mktemp("工单")
    rows = ["工单编号,诉求时间,受理时间,办结时间,诉求内容,联系电话,诉求人证件号码,承办单位,工单状态"]
    for number in range(400):
        phone, person = PHONE.format(number), PERSON.format(1950 + number % 50, number)
        content = f"请回电{phone}，身份证{person}"
        rows.append(
            f"{phone},2024-03-02 09:00,2024-03-01 09:00,{person},{content},{phone},{person},{phone},{person}"
        )
    (folder / "工单.csv").write_text("\n".join(rows), encoding="utf-8")
    request = RunRequest("hotline-operation", (folder / "工单.csv",), region="990000", as_of="2024-03-31")
    result = examine(request, folder / "结果", quiet=True)
    assert any(item.counts.failed for item in result.requirements) or any(
        item.outcome == "cantTell" for item in result.requirements
    )
    keys = make_keys(folder / "密钥", "990000", "示例市热线")
    path = folder / "包.zip"
    path.write_bytes(make_bundle(read_run(folder / "结果"), keys))
    return path, keys


def test_a_scan_of_the_bundle_finds_no_persons_number(telling):
    members, _ = unpacked(telling[0])
    for name, content in members.items():
        text = content.decode("utf-8")
        assert not list(personal_numbers(text)), name
        assert not RUN_OF_DIGITS.findall(text), name


def test_links_cannot_be_undone_by_trying_all_numbers():
    secret, other = secrets.token_bytes(32), secrets.token_bytes(32)
    number = PHONE.format(4711)
    told = link(secret, "ticket", number)
    assert told == link(secret, "ticket", number)
    assert told != link(secret, "call", number)
    for tried in range(20_000):
        text = f"ticket\n{PHONE.format(tried)}".encode()
        guesses = (
            hashlib.sha256(text).hexdigest(),
            hmac.digest(b"", text, "sha256").hex(),
            hmac.digest(other, text, "sha256").hex(),
            hmac.digest(b"ticket", PHONE.format(tried).encode(), "sha256").hex(),
        )
        assert not any(guess.startswith(told) for guess in guesses)
    assert hmac.digest(secret, f"ticket\n{number}".encode(), "sha256").hex().startswith(told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("张三 000-1234", "字字 999-9999"),
        ("Ab１２", "AA99"),
        ("", ""),
        ("2024年3月", "9999字9字"),
        ("a\tb，c", "A·A·A"),
    ],
)
def test_shapes_keep_the_form_and_nothing_else(text, told):
    assert shape(text) == told


def test_long_texts_are_cut():
    assert shape("1" * 1000) == "9" * 60 + "…"


def test_a_file_named_after_a_phone_number_is_refused(tmp_path):
    (tmp_path / "工单00012345678.csv").write_text("工单编号,受理时间\n1,2024-03-01\n", encoding="utf-8")
    request = RunRequest("hotline-operation", (tmp_path / "工单00012345678.csv",))
    examine(request, tmp_path / "结果", quiet=True)
    keys = make_keys(tmp_path / "密钥", "990000", "示例市热线")
    with pytest.raises(InputError, match="没有打包") as caught:
        make_bundle(read_run(tmp_path / "结果"), keys)
    assert caught.value.code == "GJ-I505"
    assert "00012345678" not in str(caught.value)


def test_samples_show_shapes_and_links(handed):
    members, _ = unpacked(handed.path)
    found = json.loads(members["samples.json"])["samples"]
    for sample in found:
        for finding in sample["findings"]:
            assert re.fullmatch("[0-9a-f]{32}|", finding["link"])
            assert not any(re.search("[0-8]", cell["shape"]) for cell in finding["cells"])
