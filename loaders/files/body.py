"""The lines below the headings: which are rows, and which totals, signatures, remarks, sections or headings again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow.compute as pc

from loaders.files.grid import Grid, Line
from loaders.files.machine_names import are_for_machines
from loaders.files.pages import of_a_page, repeated_head_rows, title_texts
from loaders.files.spelt import Spelt
from loaders.files.titles import is_crew
from loaders.place_words import names_unit
from tracing.model.coded import encoded
from tracing.patterns import regex
from tracing.spelling import fold

_TOTAL: Final = regex(
    r"\W*(?:tong (?:cong|so|hop)\b|tong\s*[:=]|tong$|cong\s*[:=(]|cong(?: don| lai| chung)?$|cong \d"
    r"|cong(?: [^\W\d]\w*){1,6} ?[:=(]? ?\d+ (?:nguoi|ca|truong hop|f[0-4]|mau|ho)\b"
    r"|(?:grand |sub)?total\b|sum\b|si so\b|quan so\b|(?:so luong|hien (?:co|con|dien)(?: mat)?|con lai) ?: ?\d)"
)
#: How a line of sums begins, which has as many cells as a row.
_SUMS: Final = r"^\W*(?i:tổng|cộng|sĩ số|tong (?:cong|so)|si so|total)(?:[\s:=(]|$)"
_SIGNED: Final = regex(
    r"\W*(?:\d{1,2}[.)] )?(?:(?:nguoi|can bo) (?:lay mau|thuc hien|nhap lieu)\b|ben (?:ban )?(?:giao|nhan)\b(?= ?:|$)"
    r"|nguoi (?:lap|dieu tra|tong hop|gui|bao cao|nhan|ghi|viet|kiem tra|duyet|cham cong|diem danh|theo doi|xac nhan"
    r"|(?:ban )?giao)\b|da ky|ky ten|\(?(?:da )?ky\b|ky, ghi ro"
    r"|tm\.|kt\.|tl\.|tuq\.|t/m\b|thu truong|truong (?:ban|khoa|phong|tram|ap|khom|doan|trung tam|nhom|ca|thon|khu)\b"
    r"|(?:pho )?truong cong an\b|pho (?:truong )?(?:ban|khoa|phong|tram)\b|(?:pho )?(?:chu tich|bi thu|giam doc)"
    r"|can bo (?:lap|tong hop|dieu tra|phu trach)|phu trach(?: [^\W\d]+){0,3}$|xac nhan cua|noi nhan|ban chi dao"
    r"|uy ban nhan dan|dai dien"
    r"|prepared by|approved by|signed|(?:date and |name and )?signature)"
)
_REMARK: Final = regex(
    r"(?:ghi chu|luu y|chu thich|chu y|note|remarks?|n\.?b\.?)\s*[:.]|[#*]|\(\*\)|[^,]{0,40}, ?ngay \d|ngay \d.* thang "
    r"|[iv]{1,4}\. (?:[a-z]+ ){3,}[a-z]"
)
#: An office that signs, which may be somebody's work in a row: it is one where nothing else stands in the line.
_OFFICE: Final = regex(
    r"(?:pho )?hieu truong|truc ban|(?:quan doc|giam sat|nhan su|ke toan|thu kho|truong (?:ca|xuong)|chuyen truong)"
    r"(?: ky(?: ten)?)?"
    r"|(?:(?:don|tram|to|doi) truong|chi huy(?: truong| pho)?|phong (?:nhan su|to chuc|dao tao))(?: [^\W\d]+){0,4}"
)
#: Who signs below a list, by rank or degree, without accents: ``Đại úy Lê Sơn``, ``BS. Lê Hùng``.
_RANKED: Final = regex(
    r"(?:(?:dai|thuong|trung|thieu) (?:uy|ta)|bs(?:ck[12i]*)?|ys|ths|cn|ds|ktv|bac si|y si|thac si)[. ]+"
    r"[^\W\d]+(?: [^\W\d]+){1,4}"
)
_SECTION: Final = regex(
    r"(?:ấp|khóm|tổ|thôn|xã|phường|thị trấn|tt\.?|hộ|nhóm|khu|phòng|xưởng|ca|mẫu|đợt|ban|lớp|chuyến|tàu|dãy|tầng|đội|"
    r"chốt|ngày|buồng|toa|sạp|bàn)(?:\W|$)"
    r"|(?:suất|lễ|buổi|phiên|kíp|session|mass)\s.{0,40}\d\s*(?:giờ|h|g|:\d\d)"
    r"|(?:ap|khom|to|thon|phong|xuong|nhom|lop|ca|ban|dot|ngay) \w?\d|[ivx]{1,5}\s*[.)/-]|[a-z]\s*[.)]|\d{1,2}\s*[.)]",
    re.IGNORECASE,
)
#: A numbered part of a list, which no name of a person looks like, without accents: ``Doi 1 (1h - 4h)``.
_GROUP: Final = regex(r"(?:doi|ca|to|nhom|luot|phong|lop|day|kip|dot|chuyen) [a-z]?\d{1,2}\b")
#: A control of the laboratory among its samples, or a scan that tries out the gate: nobody's.
_CONTROL: Final = regex(
    r"(?i:(?:NTC|PTC|NEC|(?:positive|negative|neg|pos|no[ -]template|extraction|internal) (?:control|ctrl)"
    r"|(?:mẫu |đối )?chứng (?:âm|dương)|(?:test|(?:chạy )?th[ửu]|ki[ểe]m tra)(?: quét)? (?:(?:m[ãa] )?qr|app|user"
    r"|h[ệe] th[ốo]ng|máy quét)|(?:qr|app|user|scan) test|qu[ée]t th[ửu])(?: ?\d{1,2})?)"
)
#: A seat or a bed that nobody has.
_EMPTY: Final = Spelt(r"(?i)\(?(?:ghế |phòng |giường |còn )?trống\)?|\(?(?:vacant|empty)(?: seat| bed)?\)?")
#: Below a day a seat is empty on that day alone.
_DAY_HEADING: Final = regex(r"(?<![\d/])\d\d?[/.]\d\d?(?![\d/])|\b(?:thu [2-7]|t[2-7]|(?:^|› )cn|chu nhat|ngay \d)")
#: A cell that says that nothing is to be said.
_DASH: Final = regex(r"[-–—_.]{1,5}")
#: Headings of what somebody has or nobody, without accents.
_SEAT: Final = regex(r"\b(?:phong|buong|giuong|ghe|ban|sap|ki ?ot|room|bed|seat|table|stall|cabin)\b(?! ?\w{0,2}\d)")
_NUMBER: Final = regex(r"[-+]?\d+(?:[.,]\d+)?%?")
_BULLET: Final = regex(r"[-+•–*]\s*(?=[^\W\d_])")
#: Headings of a column that only numbers the rows, without accents.
NUMBERING: Final = frozenset({"stt", "so tt", "tt", "#", "no", "no.", "s.t.t", "thu tu"})
#: Lines with few cells are looked at one by one; in a sheet with more of them than this they are its ordinary rows.
_MOST_ODD: Final = 20_000
CLOCK: Final = r"\d{1,2} ?(?:h|g|gio|:) ?(?:[0-5]\d)?"  #: An hour, without accents: ``6h``, ``14:30``.
SHIFT_HOURS: Final = regex(
    rf"(?<!\w)(?P<shift>(?:ca )?(?:c ?[1-4]|k ?[1-4]|hc|hanh chinh|dem|ngay|sang|chieu|toi)|ca (?:[1-4]|[abc]|i{{1,3}})"
    rf"|(?<!\d )[1-4](?= ?[:=]))(?: \((?:dem|ngay|sang|chieu|toi)\))?\)? ?[:=(,–-]{{0,2}} ?(?:tu |lam )?"
    rf"(?P<hours>{CLOCK} ?(?:-|–|den|->) ?{CLOCK})"
)
"""What a shift is, without accents: ``C1: 6h-14h``, ``Ca dem (18h00 - 02h00)``."""
#: A line of more words than this below a table is a sentence.
_SENTENCE: Final = 12


def without_places(text: str) -> str:
    """Return a line of hours without the places in brackets behind them: ``7h00 (TT Voi) - 7h45 (Cty)``."""
    return re.sub(r"\s*\([^()\d]{1,40}\)", "", text)


#: What says before them that hours of shifts or parts of the day follow, without accents.
_OF_HOURS: Final = regex(r"(?:gio|khung gio|thoi gian|hours?)\b[^:\d]{0,20}: ?")


LEGEND: Final = regex(
    r"^(?:[^:;.]{0,20}: ?)?(?:[^:;.]{0,20}; ?)?(?:[^\s:;,=]{1,12}(?: \w{1,10})? ?[:=] ?[^:;,=]{1,60}[;,.] ?)+"
    r"[^\s:;,=]{1,12}(?: \w{1,10})? ?[:=]"
)
"""Several signs with what each means, without accents: ``(+): duong tinh; (-): am tinh``, ``S: sang; C: chieu``."""


@dataclass
class Body:
    """What the lines of one table are. Positions are those of the grid."""

    keep: npt.NDArray[np.bool_]
    passed: dict[str, int] = field(default_factory=dict)
    notes: list[Line] = field(default_factory=list)
    sections: dict[int, str] = field(default_factory=dict)


def sort_lines(
    grid: Grid, headings: Sequence[str], first: int, end: int, *, head: int, titles: Sequence[Line] = ()
) -> Body:
    """Return which of the lines ``first`` to ``end`` (excluded) are rows; position 0 of ``keep`` is ``first``.

    The headings stand in the rows from ``head`` on, below the lines ``titles``.
    """
    body = grid.cells.iloc[first:end]
    given = body.notna().to_numpy().sum(axis=1)
    out = Body(given > 0)
    for row in {place[0] for place in grid.errors} | set(grid.ragged):
        if first <= row < end:
            out.keep[row - first] = True
    again = repeated_head_rows(body, grid.cells.iloc[max(head, 0) : first], _repeated(body, headings)) & out.keep
    if again.any():
        out.keep &= ~again
        out.passed["repeated heading"] = int(again.sum())
    sizes = given[out.keep]
    if len(sizes):
        typical = int(np.quantile(sizes, 0.9, method="higher"))
        _sort_odd(grid, headings, first, given, out, typical=typical, titles=title_texts(titles))
    return out


def _repeated(body: pd.DataFrame, headings: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Tell which rows say the headings again (a new page)."""
    again: npt.NDArray[np.bool_] = np.ones(len(body), dtype=bool)
    compared = 0
    for column, heading in enumerate(headings):
        if heading and " › " not in heading:
            again &= (body[column] == heading).fillna(False).to_numpy(dtype=bool)
            compared += 1
            if not again.any():
                break
    return again & (compared > 1)


