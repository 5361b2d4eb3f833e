"""A region's keys: one to sign with, and two secrets that never leave the house.

`签名私钥.pem` (Ed25519) signs bundles; `签名公钥.json` goes to the committee once, by a way that proves whose
it is; `本地密钥.json` links records of the same caller across bundles, and blinds the rows that spot checks
draw.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from guiju.errors import InputError, Place
from guiju_tools.bundle.digests import sha256

FOLDER = "密钥"
PRIVATE, PUBLIC, HOME = "签名私钥.pem", "签名公钥.json", "本地密钥.json"
FORMAT = "guiju-key/1"
_BYTES = 32


@dataclass(frozen=True, slots=True)
class Signer:
    """Whose a public key is: region, unit, and the key itself (raw, 32 bytes)."""

    region: str
    unit: str
    key: bytes

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the key, hex: what is compared by telephone or on paper."""
        return sha256(self.key)

    def signed(self, content: bytes, signature: bytes) -> bool:
        """Whether the signature over the content is of this key."""
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(signature, content)
        except (InvalidSignature, ValueError):
            return False
        return True

    def document(self) -> dict[str, str]:
        """The signer as JSON values."""
        key = base64.b64encode(self.key).decode()
        told = {"format": FORMAT, "region": self.region, "unit": self.unit, "key": key}
        return {**told, "fingerprint": self.fingerprint}


@dataclass(frozen=True, slots=True)
class HomeKeys:
    """What stays at home: the private key, whose it is, and the secrets for links and for rows."""

    signer: Signer
    private: Ed25519PrivateKey
    links: bytes
    rows: bytes

    def sign(self, content: bytes) -> bytes:
        """The signature over a content (64 bytes)."""
        return self.private.sign(content)


def make_keys(folder: Path, region: str, unit: str, password: str = "") -> HomeKeys:
    """Make new keys in a folder that has none yet, readable by their owner only.

    Raises:
        InputError: GJ-I500 there are keys already, or they cannot be written.
    """
    private = Ed25519PrivateKey.generate()
    raw = private.public_key().public_bytes_raw()
    keys = HomeKeys(
        Signer(region, unit, raw), private, secrets.token_bytes(_BYTES), secrets.token_bytes(_BYTES)
    )
    home = {"format": FORMAT, "links": keys.links.hex(), "rows": keys.rows.hex()}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / PRIVATE, _pem(private, password))
        _write(folder / HOME, _json(home))
        _write(folder / PUBLIC, _json(keys.signer.document()), mode=0o644)
    except OSError as error:
        exists = isinstance(error, FileExistsError)
        raise InputError(
            "GJ-I500",
            "密钥没有生成",
            place=Place(str(error.filename or folder)),
            cause="这里已经有密钥" if exists else error.strerror or str(error),
            hint="已有的密钥请继续使用；确要更换的，先把原来的移走保存，并向标准机构重新登记公钥",
        ) from error
    return keys


def _pem(private: Ed25519PrivateKey, password: str) -> bytes:
    locked = serialization.BestAvailableEncryption(password.encode()) if password else None
    return private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        locked or serialization.NoEncryption(),
    )


def _json(data: dict[str, str]) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _write(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Write a file that is not there yet; nobody else reads it at any moment."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(content)


def read_keys(folder: Path, password: str = "") -> HomeKeys:
    """The keys of a folder.

    Raises:
        InputError: GJ-I501 they are missing, damaged, or locked by another password; GJ-I502 the public key.
    """
    try:
        home = json.loads((folder / HOME).read_bytes())
        private = _private((folder / PRIVATE).read_bytes(), password)
        links, rows = (bytes.fromhex(home[name]) for name in ("links", "rows"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            "GJ-I501",
            "密钥不能使用",
            place=Place(str(folder)),
            cause="没有密钥文件" if isinstance(error, OSError) else str(error),
            hint=f"请用 guiju key 生成；或用 --key 指明含有 {PRIVATE} 和 {HOME} 的文件夹；"
            "有口令的，用环境变量 GUIJU_KEY_PASSWORD 给出",
        ) from error
    signer = read_signer(folder / PUBLIC)
    return HomeKeys(
        Signer(signer.region, signer.unit, private.public_key().public_bytes_raw()), private, links, rows
    )


def _private(pem: bytes, password: str) -> Ed25519PrivateKey:
    private = serialization.load_pem_private_key(pem, password.encode() if password else None)
    if not isinstance(private, Ed25519PrivateKey):
        raise TypeError("不是 Ed25519 密钥")
    return private


def read_signer(path: Path) -> Signer:
    """A public key file.

    Raises:
        InputError: GJ-I502 it is not one, or its fingerprint is another.
    """
    try:
        return signer_of(json.loads(path.read_bytes()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            "GJ-I502",
            "公钥文件不能使用",
            place=Place(str(path)),
            cause="读不出这个文件" if isinstance(error, OSError) else str(error),
            hint=f"请使用 guiju key 生成的 {PUBLIC}，不要手工修改",
        ) from error


def signer_of(data: Any) -> Signer:
    """A signer out of JSON values.

    Raises:
        ValueError: they are none.
    """
    key = base64.b64decode(str(data["key"]), validate=True)
    signer = Signer(str(data["region"]), str(data["unit"]), key)
    if data["format"] != FORMAT or len(key) != _BYTES or data["fingerprint"] != signer.fingerprint:
        raise ValueError("内容与指纹不一致")
    return signer


def read_signers(folder: Path) -> tuple[Signer, ...]:
    """The registered public keys: every `.json` below a folder, or a single file.

    Raises:
        InputError: GJ-I502 one of them is no public key, or there is no such place.
    """
    paths = sorted(folder.rglob("*.json")) if folder.is_dir() else [folder]
    return tuple(read_signer(path) for path in paths)
