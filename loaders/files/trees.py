"""Tracing trees: whom somebody met is told by the number (1, 1.1, 1.1.2), the column or the order of their row.

The parent's row becomes a cell in a column of its own, ``↑12``: the person of row 12.
``F1 của BN34`` becomes two cells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from loaders.code_words import CASE_CODE, NAMED_CODE, OWN_CODE
from loaders.files.body import NUMBERING
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, read_headings
from tracing.patterns import regex
from tracing.spelling import fold

PARENT: Final = "Tiếp xúc với (F0, F1)"
"""Heading of the column with the parents."""
UP: Final = "↑"
"""What stands before the number of the parent's row."""
_LEVEL: Final = "Diện"
_CASE: Final = "Mã BN"
_CASE_FIRST: Final = r"^\s*((?:BN|bn|Bn|CA|Ca|ca)[\s.\-]*\d+)\s*[-–:,(]?\s*([^)]*)\)?$"
_CASE_LAST: Final = r"^\s*([^()\d]+?)\s*[-–(,]\s*((?:BN|bn|Bn|CA|Ca|ca)[\s.\-]*\d+)\s*\)?$"
_OF: Final = regex(
    r"f\s?([0-5])\s*(?:[:(–-]?\s*(?:(?:nhung |cac )?(?:nguoi|truong hop) )?(?:co |da )?"
    r"(?:tiep xuc|tx|lien quan|contacts? of)(?: gan| truc tiep)?(?: voi| den| toi)?\s+|(?:cua|of|tu|:|-|–)\s+"
    r"|\((?=f\s?[0-5]\s+(?!cu\b|moi\b|truoc\b)|(?:bn|ca)\s?\d)|(?=bn\s?\d{2}))(.+)"
)
_MEETING: Final = regex(r"tiep xuc|\btx\b|lien quan|contact")
#: A parent named in full with more than the year of birth behind the name: ``F1 Lê Thị Năm, sn 1991, sạp rau``.
_NAMED_PARENT: Final = regex(
    r"(?:F\s?[0-5]\s+)?(?P<name>[A-ZÀ-ỸĐ][^\W\d_]*(?: [A-ZÀ-ỸĐ][^\W\d_]*){1,5})"
    r"(?:\s*[,(]?\s*(?i:sinh năm|sinh|sn|ns|năm sinh)?\s*(?P<born>(?:19|20)\d\d)(?!\d))?"
    r"(?:\s*[,;(–-][^\d]*\d{0,3}[^\d]*)?"
)
#: A parent by its code, with more behind it than its name, and no day: ``BN34 Lê Một (1980), công nhân, khu phố 3``.
_CODED_PARENT: Final = regex(
    rf"(?P<code>{CASE_CODE})(?:[ :–-]{{1,3}}(?P<name>[A-ZÀ-ỸĐ][^\W\d_]*(?: [A-ZÀ-ỸĐ][^\W\d_]*){{1,5}}))?"
    r"(?:\s*\([^()]{0,60}\))?\s*[,;](?:(?!\d[/.-]\d).)+"
)
#: A day or a meeting behind the parent: more is told than who it is.
_DATED: Final = regex(r"[, ](?:ngay|hom|tx|tiep xuc)\s.{0,80}\d")
_ITEM: Final = regex(r"^\s*(?:[IVXivx]{1,5}|[A-Za-z]|\d{1,2})(?:\.\d{1,2}){0,3}(?:\s*[.)/:-]\s*|\s+)(?=[Ff]\s?\d)")
#: A line above rows that begins with the code of a case, behind its number.
_CASE_ABOVE: Final = (
    r"^\s*(?:(?:[IVXivx]{1,5}|[A-Za-z]|\d{1,2})(?:\s*[.)/:-]\s*|\s+))?(?:(?:[Cc]a(?: bệnh)?|[Bb]ệnh nhân|F0)\s*:?\s+)?"
    r"((?:BN|bn|F0|CA|Ca)[\s.\-]?\d{2,})(?:\W|$)"
)
#: A tier with the name of the row's own person: ``F1 mới (F2 cũ): Lê Văn Tư``.
_TIER_AND_NAME: Final = regex(
    r"(?i)F\s?(?P<tier>[0-5])\b[^:\d]{0,12}(?:\(F[0-5][^():]{0,12}\))?\s*:"
    r"\s*(?P<name>(?!(?:BN|CA|F0)[ .-]?\d)[^\d:].*)"
)
_NAME: Final = "Họ và tên"
#: Headings that are of ids where they are not of the numbers of a tree, without accents.
_IDS: Final = ("ma", "ma so")
_CODE: Final = regex(r"(\d+(?:\.\d+)*)\.?")
_TIER: Final = regex(r"f\s?([0-5])(?:\s*\(.*\))?")
_ABOUT: Final = regex(r"\bf ?[0-3]\b|truy vet|chuoi|lay nhiem|so do|tracing|tiep xuc")
_WHEN: Final = frozenset({"first_contact", "last_contact", "contact_date"})
_ELSEWHERE: Final = frozenset(
    {"arrived", "isolation_start", "test_result", "sample", "visit_start", "visit_date", "hours"}
)
_REMARK: Final = regex(r"ghi chu|note|remark|nhan xet")
_MOST_ROWS: Final = 50_000


