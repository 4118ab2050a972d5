"""Bytes and garbled texts to Unicode: old Vietnamese encodings are known by what Vietnamese looks like.

Tables: TCVN 5712:1993 (ABC fonts), VISCII (RFC 1456), VNI for Windows, Windows-1258.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Final

import numpy as np
import pyarrow as pa

from loaders.files.cells import Unreadable
from tracing.patterns import regex

_HIGH_TCVN: Final = (
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ\u00a0ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ"
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)
_HIGH_VISCII: Final = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
_LOW_VISCII: Final = {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}
_VNI_TONES: Final = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_HATS: Final = {
    "â": "\u0302",
    "á": "\u0302\u0301",
    "à": "\u0302\u0300",
    "å": "\u0302\u0309",
    "ã": "\u0302\u0303",
    "ä": "\u0302\u0323",
    "ê": "\u0306",
    "é": "\u0306\u0301",
    "è": "\u0306\u0300",
    "ú": "\u0306\u0309",
    "ü": "\u0306\u0303",
    "ë": "\u0306\u0323",
}
_VNI_ALONE: Final = {"æ": "ỉ", "ó": "ĩ", "ò": "ị", "ô": "ơ", "ö": "ư", "ñ": "đ", "î": "ỵ", "í": "í", "ì": "ì"}
_ONSET: Final = "(?:ch|gh|gi|kh|ngh|ng|nh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?"
_NUCLEUS: Final = (
    "(?:a|ă|â|e|ê|i|o|ô|ơ|u|ư|y|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iêu|iu|oa|oai|oao|oay|oă|oe|oeo|oi|ôi|ơi|ooi|ua|uâ|uây|"
    "uê|ui|uô|uôi|uơ|uy|uya|uyê|uyu|ưa|ưi|ươ|ươi|ươu|ưu|yê|yêu|oo)"
)
_SYLLABLE: Final = regex(f"{_ONSET}{_NUCLEUS}(?:ch|ng|nh|[cmnpt])?")
_WORD: Final = regex(r"[^\s\d.,;:()\[\]/\"'\-–_+&*?!|=<>#%@]+")
_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"
_ENOUGH: Final = 0.8
_LOOKED_AT: Final = 200_000

TWICE: Final = "utf-8 twice"
"""Text that was UTF-8, was read as a Western encoding and was written again: ``Tiáº¿p xÃºc``."""
NAMES: Final = {
    "tcvn3": "TCVN3 (ABC)",
    "viscii": "VISCII",
    "vni": "VNI",
    "cp1258": "windows-1258",
    "utf-7": "UTF-7",
    TWICE: "UTF-8 (Western)",
}
"""Names of the encodings in messages."""


def decode_tcvn3(data: bytes) -> str:
    """Return TCVN3 (ABC) bytes as text."""
    return _compose("".join(chr(b) if b < 128 else _HIGH_TCVN[b - 128] for b in data))


def decode_viscii(data: bytes) -> str:
    """Return VISCII bytes as text."""
    return "".join(_LOW_VISCII.get(b, chr(b)) if b < 128 else _HIGH_VISCII[b - 128] for b in data)


def decode_vni(data: bytes) -> str:
    """Return VNI (Windows) bytes as text: a vowel and the letter that stands for its marks."""
    return vni_text(data.decode("cp1252", "replace"))


def vni_text(text: str) -> str:
    """Return a text as a VNI font shows it, ``Nguyeãn`` -> ``Nguyễn``."""
    out: list[str] = []
    for letter in text:
        low = letter.lower()
        before = out[-1] if out else ""
        if before and (low in _VNI_TONES or low in _VNI_HATS):
            base = unicodedata.normalize("NFC", before)
            if base.lower() in ("aeiouyơưâăêô" if low in _VNI_TONES else "aeo"):
                out[-1] = unicodedata.normalize("NFC", base + (_VNI_TONES.get(low) or _VNI_HATS[low]))
                continue
        alone = _VNI_ALONE.get(low)
        out.append(letter if alone is None else alone.upper() if letter.isupper() else alone)
    return _compose("".join(out))


def decode_cp1258(data: bytes) -> str:
    """Return Windows-1258 bytes as composed text."""
    return _compose(data.decode("cp1258", "replace"))


@cache
def _western_bytes() -> dict[int, int]:
    """Return letter of Windows-1252 (or the control that stands for a byte it has not) -> byte."""
    table = {byte: byte for byte in range(256)}
    for byte in range(128, 160):
        shown = bytes([byte]).decode("cp1252", "ignore")
        if shown:
            table[ord(shown)] = byte
    return table


def once(text: str) -> str | None:
    """Return what a text says that was encoded twice; None of any other."""
    table = _western_bytes()
    data = [table.get(ord(letter)) for letter in text]
    if text.isascii() or None in data:
        return None
    try:
        return bytes(byte for byte in data if byte is not None).decode("utf-8")
    except UnicodeDecodeError:
        return None


def decode_twice(data: bytes) -> str:
    """Return bytes that were encoded twice as text; a line that was not stays as it is."""
    return _compose("\n".join(once(line) or line for line in data.decode("utf-8", "replace").split("\n")))


def find_twice(data: bytes) -> bool:
    """Tell whether UTF-8 holds Vietnamese that was encoded twice."""
    return _are_twice(data[:_LOOKED_AT].decode("utf-8", "ignore").split("\n"))


def _are_twice(texts: Sequence[str]) -> bool:
    lines = [text for text in texts[:2_000] if not text.isascii()]
    read = [told for line in lines if (told := once(line)) is not None]
    return len(read) * 2 > len(lines) and likeness("\n".join(read))[0] > _ENOUGH


_OLD: Final[dict[str, Callable[[bytes], str]]] = {
    "cp1258": decode_cp1258,
    "tcvn3": decode_tcvn3,
    "vni": decode_vni,
    "viscii": decode_viscii,
}
DECODERS: Final = {**_OLD, TWICE: decode_twice}


def _compose(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@cache
def _vietnamese_word(word: str) -> bool:
    """Tell whether a word with marks can be one Vietnamese syllable, in small letters, capitals or as a name."""
    if not (word.islower() or word.isupper() or word.istitle()) or len(word) > 7:
        return False
    parts = unicodedata.normalize("NFD", word.lower())
    if sum(mark in _TONES for mark in parts) > 1:
        return False
    bare = _compose("".join(mark for mark in parts if mark not in _TONES))
    return _SYLLABLE.fullmatch(bare) is not None


def likeness(text: str) -> tuple[float, int]:
    """Return the share of the words with letters beyond ASCII that look Vietnamese, and how many there are."""
    words = [word for word in _WORD.findall(text[:_LOOKED_AT]) if len(word) > 1 and not word.isascii()]
    return (sum(map(_vietnamese_word, words)) / len(words) if words else 0.0), len(words)


def find_vietnamese(data: bytes) -> str | None:
    """Return which old Vietnamese encoding ``data`` is in, or None if none of them makes Vietnamese of it."""
    head = data[:_LOOKED_AT]
    best, best_share = None, _ENOUGH
    for name, decode in _OLD.items():
        share, count = likeness(decode(head))
        if count and share > best_share:
            best, best_share = name, share
    return best


def find_garbled(texts: Iterable[str]) -> str | None:
    """Return "tcvn3" or "vni" if these texts are such bytes shown as Western letters, :data:`TWICE` if UTF-8 is."""
    odd = [text for text in texts if not text.isascii()][:5_000]
    joined = "\n".join(odd)
    if len(odd) > 1 and _are_twice(joined[:_LOOKED_AT].split("\n")):
        return TWICE
    share, count = likeness(joined)
    western = sum("\u0080" <= letter <= "\u00ff" for letter in joined)
    marked = sum(letter > "\u00ff" for letter in joined)
    if count < 2 or marked * 4 > western or share > _ENOUGH:
        return None
    best, best_share = None, max(_ENOUGH, share)
    for name in ("tcvn3", "vni"):
        better, _ = likeness(repair(joined, name))
        if better > best_share:
            best, best_share = name, better
    return best


def repair(text: str, encoding: str) -> str:
    """Return a text shown as Western letters as it was meant; what cannot be such a text stays."""
    if text.isascii():
        return text
    if encoding == TWICE:
        return _compose(once(text) or text)
    return _compose(text.translate(_western_as_tcvn3())) if encoding == "tcvn3" else vni_text(text)


@cache
def _western_as_tcvn3() -> dict[int, str]:
    """Return letter of Windows-1252 (or the byte itself) -> letter of TCVN3."""
    return {letter: _HIGH_TCVN[byte - 128] for letter, byte in _western_bytes().items() if byte >= 128}


def repair_texts(texts: Iterable[str], encoding: str) -> dict[str, str]:
    """Return text -> repaired text for those that become Vietnamese and were not."""
    out = {}
    for text in texts:
        better = repair(text, encoding)
        if better != text and likeness(better)[0] >= likeness(text)[0]:
            out[text] = better
    return out


def find_utf7(data: bytes) -> bool:
    """Tell whether an ASCII text holds Vietnamese in UTF-7 (``+HqE-``)."""
    head = data[:_LOOKED_AT]
    if b"+" not in head or len(re.findall(rb"\+[A-Za-z0-9/]{3,}-?", head)) < 2:
        return False
    try:
        share, count = likeness(head.decode("utf-7"))
    except UnicodeDecodeError:
        return False
    return count >= 2 and share > _ENOUGH


def find_wide(data: bytes) -> str | None:
    """Return "utf-16-le" or "utf-16-be" for text without a mark whose every second byte is zero."""
    head = data[: 1 << 14]
    if len(head) < 8:
        return None
    even, odd = head[0::2].count(0) / (len(head) / 2), head[1::2].count(0) / (len(head) / 2)
    if odd > 0.4 and even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 and odd < 0.05 else None


def find_encoding(data: bytes) -> str:
    """Return the encoding of bytes without a mark: UTF-8 where it fits, old Vietnamese by its looks, else Western."""
    wide = find_wide(data)
    if wide is not None:
        return wide
    head = data[:65536]
    if (
        head.count(0) * 100 > len(head)
        or len(re.findall(rb"[\x03\x04\x07\x08\x0e-\x13\x15-\x18\x1a\x1c\x1d\x1f]", head)) > 2
    ):
        raise Unreadable("file.binary", kind="unknown")
    if is_utf8(data):
        odd, name = (find_utf7, "utf-7") if data.isascii() else (find_twice, TWICE)
        return name if odd(data) else "utf-8"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as wrong:
        if wrong.end >= len(data) - 3 and "unexpected end" in wrong.reason:
            raise Unreadable("file.truncated", at=row_of(data, wrong.start)) from wrong
        if len(re.findall(rb"[\xc3-\xe1][\x80-\xbf]{1,3}", head)) > len(re.findall(rb"[\x80-\xff]+", head)) // 2:
            raise Unreadable("file.encoding", encoding="utf-8", at=row_of(data, wrong.start)) from wrong
    vietnamese = find_vietnamese(data)
    if vietnamese is not None:
        return vietnamese
    if not re.search(rb"[\x80-\x9f]", data):
        return "iso-8859-1"
    try:
        data.decode("cp1252")
    except UnicodeDecodeError as wrong:
        raise Unreadable("file.encoding", encoding="utf-8", at=row_of(data, wrong.start)) from wrong
    return "windows-1252"


def is_utf8(data: bytes) -> bool:
    """Tell whether bytes are UTF-8 to their end."""
    ends = pa.py_buffer(np.array([0, len(data)], dtype=np.int64))
    try:
        pa.Array.from_buffers(pa.large_string(), 1, [None, ends, pa.py_buffer(data)]).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def row_of(data: bytes, at: int) -> int:
    """Return the number of the line in which a byte stands."""
    return data.count(b"\n", 0, at) + 1