def _sort_odd(
    grid: Grid,
    headings: Sequence[str],
    first: int,
    given: npt.NDArray[np.int64],
    out: Body,
    *,
    typical: int,
    titles: frozenset[str],
) -> None:
    """Sort the lines with few cells, and every line of the tail, into totals, signatures, remarks and sections."""
    kept = np.flatnonzero(out.keep)
    body = grid.cells.iloc[first : first + len(given)]
    full = kept[given[kept] >= max(min(typical, 3), typical // 2)]
    last_full = int(full[-1]) if len(full) else -1
    few = kept[given[kept] <= max(1, min(3, typical - 2))]
    odd = few if len(few) <= _MOST_ODD else few[few > last_full][:_MOST_ODD]
    comments = _comments(grid, first, len(given)) | {
        at for at in kept[:1].tolist() if are_for_machines([text for _, text in _cells(grid, first + at)])
    }
    looked = sorted({*odd.tolist(), *kept[-3:].tolist(), *comments, *_controls(body, kept), *_sums(body, kept)})
    closed = False
    for at in looked:
        cells = _cells(grid, first + at)
        tail = at >= last_full
        gap = at > 0 and given[at - 1] == 0
        control = any(_CONTROL.fullmatch(text.strip()) for _, text in cells)
        kind = "comment" if at in comments else "control" if control else of_a_page([text for _, text in cells], titles)
        if kind is None:
            kind = _kind_of_line(cells, headings, typical, tail=tail, gap=gap, closed=closed)
        if kind is None and not tail:
            text = _section(grid, first + at, cells, headings, typical)
            if text is not None:
                out.sections[first + at] = text
                out.keep[at] = False
                continue
        if kind is not None:
            closed = closed or (tail and kind in ("total", "signature", "remark"))
            out.keep[at] = False
            out.passed[kind] = out.passed.get(kind, 0) + 1
            out.notes += [] if kind == "control" else [Line(int(grid.numbers[first + at]), tuple(t for _, t in cells))]


def _comments(grid: Grid, first: int, size: int) -> set[int]:
    """Lines of a delimited file that begin with ``##``."""
    if grid.lettered or not size:
        return set()
    marked = grid.cells[0].iloc[first : first + size].str.startswith("##").fillna(False)
    return set(np.flatnonzero(marked.to_numpy(dtype=bool)).tolist()[:_MOST_ODD])


def _controls(body: pd.DataFrame, kept: npt.NDArray[np.int64]) -> list[int]:
    """Rows of a sheet of a usual length in which a cell names a control of the laboratory."""
    if len(kept) > _MOST_ODD:
        return []
    found: npt.NDArray[np.bool_] = np.zeros(len(body), dtype=bool)
    for at in body.columns:
        found |= matches(body[at], rf"^\s*(?:{_CONTROL.pattern})\s*$")
    return [at for at in kept.tolist() if found[at]]


def _sums(body: pd.DataFrame, kept: npt.NDArray[np.int64]) -> list[int]:
    """Lines of a sheet, as long as a row, that tell sums in their first columns."""
    if len(kept) > _MOST_ODD:
        return []
    found: npt.NDArray[np.bool_] = np.zeros(len(body), dtype=bool)
    for at in body.columns[:3]:
        found |= matches(body[at], _SUMS)
    return [at for at in kept.tolist() if found[at]]


def _cells(grid: Grid, row: int) -> list[tuple[int, str]]:
    return [(i, text) for i, text in enumerate(grid.cells.iloc[row].tolist()) if isinstance(text, str)]


def _kind_of_line(
    cells: list[tuple[int, str]], headings: Sequence[str], typical: int, *, tail: bool, gap: bool, closed: bool
) -> str | None:
    """Return "total", "signature", "remark" or None for what may be a row."""
    if not cells:
        return None
    texts = [text for _, text in cells]
    words = [fold(text[:300]) for text in texts]
    said = [word for word in words if not _NUMBER.fullmatch(word)]
    if _tells_shifts(words, tail=tail):
        return "remark"
    if len(texts) == 1 and typical > 2 and re.fullmatch(r"\((?:[^()]+ ){3,}[^()]+\)", texts[0].strip()):
        return "remark"
    behind = [text.strip() for at, text in cells[1:] if not _DAY_HEADING.search(fold(headings[at]))]
    if behind and _is_empty_seat(fold(headings[cells[0][0]]), behind):
        return "empty seat"
    if said and _is_total(texts, words) and (len(said) == 1 or len(texts) <= 3):
        return "total"
    if tail and len(texts) == 1 and typical > 1 and is_crew(texts[0]):
        return "crew"
    if not tail or len(texts) > 3 or typical < 3:
        return None
    ranked = len(texts) == 1 and not _of_names(headings[cells[0][0]]) and _RANKED.fullmatch(words[0].strip(" ."))
    closed = closed or bool(ranked)
    return _kind_of_footer(texts, words, gap=gap, closed=closed, full=len(texts) >= max(2, typical))


def _is_empty_seat(heading: str, behind: list[str]) -> bool:
    """Tell whether what stands behind a number of a seat, bed or room says that nobody has it."""
    dashes = _SEAT.search(heading) is not None and all(map(_DASH.fullmatch, behind))
    return dashes or any(map(_EMPTY.fullmatch, behind))


def _kind_of_footer(texts: list[str], words: list[str], *, gap: bool, closed: bool, full: bool) -> str | None:
    if closed:
        return None if _NUMBER.fullmatch(words[0]) and len(texts) > 1 else "signature"
    if any(_SIGNED.match(word) for word in words) or all(_OFFICE.fullmatch(word.strip(" .:")) for word in words):
        return "signature"
    if not full and any(_REMARK.match(word) for word in words):
        return "remark"
    if len(texts) == 1 and LEGEND.search(words[0]):
        return "remark"
    if len(texts) > 1:
        return None
    length = len(texts[0].split())
    said = ":" in texts[0] or texts[0].endswith(".") or length > 7
    return "remark" if said and (gap or (": " in texts[0] and length > 6) or length > _SENTENCE) else None


def is_footer(text: str) -> bool:
    """Tell whether a line below a table is signed, a total or a remark."""
    word = fold(text[:300])
    return bool(_SIGNED.match(word) or _REMARK.match(word) or _TOTAL.match(word))


def _is_total(texts: list[str], words: list[str]) -> bool:
    for text, word in zip(texts, words, strict=True):
        if _NUMBER.fullmatch(word):
            continue
        bare = re.match(r"\W*(?:cộng|tổng)\b", text, re.IGNORECASE) or (word.isascii() and text.isascii())
        return bool(_TOTAL.match(word)) and bool(bare or re.match(r"\W*(?:tong (?:cong|so)|.{1,20}[:=])", word))
    return False


def _tells_shifts(words: Sequence[str], *, tail: bool) -> bool:
    """Tell whether a line tells the hours of shifts, and is not the title of the rows of one of them."""
    if words and all(SHIFT_HOURS.match(_OF_HOURS.sub("", word)) for word in words):
        return tail or not _is_one_shift(words)
    return tail and len(words) == 1 and len(SHIFT_HOURS.findall(words[0])) > 1


def _is_one_shift(words: Sequence[str]) -> bool:
    """Tell whether a line names one shift with its hours: that of the rows below, where any are."""
    return len(words) == 1 and _OF_HOURS.match(words[0]) is None and len(SHIFT_HOURS.findall(words[0])) == 1


def _section(grid: Grid, row: int, cells: list[tuple[int, str]], headings: Sequence[str], typical: int) -> str | None:
    """Return the text of a line that is the title of the rows below it; None for a row."""
    if typical < 3 or not 0 < len(cells) <= 2:
        return None
    column, text = cells[-1]
    if len(cells) == 2:
        own = r"[IVXivx]{1,5}|[A-Z]" + (r"|\d{1,2}" if names_unit(text) else "")
        numbered = re.fullmatch(own, cells[0][1].strip(" .)"))
        counted = fold(headings[cells[0][0]]) in (*NUMBERING, "")  # a person may be called "A" in other columns
        words = re.search(r"[^\W\d_]{2}", text)
        return " ".join(t for _, t in cells) if numbered and counted and words and typical >= 5 else None
    wide = any(top <= row <= bottom and left <= column < right - 1 for top, left, bottom, right in _across(grid, row))
    if wide or (fold(headings[column]) in NUMBERING and not _NUMBER.fullmatch(text)):
        return text
    if _of_names(headings[column]):
        named = (":" in text and _SECTION.match(text)) or _GROUP.match(fold(text))
        return text if named else None
    return text if column <= 1 and _SECTION.match(text) else None


def _of_names(heading: str) -> bool:
    """Tell whether a heading is one of names."""
    return any(words in fold(heading) for words in ("name", "ho ten", "ho va ten"))


def _across(grid: Grid, row: int) -> list[tuple[int, int, int, int]]:
    return [merged for merged in grid.merged if merged[0] <= row <= merged[2] and merged[3] > merged[1]]


# ------------------------------------------------------------------------------------------ cells that mean more rows


def matches(texts: pd.Series, pattern: str) -> npt.NDArray[np.bool_]:
    """Tell which texts hold ``pattern`` (in RE2's words: linear); missing ones do not."""
    codes, distinct = encoded(texts)
    found = np.asarray(pc.match_substring_regex(distinct, pattern=pattern), dtype=bool)
    return np.asarray(np.append(found, False)[codes], dtype=bool)


def fill_merged(
    cells: pd.DataFrame, positions: npt.NDArray[np.int64], grid: Grid, used: Sequence[int]
) -> tuple[pd.DataFrame, tuple[tuple[int, int, int], ...]]:
    """Write the text of each merged cell into every row that it covers; return also where they are.

    ``cells`` has column positions of the grid as labels (``used``) and one row per position in ``positions``.
    """
    filled: dict[int, list[object]] = {}
    places: list[tuple[int, int, int]] = []
    at = {column: new for new, column in enumerate(used)}
    for top, left, bottom, _ in grid.merged:
        first, last = np.searchsorted(positions, [top, bottom + 1]).tolist()
        if bottom == top or left not in at or last - first < 1 or positions[first] != top:
            continue
        column = filled.setdefault(left, cells[left].tolist()) if left not in filled else filled[left]
        text = column[first]
        if not isinstance(text, str):
            continue
        for row in range(first + 1, last):
            column[row] = column[row] if isinstance(column[row], str) else text
        places.append((at[left], first, last - 1))
    if filled:
        cells = cells.copy()
        for left, column in filled.items():
            cells[left] = pd.Series(column, dtype="string")
    return cells, tuple(sorted(places))


def find_members(
    cells: pd.DataFrame, positions: npt.NDArray[np.int64], grid: Grid
) -> tuple[pd.DataFrame, npt.NDArray[np.int64] | None]:
    """Find rows that are members of the row above them (``- Lê Thị A`` under the head of a household).

    Returns the cells without the dashes, what stands once on the head's row (the number of the household) written
    into the members' rows, and for each row the position of its head, -1 without one.
    """
    for column in range(min(6, cells.shape[1])):
        marked = matches(cells[column], r"(?s)^[-+•–*]\s*\p{L}.*[^-–]$")  # "-nt-" is as above
        indented = np.isin(positions, [row for row, at in grid.indented.items() if at == column])
        member: npt.NDArray[np.bool_] = np.logical_or(marked, indented)
        if member.sum() < 2 or member[0] or member.all():
            continue
        under = np.where(member, np.maximum.accumulate(np.where(~member, np.arange(len(cells)), 0)), -1)
        cells = cells.copy()
        cells[column] = cells[column].str.replace(_BULLET.pattern.join(("^", "")), "", regex=True)
        for left in range(column):
            alone = cells[left]
            if not alone[member].notna().any() and alone[~member].notna().all():
                cells[left] = alone.ffill()
        return cells, under
    return cells, None
