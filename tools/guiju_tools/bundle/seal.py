"""The signature page (签章页) of a bundle: what is handed in, its figures and its digest, on one sheet of A4.

The HTML page is always written and printed from a browser; the PDF (PDF/A-2b) needs typst, the extra
``print``, and a Chinese font of the system.
"""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import segno

from guiju.errors import InputError
from guiju.result.model import FOOT
from guiju_tools.bundle.digests import grouped
from guiju_tools.bundle.opened import Bundle
from guiju_tools.report.html import render_page

TITLE = "核验结果报送签章页"
NOTICE = "试点用，供标准验证；不作考核、排名、问责依据"
FONTS = (
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "SimSun",
    "Songti SC",
    "Noto Sans CJK SC",
    "Microsoft YaHei",
)
_GROUPS = 8
_DATED = 946_684_800
"""PDF/A asks for a date; a fixed one (2000-01-01), so that the same page gives the same bytes."""


@dataclass(frozen=True, slots=True)
class Seal:
    """What the page says: labelled lines, the digest in lines of groups, the QR code as SVG."""

    title: str
    lines: tuple[tuple[str, str], ...]
    digest: tuple[str, ...]
    code: str


def seal_of(bundle: Bundle) -> Seal:
    """What the signature page of a bundle says."""
    told, result = bundle.manifest, bundle.result
    standards = "；".join(_standard(item) for item in told["standards"])
    lines = (
        ("报送单位", told["unit"]),
        ("区划代码", told["region"]),
        ("所用标准", standards),
        ("时期", told["period"] or "未写明"),
        ("数据所反映的日期", told["as_of"] or "未写明"),
        ("核验结果", result["summary"]["sentence"]),
        ("数据", "；".join(f"{item['title']} {item['rows']} 行" for item in told["inputs"])),
        ("结果包文件", bundle.file),
    )
    groups = grouped(bundle.digest).split(" ")
    digest = tuple(" ".join(groups[start : start + _GROUPS]) for start in range(0, len(groups), _GROUPS))
    return Seal(TITLE, lines, digest, _code(bundle))


def _standard(item: Mapping[str, Any]) -> str:
    state = "" if item["published"] else "（试点用草案，非国家标准）"
    return f"{item['title']} {item['version']}{state}"


def _code(bundle: Bundle) -> str:
    """The QR code: the digest first, then what it is about."""
    told = bundle.manifest
    standards = ",".join(f"{item['id']}@{item['version']}" for item in told["standards"])
    made = io.BytesIO()
    text = f"guiju-bundle sha256:{bundle.digest} {told['region']} {standards} {told['period']}".strip()
    segno.make(text, error="m").save(
        made, kind="svg", scale=4, border=2, xmldecl=False, nl=False, svgclass=None
    )
    return made.getvalue().decode()


def page(seal: Seal) -> str:
    """The signature page as HTML, to be printed from a browser."""
    return render_page("seal.html.j2", seal=seal, notice=NOTICE, foot=FOOT)


def can_print() -> bool:
    """Whether PDFs can be made here."""
    return find_spec("typst") is not None


def pdf(seal: Seal, fonts: Sequence[str] = FONTS) -> bytes:
    """The signature page as PDF, with its fonts inside; the same bytes for the same page and fonts.

    Raises:
        InputError: GJ-I511 no Chinese font is installed.
    """
    typst = import_module("typst")  # an extra
    told = {"title": seal.title, "notice": NOTICE, "foot": FOOT, "lines": seal.lines, "digest": seal.digest}
    with tempfile.TemporaryDirectory(prefix="guiju-") as folder:
        root = Path(folder)
        template = files(__package__).joinpath("templates", "seal.typ").read_text(encoding="utf-8")
        (root / "seal.typ").write_text(template, encoding="utf-8")
        (root / "qr.svg").write_text(seal.code, encoding="utf-8")
        for font in fonts:
            said = {**told, "font": font, "mono": font}
            (root / "seal.json").write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
            made, warnings = typst.compile_with_warnings(
                str(root / "seal.typ"), format="pdf", timestamp=_DATED, pdf_standards="a-2b"
            )
            if not warnings:
                return bytes(made)
    raise InputError(
        "GJ-I511",
        "这台机器上没有可用的中文字体，签章页不能写成 PDF",
        cause=f"找过：{'、'.join(fonts)}",
        hint="请用浏览器打开同一文件夹里的签章页网页打印；或者安装其中一种字体",
    )
