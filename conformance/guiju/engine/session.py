"""One DuckDB connection, closed to everything but the files it was given, before it judges anything."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from guiju.export import literal


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may use: threads, and memory as DuckDB writes it ("2GB"); empty means DuckDB's default."""

    threads: int | None = None
    memory: str = ""


@contextmanager
def session(
    files: Sequence[Path], limits: Limits, *, small: bool = False
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A locked connection that reads only `files` and spills only into a temporary folder.

    Over `small` data a query runs as it is written: there optimising it takes longer than running it.
    """
    with tempfile.TemporaryDirectory(prefix="guiju-") as folder:
        connection = duckdb.connect(":memory:", config=_config(limits))
        try:
            if small:
                connection.execute("PRAGMA disable_optimizer")
            _lock(connection, files, Path(folder))
            yield connection
        finally:
            connection.close()


def _config(limits: Limits) -> dict[str, str | bool | int | float | list[str]]:
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "preserve_insertion_order": True,
    }
    if limits.threads is not None:
        config["threads"] = limits.threads
    if limits.memory:
        config["memory_limit"] = limits.memory
    return config


def _lock(connection: duckdb.DuckDBPyConnection, files: Sequence[Path], folder: Path) -> None:
    allowed = ", ".join(literal(str(path.resolve())) for path in files)
    connection.execute(f"SET temp_directory = {literal(str(folder))}")
    connection.execute(f"SET allowed_directories = [{literal(str(folder))}]")
    connection.execute(f"SET allowed_paths = [{allowed}]")
    connection.execute("SET TimeZone = 'Asia/Shanghai'")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
