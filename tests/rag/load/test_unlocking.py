"""Locked Office files are opened with their password, and with no other."""

from __future__ import annotations

import base64
import hashlib
import os
import struct
from pathlib import Path

import docx
import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from rag.errors import CorruptFile, EncryptedFile, ProtectedFile
from rag.load import sheets, slides, word
from rag.load.how import HowToRead
from rag.records import Page
from tests.rag.load.ole_files import write_ole

PASSWORD = "gehéim"
SALT, DATA_SALT = bytes(range(16)), bytes(range(16, 32))
SPINS = 10


def aes(key: bytes, mode: modes.CBC | modes.ECB, content: bytes) -> bytes:
    encryptor = Cipher(algorithms.AES(key), mode).encryptor()
    padded = content.ljust(-(-len(content) // 16) * 16, b"\0")
    return encryptor.update(padded) + encryptor.finalize()


def locked_as_today(content: bytes, password: str, spins: int = SPINS) -> dict[str, bytes]:
    """As Office 2010 and later lock a package (agile encryption, AES-256, SHA-512)."""
    spun = hashlib.sha512(SALT + password.encode("utf-16-le")).digest()
    for count in range(min(spins, SPINS)):
        spun = hashlib.sha512(struct.pack("<I", count) + spun).digest()

    def told(purpose: str, secret: bytes) -> str:
        key = hashlib.sha512(spun + bytes.fromhex(purpose)).digest()[:32]
        return base64.b64encode(aes(key, modes.CBC(SALT), secret)).decode()

    verifier, key = os.urandom(16), os.urandom(32)
    common = 'cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512"'
    info = f"""<encryption xmlns="e" xmlns:p="p"><keyData keyBits="256" {common}
        saltValue="{base64.b64encode(DATA_SALT).decode()}"/><keyEncryptors><keyEncryptor>
        <p:encryptedKey spinCount="{spins}" keyBits="256" {common}
        saltValue="{base64.b64encode(SALT).decode()}"
        encryptedVerifierHashInput="{told("fea7d2763b4b9e79", verifier)}"
        encryptedVerifierHashValue="{told("d7aa0f6d3061344e", hashlib.sha512(verifier).digest())}"
        encryptedKeyValue="{told("146e0be7abacd0d6", key)}"/></keyEncryptor></keyEncryptors>
        </encryption>"""
    package = struct.pack("<Q", len(content))
    for number, at in enumerate(range(0, len(content), 4096)):
        start = hashlib.sha512(DATA_SALT + struct.pack("<I", number)).digest()[:16]
        package += aes(key, modes.CBC(start), content[at : at + 4096])
    head = struct.pack("<HHI", 4, 4, 0x40)
    return {"EncryptionInfo": head + info.encode(), "EncryptedPackage": package}


def locked_as_in_2007(content: bytes, password: str) -> dict[str, bytes]:
    """As Office 2007 locks a package (standard encryption, AES-128, SHA-1)."""
    spun = hashlib.sha1(SALT + password.encode("utf-16-le")).digest()
    for count in range(50_000):
        spun = hashlib.sha1(struct.pack("<I", count) + spun).digest()
    final = hashlib.sha1(spun + bytes(4)).digest() + bytes(44)
    key = hashlib.sha1(bytes(byte ^ 0x36 for byte in final)).digest()[:16]
    verifier = os.urandom(16)
    header = struct.pack("<8I", 0x24, 0, 0x660E, 0x8004, 128, 0x18, 0, 0) + b"A\0\0\0"
    info = struct.pack("<HHII", 4, 2, 0x24, len(header)) + header
    info += struct.pack("<I16s16sI", 16, SALT, aes(key, modes.ECB(), verifier), 20)
    info += aes(key, modes.ECB(), hashlib.sha1(verifier).digest())
    package = struct.pack("<Q", len(content)) + aes(key, modes.ECB(), content)
    return {"EncryptionInfo": info, "EncryptedPackage": package}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    document = docx.Document()
    document.add_paragraph("Quiet hours are from ten to six.")
    path = tmp_path_factory.mktemp("plain") / "a.docx"
    document.save(str(path))
    return path.read_bytes()


def read(path: Path, *passwords: str, scratch: Path | None = None) -> Page:
    _, page = word.read(path, HowToRead(passwords=passwords, scratch=scratch))
    assert isinstance(page, Page)
    return page


@pytest.mark.parametrize("lock", [locked_as_today, locked_as_in_2007])
def test_a_locked_document_is_read_with_its_password(tmp_path: Path, plain: bytes, lock) -> None:
    path = write_ole(tmp_path / "a.docx", lock(plain, PASSWORD))

    assert read(path, "wrong", PASSWORD).text == "Quiet hours are from ten to six."


@pytest.mark.parametrize("lock", [locked_as_today, locked_as_in_2007])
@pytest.mark.parametrize("passwords", [(), ("wrong", "Gehéim")])
def test_without_the_password_it_is_told_as_locked(
    tmp_path: Path, plain: bytes, lock, passwords: tuple[str, ...]
) -> None:
    path = write_ole(tmp_path / "a.docx", lock(plain, PASSWORD))

    with pytest.raises(EncryptedFile):
        read(path, *passwords)


def test_what_excel_locks_without_a_password_is_read_without_one(
    tmp_path: Path, plain: bytes
) -> None:
    path = write_ole(tmp_path / "a.docx", locked_as_today(plain, "VelvetSweatshop"))

    assert read(path).text == "Quiet hours are from ten to six."


def test_nothing_of_a_locked_file_is_left_in_the_clear(tmp_path: Path, plain: bytes) -> None:
    path = write_ole(tmp_path / "a.docx", locked_as_today(plain, PASSWORD))
    scratch = tmp_path / "scratch"
    scratch.mkdir()

    read(path, PASSWORD, scratch=scratch)

    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize("reader", [word, slides, sheets])
def test_every_reader_of_office_files_tells_locked_ones(
    tmp_path: Path, plain: bytes, reader
) -> None:
    path = write_ole(tmp_path / "a.xlsx", locked_as_today(plain, PASSWORD))

    with pytest.raises(EncryptedFile):
        list(reader.read(path))


def test_a_lock_that_would_cost_hours_to_try_is_not_tried(tmp_path: Path, plain: bytes) -> None:
    path = write_ole(tmp_path / "a.docx", locked_as_today(plain, PASSWORD, spins=4_000_000_000))

    with pytest.raises(ProtectedFile):
        read(path, PASSWORD)


@pytest.mark.parametrize("info", [b"", b"\4\0\4\0", b"\4\0\2\0" + bytes(30), b"\1\0\1\0"])
def test_a_lock_that_is_damaged_or_unknown_is_told(tmp_path: Path, info: bytes) -> None:
    streams = {"EncryptionInfo": info, "EncryptedPackage": bytes(64)}

    with pytest.raises(ProtectedFile):
        read(write_ole(tmp_path / "a.docx", streams), PASSWORD)


def test_an_old_container_with_something_else_is_told_as_that(tmp_path: Path) -> None:
    with pytest.raises(CorruptFile, match="not a Word document"):
        read(write_ole(tmp_path / "a.docx", {"WordDocument": b"?"}))