def unfold_tree(sheet: Sheet) -> Sheet:
    """Return the sheet with the parents of its rows in a column of their own; as it is, if it is no tree."""
    if not 2 <= len(sheet) <= _MOST_ROWS or sheet.origin is not None:
        return sheet
    steps = _steps(sheet)
    if steps:
        return _codes_apart(_of_steps(sheet, steps))
    sheet = _said_in_words(_named_behind_tiers(sheet))
    reading = read_headings(sheet.headings, PEOPLE, {}).columns
    dated = "level" in reading and bool(_WHEN & set(reading))  # days of contact, and a tier: with whom is told by place
    parents, depths = _by_number(sheet)
    told = _about_tracing(sheet) or dated or (depths is not None and _are_tiers(sheet, reading.get("level"), depths))
    if {"index", "sources", "household", "f1_name", "f2_name"} & set(reading) or not told:
        return sheet
    if parents is None and "level" in reading:
        parents, depths = _by_order(sheet.cells[reading["level"]]), None
    if parents is None:
        return sheet
    labels = [None if at < 0 else f"{UP}{sheet.numbers[at]}" for at in parents]
    sheet = _numbered(sheet) if depths is not None else sheet
    if depths is not None and "level" not in reading:
        sheet = sheet.with_column(_LEVEL, [f"F{min(depth, 5)}" for depth in depths])
    return _codes_apart(sheet.with_column(PARENT, labels))


def _named_behind_tiers(sheet: Sheet) -> Sheet:
    """Return a table that names its people behind their tiers, ``F1: Lê Thị A (vợ)``, with names and tiers apart."""
    reading = read_headings(sheet.headings, PEOPLE, {}).columns
    if {"name", "first_name", "last_name"} & set(reading):
        return sheet
    for at in range(len(sheet.headings)):
        codes, distinct = distinct_texts(sheet.cells[at])
        told = [_TIER_AND_NAME.fullmatch(text.strip()) for text in distinct]
        coded = [re.match(_CASE_FIRST, text) is not None for text in distinct]
        if sum(map(bool, told)) < 2 or sum(map(bool, told)) + sum(coded) < 0.8 * len(distinct):
            continue
        names = [*(text if one is None else one["name"] for one, text in zip(told, distinct, strict=True)), None]
        tiers = [*(f"F{one['tier']}" if one else "F0" if case else None for one, case in zip(told, coded, strict=True))]
        cells = sheet.cells.copy()
        cells[at] = pd.Series(names, dtype="string").take(codes).reset_index(drop=True)
        headings = tuple(_NAME if i == at else heading for i, heading in enumerate(sheet.headings))
        named = replace(sheet, headings=headings, cells=cells, as_read=sheet.original)
        return named.with_column(_LEVEL, [None if code < 0 else tiers[code] for code in codes.tolist()])
    return sheet


def _are_tiers(sheet: Sheet, level: int | None, depths: Sequence[int]) -> bool:
    """Tell whether the tiers that a column tells are the depths in the tree: F0 of 1, F1 of 1.1, F2 of 1.1.1."""
    told = [] if level is None else [_TIER.fullmatch(fold(text)) for text in sheet.cells[level].fillna("")]
    return bool(told) and all(tier is not None and int(tier[1]) == at for tier, at in zip(told, depths, strict=True))


