"""What is asked for: standards, rows, faults, place; refused early where it cannot be met."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from guiju.engine.session import Limits
from guiju.errors import InputError, Place
from guiju_tools.sample.chance import MOST_ROWS

Format = Literal["csv", "xlsx", "parquet", "jsonl"]
FORMATS: tuple[Format, ...] = get_args(Format)
_SHARE = re.compile(r"0|1|0?\.[0-9]{1,6}|1\.0{1,6}")
_CHILDREN = 64
"""More rows than any dataset has for one of the main dataset; the mixing of chance needs the bound."""


@dataclass(frozen=True, slots=True)
class SampleRequest:
    """One request for sample data; `faults` is the share of rows with a fault, as a decimal text."""

    standards: tuple[str, ...]
    rows: int
    out: Path
    format: Format = "csv"
    faults: str = "0"
    seed: int = 1
    pack: Path | None = None
    limits: Limits = field(default_factory=Limits)

    @property
    def first_row(self) -> int:
        """The number by which readers call the first row of data: a table's heading takes the first line."""
        return 2 if self.format in ("csv", "xlsx") else 1


def checked(request: SampleRequest) -> SampleRequest:
    """The same request, once it can be met.

    Raises:
        InputError: GJ-I330 rows out of range, GJ-I331 a share that is none, GJ-I332 an unknown format.
    """
    if not 1 <= request.rows <= MOST_ROWS // _CHILDREN:
        raise InputError(
            "GJ-I330",
            f"行数“{request.rows}”超出范围",
            hint=f"--rows 应为1至{MOST_ROWS // _CHILDREN}的整数",
        )
    if not _SHARE.fullmatch(request.faults):
        raise InputError(
            "GJ-I331",
            f"问题比例“{request.faults}”不对",
            hint="--faults 应为0至1之间的小数，至多六位，如 0.01；0 表示不放入问题",
        )
    if request.format not in FORMATS:
        raise InputError(
            "GJ-I332", f"不能生成格式“{request.format}”", hint=f"--format 可选：{'、'.join(FORMATS)}"
        )
    return request


def folder(path: Path) -> Path:
    """The folder to write into, made where it is not there.

    Raises:
        InputError: GJ-I333 when it cannot be made or written into.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        probe = path / ".guiju-sample"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise cannot_write(path, error) from error
    return path


def cannot_write(path: Path, error: Exception) -> InputError:
    """The refusal of a place that cannot be written to."""
    return InputError(
        "GJ-I333",
        "示例数据写不到这里",
        place=Place(str(path)),
        cause=str(error),
        hint="请换一个有写权限、空间足够的文件夹（--out），并关闭正打开着同名文件的程序",
    )
