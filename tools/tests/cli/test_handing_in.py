"""`guiju key`, `bundle`, `verify`, `spot-check`: a region's result on its way to the committee."""

from __future__ import annotations

import shutil
import stat

import pytest

from guiju.run.request import RunRequest
from guiju_tools.bundle.keys import make_keys
from guiju_tools.bundle.seal import can_print
from guiju_tools.cli.examine import examine

NAME = "结果包_990000_item-management_0.1.0_2024-03-31"


@pytest.fixture(scope="module")
def judged(demo_files, tmp_path_factory):
    folder = tmp_path_factory.mktemp("核验") / "核验"
    request = RunRequest("item-management", tuple(demo_files), region="990000", as_of="2024-03-31")
    examine(request, folder, quiet=True)
    return folder


@pytest.fixture
def region(judged, tmp_path):
    """A folder with a run and keys."""
    shutil.copytree(judged, tmp_path / "核验")
    make_keys(tmp_path / "密钥", "990000", "示例市行政审批局")
    return tmp_path


def test_a_result_is_handed_in_and_checked(guiju, region):
    made = guiju("bundle", "核验")
    assert made.returncode == 0, made.stderr
    assert (region / "报送包" / f"{NAME}.zip").is_file()
    page = (region / "报送包" / f"{NAME}_签章页.html").read_text(encoding="utf-8")
    assert "示例市行政审批局" in page
    assert "<svg" in page
    found = guiju("verify", "报送包", "--signers", "密钥/签名公钥.json")
    assert (found.returncode, "通过" in found.stdout) == (0, True), found.stdout
    unknown = guiju("verify", "报送包")
    assert unknown.returncode == 1
    assert "签名人未登记" in unknown.stdout
    seed = ("--seed", "公布的种子", "--each", "2")
    path = f"报送包/{NAME}.zip"
    drawn = guiju("spot-check", "draw", path, *seed)
    assert (drawn.returncode, "申请材料" in drawn.stdout) == (0, True)
    assert guiju("spot-check", "answer", path, *seed, "--run", "核验").returncode == 0
    checked = guiju("spot-check", "check", path, "抽查答复.json", *seed)
    assert (checked.returncode, "已证明 6 条" in checked.stdout) == (0, True), checked.stdout


@pytest.mark.skipif(not can_print(), reason="typst is not installed (extra print)")
@pytest.mark.skipif(
    not shutil.which("fc-list"), reason="no list of fonts to see whether there is a Chinese one"
)
def test_the_signature_page_is_a_pdf_too(guiju, region):
    made = guiju("bundle", "核验", "--paper")
    path = region / "报送包" / f"{NAME}_签章页.pdf"
    if "GJ-I511" in made.stderr:
        pytest.skip("no Chinese font on this machine")
    first = path.read_bytes()
    assert first.startswith(b"%PDF-")
    assert guiju("bundle", "核验", "--paper").returncode == 0
    assert path.read_bytes() == first
    unsigned = guiju("verify", "报送包")
    assert (unsigned.returncode, "没有签名" in unsigned.stdout) == (1, True)


def test_keys_are_for_their_owner_and_never_overwritten(guiju, tmp_path):
    made = guiju("key", "new", "--region", "990000", "--unit", "示例市行政审批局")
    assert (made.returncode, "没有口令" in made.stdout) == (0, True)
    for name in ("签名私钥.pem", "本地密钥.json"):
        assert stat.S_IMODE((tmp_path / "密钥" / name).stat().st_mode) == 0o600
    again = guiju("key", "new", "--region", "990000", "--unit", "示例市行政审批局")
    assert (again.returncode, "GJ-I500" in again.stderr) == (2, True)
    shown = guiju("key", "show")
    assert "990000 示例市行政审批局" in shown.stdout


def test_a_locked_key_asks_for_its_password(guiju, region):
    locked = {"GUIJU_KEY_PASSWORD": "口令-1"}
    made = guiju("key", "new", "--region", "990000", "--unit", "示例市行政审批局", "--out", "锁", env=locked)
    assert made.returncode == 0
    refused = guiju("bundle", "核验", "--key", "锁")
    assert (refused.returncode, "GJ-I501" in refused.stderr) == (2, True)
    assert guiju("bundle", "核验", "--key", "锁", env=locked).returncode == 0


def test_what_cannot_be_handed_in_is_told(guiju, region):
    cases = (
        (("bundle", "没有"), "GJ-I504"),
        (("bundle", "核验", "--key", "没有"), "GJ-I501"),
        (("verify", "没有.zip"), "GJ-I503"),
        (("verify", "密钥"), "GJ-I515"),
        (("verify", "没有.zip", "--signers", "没有"), "GJ-I502"),
        (("bundle",), "GJ-I315"),
    )
    for command, code in cases:
        found = guiju(*command)
        assert (found.returncode, code in found.stderr) == (2, True), (command, found.stderr)
    page = region / "核验" / "报送" / "result.json"
    page.write_text(page.read_text(encoding="utf-8") + " ", encoding="utf-8")
    assert "不是同一次核验" in guiju("bundle", "核验").stderr