def _numbered(sheet: Sheet) -> Sheet:
    """Return a tree by its numbers with these under a heading of such: under ``Mã số`` they would be ids."""
    headings = tuple("STT" if fold(heading) in _IDS else heading for heading in sheet.headings)
    return replace(sheet, headings=headings)


def _codes_apart(sheet: Sheet) -> Sheet:
    """Put the code of a case before or behind its name (``BN34 - Lê Một``, ``Lê Một (BN34)``) into an own column."""
    reading = read_headings(sheet.headings, PEOPLE, {}).columns
    if "name" not in reading or "person" in reading:
        return sheet
    names = sheet.cells[reading["name"]]
    parts = names.str.extract(_CASE_FIRST)
    behind = names.str.extract(_CASE_LAST)
    parts = parts.fillna(behind[[1, 0]].set_axis([0, 1], axis=1))
    if not parts[0].notna().any():
        return sheet
    cells = sheet.cells.copy()
    cells[reading["name"]] = names.where(parts[0].isna(), parts[1].where(parts[1] != "")).astype("string")
    codes = [code if isinstance(code, str) else None for code in parts[0]]
    return replace(sheet, cells=cells).with_column(_CASE, codes)


def _about_tracing(sheet: Sheet) -> bool:
    words = [*sheet.headings, *(line.text for line in sheet.titles), sheet.sheet or "", sheet.file]
    return any(_ABOUT.search(fold(text)) for text in words) and not any("chu ho" in fold(h) for h in sheet.headings)


# ------------------------------------------------------------------------------------------------ F1 của BN34


def _said_in_words(sheet: Sheet) -> Sheet:
    """Split ``F1 của BN34`` in a column, or in the section lines above the rows, into tier and parent."""
    if sheet.sections is not None:
        above = _with_first(sheet, sheet.sections).str.replace(_ITEM.pattern, "", regex=True)
        said = _split(above) or _cases_above(sheet, above)
        if said is not None:
            return sheet.with_column(_LEVEL, said[0]).with_column(PARENT, said[1])
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    whom = {columns.get(name) for name in ("index", "sources", "f1_name")}
    if _ELSEWHERE & set(columns):  # a remark of a list of arrivals, tests or stays says it of its person alone
        whom |= {at for at, heading in enumerate(sheet.headings) if _REMARK.match(fold(heading))}
    for at in range(len(sheet.headings)):
        # where whom they met has a column of its own, the words before the case say nothing new
        said = _split(sheet.cells[at], own=True) if at not in whom else None
        if said is not None and PARENT not in sheet.headings:
            cells = sheet.cells.copy()
            cells[at] = pd.Series(pd.array(said[0], dtype="string"))
            return replace(sheet, cells=cells).with_column(PARENT, said[1])
    return sheet


def _cases_above(sheet: Sheet, above: pd.Series) -> tuple[list[str | None], list[str | None]] | None:
    """Return tier and parent of the contacts below lines that only name their case: ``I. BN34 - Lê Một (2 F1)``."""
    columns = set(read_headings(sheet.headings, PEOPLE, {}).columns)
    if {"index", "sources", "person", "case_code"} & columns or not (_WHEN | {"day"}) & columns:
        return None
    codes = above.str.extract(_CASE_ABOVE)[0]
    if sheet.fact("list_of") == "cases" or codes.notna().sum() * 2 <= len(above):
        return None
    parents = [code if isinstance(code, str) else None for code in codes]
    return [None if code is None else "F1" for code in parents], parents


def _with_first(sheet: Sheet, sections: pd.Series) -> pd.Series:
    """Return the section lines with the one that stands above the headings for the rows before the second."""
    titles = [text for line in sheet.titles for text in line.texts if _OF.fullmatch(fold(text))]
    before = sections.isna().cummin()
    return sections.mask(before, titles[-1]) if titles and before.any() else sections


def _names_parent(text: str, match: re.Match[str]) -> bool:
    """Tell whether what stands behind ``F2 tiếp xúc với`` names somebody: ``F1 tiếp xúc gần`` does not."""
    return _MEETING.search(match[0][: match.start(2)]) is None or text[-len(match[2]) :].lstrip()[:1].isupper()


