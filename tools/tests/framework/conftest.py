"""A small pack with one standard and a framework that a test may spoil."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from guiju.content import Pack

TINY = Path(__file__).parent.parent / "lint" / "tiny"
FRAMEWORK = """\
# yaml-language-server: $schema=schema/framework.schema.json
title: 示例框架
about: 供测试用。
source:
  - {document: 示例文件, at: 一, mark: seen}
groups:
  - {id: windows, title: 窗口, about: 窗口服务}
nodes:
  - id: draft
    group: windows
    title: TITLE
    rank: pack
    state: drafting
    standard: window-service
    mark: seen
  - id: old
    group: windows
    number: GB/T 99991-2010
    title: 旧标准
    rank: national
    state: withdrawn
    mark: seen
  - id: new
    group: windows
    number: GB/T 99991-2020
    title: 新标准
    rank: national
    state: in-force
    issued: "2020-01-31"
    effective: "2020-07-01"
    mark: seen
    relations: [{to: old, kind: replaces}]
  - {id: next, group: windows, title: 再下一项, rank: local, state: planned, mark: recalled}
development:
  title: 示例规划
  periods:
    - id: first
      title: 第一期
      from: "2026-01-01"
      to: "2026-12-31"
      goals: [起草]
      tasks:
        - id: one
          text: 写
          nodes: [draft]
          basis: proposal
          source: [{document: 起草组建议, at: 一, mark: seen}]
register:
  - {number: PACK-2026-01, node: draft, kind: establish, issued-on: "2026-01-31", cycle-months: 1}
  - number: PACK-2026-02
    node: next
    kind: revise
    replaces: new
    issued-on: "2026-01-01"
    cycle-months: 12
    extension: {months: 3, decided-on: "2026-06-01", reason: 试点延长}
    stages:
      - {stage: "20", date: "2026-01-10"}
      - {stage: "50", date: "2027-05-01"}
"""


@pytest.fixture
def pack(tmp_path):
    """The tiny pack of the lint tests with a framework of its own."""
    root = tmp_path / "pack"
    shutil.copytree(TINY, root)
    write(Pack(root), FRAMEWORK)
    return Pack(root)


def write(pack, text):
    own = (pack.standards / "window-service" / "standard.yaml").read_text(encoding="utf-8")
    title = own.partition("zh: ")[2].partition(",")[0]
    pack_id = (pack.standards / "pack.yaml").read_text(encoding="utf-8").partition("id: ")[2].split()[0]
    text = text.replace("TITLE", title).replace("PACK", pack_id)
    (pack.standards / "framework.yaml").write_text(text, encoding="utf-8")


@pytest.fixture
def spoil(pack):
    """Replace one text of the framework by another."""

    def change(old, new):
        assert FRAMEWORK.count(old) == 1, f"{old!r} stands there {FRAMEWORK.count(old)} times"
        write(pack, FRAMEWORK.replace(old, new))

    return change
