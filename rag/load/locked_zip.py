"""Unlocks files in a zip: those locked in its first way, and those locked with AES.

The second is described in WinZip's "AES Encryption Information: Encryption Specification AE-1 and
AE-2"; Python's own module does not know it.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from rag.errors import EncryptedFile, FileTooBig
from rag.load.how import HowToRead

LOCKED = 0x1  # the flag of a member
BLOCK_BYTES = 1 << 20
SLOW_BLOCK_BYTES = 1 << 16
MAX_SCRAMBLED_BYTES = 50_000_000  # unlocked in the first way: Python does about 1 MB a second

_AES = 99  # as the way of packing
_AES_FIELD = struct.Struct("<HHH2sBH")  # its number, length, version, maker, strength, packing
_AES_FIELD_NUMBER = 0x9901
_LOCAL_HEADER = struct.Struct("<26xHH")  # the lengths of the name and the extra fields after it
_CHECK_BYTES, _SEAL_BYTES = 2, 10
_ROUNDS = 1_000


@dataclass(frozen=True, slots=True)
class _Lock:
    """How a member is locked with AES."""

    key_bytes: int
    packing: int  # of what comes out

    @property
    def salt_bytes(self) -> int:
        return self.key_bytes // 2


def unlocked(
    named: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo, how: HowToRead
) -> Iterator[bytes]:
    """The content of a locked member in blocks, with the first of the passwords that fits.

    Raises `EncryptedFile` when none does, `FileTooBig`, `NotImplementedError` for an unknown way of
    locking or packing, and as `zipfile` does for damage.
    """
    if member.compress_type == _AES:
        with Path(archive.filename or "").open("rb") as file:
            yield from _unlocked_aes(named, file, member, how.passwords)
        return
    if max(member.compress_size, member.file_size) > MAX_SCRAMBLED_BYTES:
        limit = f"it has over {MAX_SCRAMBLED_BYTES // 1_000_000} MB and is locked in an old way"
        raise FileTooBig(named, limit)
    for password in how.passwords:
        content = _unscrambled(archive, member, password, how.still_reading)
        if content is not None:
            yield content
            return
    raise EncryptedFile(named)


def _unscrambled(
    archive: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    password: str,
    still_reading: Callable[[], None],
) -> bytes | None:
    """All of a member, since a wrong password may pass until its end; None for one."""
    content = bytearray()
    try:
        with archive.open(member, pwd=password.encode()) as file:
            while block := file.read(SLOW_BLOCK_BYTES):
                content += block
                still_reading()
    except NotImplementedError:
        raise
    except (RuntimeError, zipfile.BadZipFile, zlib.error, EOFError):
        return None
    return bytes(content)


def _unlocked_aes(
    named: Path, file: BinaryIO, member: zipfile.ZipInfo, passwords: Iterable[str]
) -> Iterator[bytes]:
    lock = _lock_of(member)
    file.seek(member.header_offset)
    name_bytes, extra_bytes = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
    file.seek(name_bytes + extra_bytes, 1)
    salt, check = file.read(lock.salt_bytes), file.read(_CHECK_BYTES)
    size = member.compress_size - len(salt) - len(check) - _SEAL_BYTES
    for password in passwords:
        length = 2 * lock.key_bytes + _CHECK_BYTES
        keys = hashlib.pbkdf2_hmac("sha1", password.encode(), salt, _ROUNDS, length)
        if keys[-_CHECK_BYTES:] == check and size >= 0:
            plain = _decrypted(
                file, size, keys[: lock.key_bytes], keys[lock.key_bytes : -_CHECK_BYTES]
            )
            yield from plain if lock.packing == zipfile.ZIP_STORED else _inflated(plain)
            return
    raise EncryptedFile(named)


def _lock_of(member: zipfile.ZipInfo) -> _Lock:
    extra = member.extra
    while len(extra) >= _AES_FIELD.size:
        number, length, _, _, strength, packing = _AES_FIELD.unpack_from(extra)
        if number == _AES_FIELD_NUMBER:
            if strength in {1, 2, 3} and packing in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
                return _Lock(8 + 8 * strength, packing)
            break
        extra = extra[4 + length :]
    raise NotImplementedError


def _decrypted(file: BinaryIO, size: int, key: bytes, seal_key: bytes) -> Iterator[bytes]:
    """AES in counter mode, whose counter has its lowest byte first; ends in the seal's check."""
    seal = hmac.new(seal_key, digestmod="sha1")
    encryptor = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305 - of a counter
    counter = 1
    while size:
        block = file.read(min(size, BLOCK_BYTES))
        if not block:
            raise EOFError
        size -= len(block)
        seal.update(block)
        count = -(-len(block) // 16)
        numbers = b"".join(n.to_bytes(16, "little") for n in range(counter, counter + count))
        counter += count
        stream = encryptor.update(numbers)[: len(block)]
        mixed = int.from_bytes(block, "little") ^ int.from_bytes(stream, "little")
        yield mixed.to_bytes(len(block), "little")
    if not hmac.compare_digest(seal.digest()[:_SEAL_BYTES], file.read(_SEAL_BYTES)):
        raise zipfile.BadZipFile


def _inflated(packed: Iterable[bytes]) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    for block in packed:
        yield inflater.decompress(block, BLOCK_BYTES)
        while inflater.unconsumed_tail:
            yield inflater.decompress(inflater.unconsumed_tail, BLOCK_BYTES)
    if not inflater.eof:
        raise EOFError
