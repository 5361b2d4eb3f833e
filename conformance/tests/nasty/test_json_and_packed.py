"""JSON as interfaces give it, and files inside archives."""

from __future__ import annotations

import json
import zipfile

import pytest

from guiju.errors import InputError


@pytest.fixture
def deliver(tmp_path, read):
    def delivering(content, name="办件.json"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read(path)

    return delivering


@pytest.fixture
def objects(headings, base):
    return [dict(zip(headings, row, strict=True)) for row in base]


def dumped(value):
    return json.dumps(value, ensure_ascii=False)


def test_lines_and_arrays(deliver, objects, expected):
    assert deliver("\n".join(map(dumped, objects)), "办件.jsonl").values == expected
    assert deliver(dumped(objects)).values == expected
    assert deliver(json.dumps(objects, ensure_ascii=False, indent=2)).values == expected


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_encodings(deliver, objects, expected, encoding):
    assert deliver(dumped(objects).encode(encoding)).values == expected


@pytest.mark.parametrize(
    "wrap",
    [
        lambda rows: {"code": 200, "msg": "成功", "data": rows},
        lambda rows: {"code": "0", "data": {"total": 4, "list": rows}},
        lambda rows: {"RECORDS": rows},
        lambda rows: {"result": {"page": {"records": rows, "current": 1}}},
    ],
)
def test_wrapped_records(deliver, objects, expected, wrap):
    assert deliver(dumped(wrap(objects))).values == expected


def test_numbers_keep_their_digits(deliver, objects, expected):
    text = dumped(objects)
    for item in objects:
        text = text.replace(f'"{item["办件编码"]}"', item["办件编码"])
    text = text.replace('"1.10"', "1.10").replace('"20"', "20", 1).replace('"1234.5"', "1234.5")
    assert deliver(text).values == expected


def test_nulls_sets_and_logical_values(deliver, objects, expected):
    for item in objects:
        item["是否收费"] = item["是否收费"] == "是"
        item["办理渠道"] = item["办理渠道"].split("、") if item["办理渠道"] else []
        item["办结时间"] = item["办结时间"] or None
    assert deliver(dumped(objects)).values == expected


def test_keys_left_out_and_in_another_order(deliver, objects, expected):
    del objects[3]["收费金额"], objects[3]["办理渠道"]
    objects[1] = dict(reversed(objects[1].items()))
    assert deliver("\n".join(map(dumped, objects)), "办件.jsonl").values == expected


REFUSED = {
    "an error": '{"code": 500, "msg": "系统繁忙", "data": null}',
    "a page": "<html><body>登录</body></html>",
    "cut off": '[{"办件编码": "1"}, {"办件编',
    "a key twice": '[{"办件编码": "1", "办件编码": "2", "事项名称": "甲"}]',
    "single quotes": "[{'办件编码': '1'}]",
    "no objects": "[1, 2, 3]",
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_read_is_refused(deliver, what):
    with pytest.raises(InputError) as caught:
        deliver(REFUSED[what])
    assert caught.value.hint


@pytest.fixture
def packed(tmp_path, read):
    def packing(members):
        path = tmp_path / "报送.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        return read(path)

    return packing


def test_an_archive(packed, as_csv, headings, base, expected):
    assert packed({"办件.csv": as_csv([headings, *base]).encode("gb18030")}).values == expected


def test_an_archive_of_folders_and_parts(packed, as_csv, headings, base, expected):
    found = packed(
        {
            "2024/01/办件.csv": as_csv([headings, *base[:2]]),
            "2024/02/办件.csv": as_csv([headings, *base[2:]]),
            "__MACOSX/2024/01/._办件.csv": b"\0\5\x16\7",
            "2024/01/~$办件.xlsx": b"lock",
            "说明.docx": b"PK",
        }
    )
    assert found.values == expected