def _parent(text: str) -> str:
    """Return the words for whom people met, closed as they were opened; of a full name that and the year of birth."""
    bare = text.strip(" :.")
    bare = bare[:-1] if bare.endswith(")") and bare.count(")") > bare.count("(") else bare
    coded = _CODED_PARENT.fullmatch(bare)
    if coded is not None and len(NAMED_CODE.findall(bare)) == 1:
        return f"{coded['code']} ({coded['name']})" if coded["name"] else coded["code"]
    named = _NAMED_PARENT.fullmatch(bare)
    if named is None:
        return bare
    return f"{named['name']} ({named['born']})" if named["born"] else named["name"]


def _tier(said: re.Match[str]) -> str:
    """Return the tier of the rows: ``F1 của BN34`` are F1, below ``F0: Lê Một`` stand F1."""
    return "F1" if said[1] == "0" else f"F{said[1]}"


def _split(texts: pd.Series, *, own: bool = False) -> tuple[list[str | None], list[str | None]] | None:
    """Return tier and parent that texts tell; ``own`` is said of cells, where ``F0 - BN34`` is the row's own case."""
    codes, distinct = distinct_texts(texts)
    if own and any((alone := OWN_CODE.fullmatch(text)) and len(alone["code"]) < len(text.strip()) for text in distinct):
        return None
    matches = [_OF.fullmatch(fold(text)) for text in distinct]
    matches = [
        None if match is None or _DATED.search(f" {match[2]}") or not _names_parent(text, match) else match
        for text, match in zip(distinct, matches, strict=True)
    ]
    rows = np.bincount(codes[codes >= 0], minlength=len(distinct))
    if not rows.sum() or sum(n for n, match in zip(rows.tolist(), matches, strict=True) if match) * 2 < rows.sum():
        return None
    tiers: list[str | None] = [_tier(m) if m else text for text, m in zip(distinct, matches, strict=True)]
    parents = [_parent(text[-len(m[2]) :]) if m else None for text, m in zip(distinct, matches, strict=True)]
    tiers, parents = [*tiers, None], [*parents, None]
    return [tiers[code] for code in codes.tolist()], [parents[code] for code in codes.tolist()]


# ------------------------------------------------------------------------------------------------ 1, 1.1, 1.1.2


def _by_number(sheet: Sheet) -> tuple[list[int] | None, list[int] | None]:
    """Return the parent's position (-1 of a root) and the depth of each row by the numbers of a first column."""
    for at in range(min(2, len(sheet.headings))):
        if fold(sheet.headings[at]) not in (*NUMBERING, *_IDS, "cap", "so", "(a)"):
            continue
        codes = [_CODE.fullmatch(text.strip()) if isinstance(text, str) else None for text in sheet.cells[at]]
        if not all(codes) or not any(code is not None and "." in code[1] for code in codes):
            continue
        seen: dict[str, int] = {}
        parents, depths = [], []
        for row, code in enumerate(code[1] for code in codes if code is not None):
            above = code.rpartition(".")[0]
            if above and above not in seen:
                return None, None
            parents.append(seen[above] if above else -1)
            depths.append(code.count("."))
            seen[code] = row
        return parents, depths
    return None, None


def _by_order(levels: pd.Series) -> list[int] | None:
    """Return the parent's position of each row where the rows stand below their parents: F0, F1, F2, F1, F2."""
    tiers = [_TIER.fullmatch(fold(text)) if isinstance(text, str) else None for text in levels]
    depths = [int(tier[1]) for tier in tiers if tier is not None]
    if len(depths) != len(levels) or depths[0] != 0 or depths == sorted(depths) or len(set(depths)) < 3:
        return None
    last: dict[int, int] = {}
    parents = []
    for row, depth in enumerate(depths):
        if depth and depth - 1 not in last:
            return None
        parents.append(last[depth - 1] if depth else -1)
        last = {other: at for other, at in last.items() if other < depth} | {depth: row}
    return parents


# ------------------------------------------------------------------------------------------------ a column per tier


