"""A file of arrays that is mapped into memory: what is not looked at is not read.

It begins with how long it is, a checksum and a description in JSON; then come the arrays, each at a multiple of 64
bytes. A file that is not whole, or not as it was written, is like none.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import mmap
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, Final, TypeAlias

import numpy as np
import numpy.typing as npt

Place: TypeAlias = tuple[str, int, int]
"""Where an array stands: its type, first byte and length."""

_MAGIC: Final = b"TVARRAYS"
_ALIGN: Final = 64
#: Magic, length of the description, length of the arrays, their checksum, checksum of all before and the description.
_HEAD: Final = 48
#: Bytes that are checked together.
_PIECE: Final = 1 << 24
_WORD: Final = (1 << 64) - 1
#: Values that are compared before two arrays are compared whole.
_SOME: Final = 256


class ArrayWriter:
    """Arrays to be written; of equal ones one is."""

    def __init__(self) -> None:
        self._arrays: list[npt.NDArray[Any]] = []
        self._places: dict[tuple[str, int], list[tuple[int, npt.NDArray[Any]]]] = {}
        self._size = 0

    def put(self, values: npt.NDArray[Any]) -> Place:
        """Take an array of one dimension and return where it will stand."""
        kind, length = values.dtype.str, len(values)
        alike = self._places.setdefault((kind, length), [])
        for at, known in alike:
            if known is values or _equal(known, values):
                return kind, at, length
        at = self._size
        alike.append((at, values))
        self._arrays.append(values)
        self._size = -(-(at + values.nbytes) // _ALIGN) * _ALIGN
        return kind, at, length

    def write(self, path: Path, draft: Path, about: dict[str, Any], mode: int) -> bool:
        """Write the file whole, in place of the one that is there; False where it cannot be written."""
        described = json.dumps(about, ensure_ascii=False, separators=(",", ":")).encode()
        described += b" " * (-(_HEAD + len(described)) % _ALIGN)
        head = _MAGIC + b"".join(
            int(number).to_bytes(8, "little") for number in (len(described), self._size, self._checksum())
        )
        try:
            if shutil.disk_usage(path.parent).free < 2 * self._size:
                return False
            with open(draft, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
                file.write(head + _digest(head + described) + described)
                for values in self._arrays:
                    file.write(np.ascontiguousarray(values).data)
                    file.write(b"\0" * (-values.nbytes % _ALIGN))
            draft.chmod(mode)
            draft.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
            return False
        return True

    def _checksum(self) -> int:
        return sum(_sum_of(np.ascontiguousarray(values).view(np.uint8)) for values in self._arrays) & _WORD


class ArrayFile:
    """A file of arrays that is there and whole; ``about`` is what was said of them.

    The arrays are private to the process: what is changed in them stays there.
    """

    def __init__(self, about: dict[str, Any], memory: mmap.mmap, start: int) -> None:
        self.about = about
        self._memory = memory
        self._start = start

    @classmethod
    def open(cls, path: Path, wanted: Callable[[dict[str, Any]], bool]) -> ArrayFile | None:
        """Return the arrays in ``path``; None where there are none, they are damaged, or others than ``wanted``."""
        try:
            with path.open("rb") as file:
                return cls._read(file, wanted)
        except (OSError, ValueError):
            return None

    @classmethod
    def _read(cls, file: BinaryIO, wanted: Callable[[dict[str, Any]], bool]) -> ArrayFile | None:
        head = file.read(_HEAD)
        if len(head) < _HEAD or not head.startswith(_MAGIC):
            return None
        described, size, checksum = (int.from_bytes(head[at : at + 8], "little") for at in (8, 16, 24))
        start = _HEAD + described
        if os.fstat(file.fileno()).st_size != start + size:
            return None
        text = file.read(described)
        if _digest(head[:32] + text) != head[32:]:
            return None
        about: dict[str, Any] = json.loads(text)
        if not wanted(about):
            return None
        total = 0
        while piece := file.read(_PIECE):
            total += _sum_of(np.frombuffer(piece, dtype=np.uint8))
        if total & _WORD != checksum:
            return None
        return cls(about, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY), start)

    def get(self, place: Place) -> npt.NDArray[Any]:
        """Return the array that stands at a place."""
        kind, at, length = place
        return np.frombuffer(self._memory, dtype=kind, count=length, offset=self._start + at)


def _equal(known: npt.NDArray[Any], values: npt.NDArray[Any]) -> bool:
    if values.dtype.kind == "f":  # missing is like missing, and 0 is not -0
        known, values = known.view(f"u{known.itemsize}"), values.view(f"u{values.itemsize}")
    return np.array_equal(known[:_SOME], values[:_SOME]) and np.array_equal(known, values)


def _digest(text: bytes) -> bytes:
    return hashlib.blake2b(text, digest_size=16).digest()


def _sum_of(content: npt.NDArray[np.uint8]) -> int:
    """Return the sum of bytes read eight at a time; zeros after them make no difference."""
    whole = len(content) // 8 * 8
    rest = int.from_bytes(content[whole:].tobytes(), "little")
    return int(content[:whole].view(np.uint64).sum(dtype=np.uint64)) + rest
