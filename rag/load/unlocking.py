"""Opens Office files that are locked with a password, as ECMA-376 and MS-OFFCRYPTO lock them."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import struct
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from rag.errors import CorruptFile, EncryptedFile, FileTooBig, ProtectedFile
from rag.load import ole
from rag.load.how import HowToRead
from rag.load.xml_tree import DamagedPart, Element, all_in, parse_xml, value_of, whole

MAX_BYTES = 300_000_000
MAX_SPINS = 1_000_000  # Office itself has 100,000; each costs every guess a hash

_INFO, _PACKAGE = "EncryptionInfo", "EncryptedPackage"
_MAX_INFO_BYTES = 100_000
_SEGMENT = 4096
_NO_PASSWORD = "VelvetSweatshop"  # noqa: S105 - what Excel itself locks with where nobody chose one
_HASHES = frozenset({"sha1", "sha256", "sha384", "sha512"})
_VERIFIER = bytes.fromhex("fea7d2763b4b9e79")
_VERIFIED = bytes.fromhex("d7aa0f6d3061344e")
_SECRET = bytes.fromhex("146e0be7abacd0d6")
_STANDARD_SPINS = 50_000


class _Unknown(Exception):
    """The lock is of a kind, or so damaged, that no password opens it here."""


@dataclass(frozen=True, slots=True)
class _Agile:
    """How a file of Office 2010 and later is locked."""

    hash_name: str
    salt: bytes
    spins: int
    key_bytes: int
    verifier: bytes
    verified: bytes
    secret: bytes
    data_hash: str
    data_salt: bytes

    def opened(self, password: str, package: bytes) -> bytes | None:
        """What is in the package; None where it is another password."""
        spun = _spun(self.hash_name, self.salt, password, self.spins)
        verifier = self._decrypted(spun, _VERIFIER, self.verifier)
        verified = self._decrypted(spun, _VERIFIED, self.verified)
        expected = hashlib.new(self.hash_name, verifier[: len(self.salt)]).digest()
        if not hmac.compare_digest(expected, verified[: len(expected)]):
            return None
        key = self._decrypted(spun, _SECRET, self.secret)[: self.key_bytes]
        size = struct.unpack_from("<Q", package)[0]
        content = bytearray()
        for number, at in enumerate(range(8, len(package), _SEGMENT)):
            segment = package[at : at + _SEGMENT]
            start = hashlib.new(self.data_hash, self.data_salt + struct.pack("<I", number)).digest()
            content += _aes(key, modes.CBC(_fitted(start, 16)), segment)
        return bytes(content[:size])

    def _decrypted(self, spun: bytes, purpose: bytes, content: bytes) -> bytes:
        key = _fitted(hashlib.new(self.hash_name, spun + purpose).digest(), self.key_bytes)
        return _aes(key, modes.CBC(_fitted(self.salt, 16)), content)


@dataclass(frozen=True, slots=True)
class _Standard:
    """How a file of Office 2007 is locked."""

    salt: bytes
    key_bytes: int
    verifier: bytes
    verified: bytes

    def opened(self, password: str, package: bytes) -> bytes | None:
        """What is in the package; None where it is another password."""
        spun = _spun("sha1", self.salt, password, _STANDARD_SPINS)
        final = hashlib.sha1(spun + bytes(4)).digest()  # noqa: S324 - the format's own
        padded = final.ljust(64, b"\0")
        halves = [
            hashlib.sha1(bytes(byte ^ pad for byte in padded))  # noqa: S324
            for pad in (0x36, 0x5C)
        ]
        key = b"".join(half.digest() for half in halves)[: self.key_bytes]
        verifier = _aes(key, modes.ECB(), self.verifier)  # noqa: S305 - the format's own
        verified = _aes(key, modes.ECB(), self.verified)  # noqa: S305
        expected = hashlib.sha1(verifier).digest()  # noqa: S324
        if not hmac.compare_digest(expected, verified[: len(expected)]):
            return None
        size = struct.unpack_from("<Q", package)[0]
        return _aes(key, modes.ECB(), package[8:])[:size]  # noqa: S305


def no_key_for(path: Path) -> ProtectedFile:
    """Why a file that wants a password is not read, where no password would help."""
    return ProtectedFile(
        path,
        "it wants a password, and Footnote cannot unlock files of its format",
        "Open it in its program, save a copy without the password and add that.",
    )


@contextmanager
def unlocked(path: Path, what: str, how: HowToRead) -> Generator[Path]:
    """The file itself or, where it is locked, its content, gone when the context is left.

    Raises `EncryptedFile` where none of the passwords opens it, `ProtectedFile` where none could,
    and `CorruptFile` for what is in Office's old container without being `what`: "a Word document".
    """
    with path.open("rb") as file:
        old = file.read(len(ole.SIGNATURE)) == ole.SIGNATURE
    if not old:
        yield path
        return
    if not ole.holds(path, _PACKAGE):
        raise CorruptFile(path, f"it is not {what}")
    if path.stat().st_size > MAX_BYTES:
        raise FileTooBig(path, f"it is locked and has over {MAX_BYTES // 1_000_000} MB")
    content = _content(path, (*how.passwords, _NO_PASSWORD))
    with tempfile.TemporaryDirectory(dir=how.scratch, ignore_cleanup_errors=True) as folder:
        plain = Path(folder, path.name)
        plain.write_bytes(content)
        yield plain


def _content(path: Path, passwords: tuple[str, ...]) -> bytes:
    info = ole.start_of(path, _INFO, _MAX_INFO_BYTES)
    package = ole.start_of(path, _PACKAGE, MAX_BYTES)
    if len(package) < 8:
        raise CorruptFile(path, "its locked content is missing")
    package = package[: 8 + (len(package) - 8) // 16 * 16]  # containers may pad it
    try:
        lock = _lock(info)
        for password in passwords:
            content = lock.opened(password, package)
            if content is not None:
                return content
    except (_Unknown, ValueError, struct.error) as error:
        raise no_key_for(path) from error
    raise EncryptedFile(path)


def _lock(info: bytes) -> _Agile | _Standard:
    major, minor = struct.unpack_from("<HH", info)
    if (major, minor) == (4, 4):
        return _agile(info[8:].rstrip(b"\0"))
    if minor == 2 and major in {2, 3, 4}:
        return _standard(info)
    raise _Unknown


def _agile(content: bytes) -> _Agile:
    try:
        root = parse_xml(content, _INFO)
    except DamagedPart as error:
        raise _Unknown from error
    data = next(all_in(root, "keyData"), None)
    password = next(all_in(root, "encryptedKey"), None)
    if data is None or password is None or value_of(password, "cipherAlgorithm") != "AES":
        raise _Unknown
    spins = whole(value_of(password, "spinCount"), -1)
    if not 0 <= spins <= MAX_SPINS or value_of(data, "cipherChaining") != "ChainingModeCBC":
        raise _Unknown
    return _Agile(
        hash_name=_hash_of(password),
        salt=_bytes_of(password, "saltValue"),
        spins=spins,
        key_bytes=_key_bytes(whole(value_of(password, "keyBits"))),
        verifier=_bytes_of(password, "encryptedVerifierHashInput"),
        verified=_bytes_of(password, "encryptedVerifierHashValue"),
        secret=_bytes_of(password, "encryptedKeyValue"),
        data_hash=_hash_of(data),
        data_salt=_bytes_of(data, "saltValue"),
    )


def _standard(info: bytes) -> _Standard:
    header_bytes = struct.unpack_from("<I", info, 8)[0]
    key_bits = struct.unpack_from("<I", info, 12 + 16)[0]
    at = 12 + header_bytes
    salt_bytes = struct.unpack_from("<I", info, at)[0]
    if salt_bytes != 16:
        raise _Unknown
    salt, verifier, _, verified = struct.unpack_from("<16s16sI32s", info, at + 4)
    return _Standard(salt, _key_bytes(key_bits), verifier, verified)


def _hash_of(element: Element) -> str:
    name = value_of(element, "hashAlgorithm").lower().replace("-", "")
    if name not in _HASHES:
        raise _Unknown
    return name


def _bytes_of(element: Element, name: str) -> bytes:
    try:
        return base64.b64decode(value_of(element, name), validate=True)
    except binascii.Error as error:
        raise _Unknown from error


def _key_bytes(bits: int) -> int:
    if bits not in {128, 192, 256}:
        raise _Unknown
    return bits // 8


def _spun(hash_name: str, salt: bytes, password: str, spins: int) -> bytes:
    made = hashlib.new(hash_name, salt + password.encode("utf-16-le")).digest()
    for count in range(spins):
        made = hashlib.new(hash_name, struct.pack("<I", count) + made).digest()
    return made


def _fitted(content: bytes, length: int) -> bytes:
    return content[:length].ljust(length, b"\x36")


def _aes(key: bytes, mode: modes.CBC | modes.ECB, content: bytes) -> bytes:
    decryptor = Cipher(algorithms.AES(key), mode).decryptor()
    return decryptor.update(content) + decryptor.finalize()