def _steps(sheet: Sheet) -> list[int]:
    """Return the columns F0, F1, F2 … of a table in which each person stands in the column of their tier."""
    columns: dict[int, int] = {}
    for at, heading in enumerate(sheet.headings):
        tier = _TIER.fullmatch(fold(heading))
        if tier is not None and int(tier[1]) == len(columns):
            columns[int(tier[1])] = at
    found = [columns[tier] for tier in sorted(columns)]
    if len(found) < 2:
        return []
    given = [sheet.cells[at].notna().to_numpy(dtype=bool) for at in found]
    return found if not all(column.all() for column in given) else []


def _of_steps(sheet: Sheet, steps: Sequence[int]) -> Sheet:
    """Return a row for each person of the steps; the other columns belong to the deepest one of their row."""
    where: dict[int, tuple[str, str]] = {}
    nodes: list[tuple[int, str, str, str | None, bool]] = []
    for row in range(len(sheet)):
        new = [tier for tier, at in enumerate(steps) if _new(sheet, steps, row, tier, where)]
        for count, tier in enumerate(new):
            text = str(sheet.cells[steps[tier]].iloc[row])
            label = f"{UP}{sheet.numbers[row]}" + (f".{count}" if count else "")
            parent = where[tier - 1][1] if tier and tier - 1 in where else None
            where = {other: said for other, said in where.items() if other < tier} | {tier: (text, label)}
            nodes.append((row, text, f"F{tier}", parent, tier == new[-1]))
    positions = np.array([row for row, *_ in nodes], dtype=np.int64)
    rest = [at for at in range(len(sheet.headings)) if at not in steps]
    own = [tier == f"F{_owner(sheet.headings[at])}" for _, _, tier, _, _ in nodes for at in rest]
    told = np.array(own, dtype=bool).reshape(len(nodes), len(rest))
    deepest = np.array([last for *_, last in nodes], dtype=bool)
    names = {at: _bare(sheet.headings[at]) for at in rest}
    cells = {0: pd.Series(pd.array([text for _, text, *_ in nodes], dtype="string"))}
    headings, letters = ["Họ và tên"], [sheet.letters[steps[0]]]
    for number, at in enumerate(rest):
        values = sheet.cells[at].iloc[positions].reset_index(drop=True)
        if _owner(sheet.headings[at]) is not None:
            values = values.where(told[:, number])
        elif fold(sheet.headings[at]) not in NUMBERING:
            values = values.where(deepest)
        same = next((i for i, heading in enumerate(headings) if i and heading == names[at]), None)
        if same is not None:  # the same of another tier: Ngày TX với F0, Ngày TX với F1
            cells[same] = cells[same].fillna(values)
        else:
            cells[len(headings)] = values
            headings.append(names[at])
            letters.append(sheet.letters[at])
    out = replace(
        sheet,
        headings=tuple(headings),
        letters=tuple(letters),
        cells=pd.DataFrame(cells),
        numbers=sheet.numbers[positions],
        errors={},
        ragged={},
        sections=None,
        under=None,
        struck=frozenset(),
        merged=(),
        hidden=(),
    )
    out = out.with_column(_LEVEL, [tier for _, _, tier, _, _ in nodes])
    return out.with_column(PARENT, [parent for _, _, _, parent, _ in nodes])


def _owner(heading: str) -> int | None:
    """Return the tier of whom a column beside the tiers tells: ``Ngày TX với F0`` is of F1, ``SĐT F2`` of F2."""
    said = re.search(r"(?P<met>\b(?:voi|gap|tx|tiep xuc) )?\bf ?(?P<tier>[0-5])\b", fold(heading))
    return None if said is None else int(said["tier"]) + (said["met"] is not None)


def _bare(heading: str) -> str:
    """Return the heading of a column that tells of one tier without the tier."""
    return re.sub(r"(?i)\s*(?:\bvới)?\s*\bF\s?[0-5]\b", "", heading).strip() or heading


def _new(sheet: Sheet, steps: Sequence[int], row: int, tier: int, where: dict[int, tuple[str, str]]) -> bool:
    """Tell whether a row names somebody new in this column (a merged cell says the same in every row)."""
    text = sheet.cells[steps[tier]].iloc[row]
    if not isinstance(text, str):
        return False
    if tier not in where or where[tier][0] != text:
        return True
    upper = [sheet.cells[at].iloc[row] for at in steps[:tier]]
    return any(isinstance(said, str) and where.get(i, ("",))[0] != said for i, said in enumerate(upper))
