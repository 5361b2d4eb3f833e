"""Drivers of database servers: extras, imported when an address asks for them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from guiju.errors import InputError
from guiju.export.database.address import TITLES, Address

DRIVERS = {"postgresql": "psycopg", "mysql": "pymysql", "oracle": "oracledb"}
"""The module that each kind of address needs; the extra of the package is called like the kind."""


def driver(address: Address) -> Any:
    """The driver's module.

    Raises:
        InputError: GJ-I156 when it is not installed.
    """
    try:
        return import_module(DRIVERS[address.kind])
    except ImportError as error:
        extra = f"guiju[{address.kind}]"
        raise InputError(
            "GJ-I156",
            f"没有安装连接{TITLES[address.kind]}的程序库 {DRIVERS[address.kind]}",
            place=address.place,
            cause=str(error),
            hint=f"请安装：pip install '{extra}'；不连互联网时，先在能上网的机器上 "
            f"pip download '{extra}' -d 文件夹，拷来后 pip install --no-index --find-links 文件夹 '{extra}'",
        ) from error
