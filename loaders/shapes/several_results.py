"""Cells that tell the results of several tests, ``âm tính lần 1 (12/8), lần 2 (15/8)``: each has columns of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Final, NamedTuple

import pandas as pd

from loaders.columns.further import MOST, method_of
from loaders.columns.remark import is_remark
from loaders.columns.values import words
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, read_headings
from loaders.shapes.split_cells import texts_of_rows
from tracing.patterns import regex
from tracing.spelling import fold

DAY_TOLD: Final = regex(r"(?<![\d/.,])\d{1,2}[/.-]\d{1,2}(?:[/.-](?:20)?\d\d)?(?![\d/])")
_CT: Final = regex(r"\bct[\s:=~]{0,3}(\d{1,2}(?:\.\d{1,2})?)(?![\d/])")
_DECIMAL: Final = regex(r"(?<=\d),(?=\d)")
_METHOD: Final = regex(r"\b(?:rt-?)?pcr\b|\btest nhanh\b|\bnhanh\b|\bkhang nguyen\b")
#: A result as signs or words, without accents; the longer word first.
_SIGN: Final = r"\(\s?[-+]\s?\)|(?<![\w+-])[-+](?![\w+-])"
#: What stands between the tests of a cell, and before the number of a further one.
_BETWEEN: Final = regex(r"[;,\n]|(?=\b(?:lan|l|mau|test) ?\d\b)|\s(?:va|and|roi)\s|\s[/|]\s")
#: Words that say nothing beside result, day and value.
_FILLER: Final = regex(
    r"\b(?:lan|l|mau|test|thu) ?\d\b|\b\d(?= ?:)|\b(?:ca )?(?:\d|hai|ba|bon) lan\b|\bdeu\b"
    r"|\b(?:lan|l|mau|thu|ngay|vao|luc|hom|ket qua|kq|kqxn|xn|xet nghiem|test|lay|la|co|da|cho|ra)\b"
    r"|\b(?:tiep theo|va|dau|sau)\b"
    r"|[\s():.,\[\]/-]"
)
#: What a remark says of a test that was made again, before its day and result; and the heading of a further test.
_AGAIN: Final = regex(
    r"(?:(?:da|duoc|se|phai|mau|moi) )*(?:lam|lay(?: mau)?|test(?: nhanh)?|xn|xet nghiem|kiem tra|chay)(?: mau| test)?"
    r" lai(?: mau)?(?: (?=pcr|rt|test|nhanh))?"
)
_NUMBERED: Final = regex(r"\b(?:lan|l|mau|thu) ?2\b")
#: How many tests a cell tells of at once: ``3 lần âm (21/8, 27/8, 02/9)``.
_TIMES: Final = regex(r"(?<!lan )(?<!\bl )(?<!thu )\b(?P<count>\d|hai|ba|bon) lan\b(?! ?\d)")
_COUNTS: Final = {"hai": 2, "ba": 3, "bon": 4}
_LONGEST: Final = 200
RESULT, DAY, CT, METHOD = "Kết quả xét nghiệm", "Ngày lấy mẫu", "CT", "Phương pháp"
_HEADINGS: Final = (RESULT, DAY, CT, METHOD)
_FIRST: Final = {"test_result": RESULT, "sample": DAY, "ct": CT, "method": METHOD}


class _Test(NamedTuple):
    result: str | None
    day: str | None = None
    ct: str | None = None
    method: str | None = None


def with_results_apart(sheet: Sheet) -> Sheet:
    """Return a list whose column of results tells several of some people with columns for each test."""
    if sheet.origin is not None or not len(sheet):
        return sheet
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    at = columns.get("test_result", _of_a_method(sheet, columns))
    if at is None or "sample" in columns:
        return sheet
    codes, distinct = distinct_texts(sheet.cells[at])
    told = [_tests_of(text) for text in distinct]
    most = min(max((len(one) for one in told), default=0), MOST)
    if most < 2:
        return sheet
    cells = sheet.cells.copy()
    method = {"antigen": "test nhanh", "pcr": "PCR"}.get(method_of(sheet.headings[at]) or "")
    each = [one or (_Test(text),) for one, text in zip(told, distinct, strict=True)]
    kept = [[test._replace(method=test.method or method) for test in one] for one in each]
    cells[at] = texts_of_rows([one[0].result for one in kept], codes)
    headings = tuple(RESULT if i == at else heading for i, heading in enumerate(sheet.headings))
    out = replace(sheet, headings=headings, cells=cells, as_read=sheet.original)
    said = {place for one in kept for test in one for place, text in enumerate(test) if text}
    for number in range(1, most + 1):
        for place in sorted(said - ({0} if number == 1 else set())):
            texts = [one[number - 1][place] if len(one) >= number else None for one in kept]
            named = _HEADINGS[place] if number == 1 else f"{_HEADINGS[place]} lần {number}"
            if not (number == 1 and _has(columns, named)):
                out = out.with_column(named, texts_of_rows(texts, codes), letter=sheet.letters[at])
    return out


def _of_a_method(sheet: Sheet, columns: Mapping[str, int]) -> int | None:
    """Return the one column that no field has, whose heading names a method and whose cells tell several tests."""
    free = [at for at, heading in enumerate(sheet.headings) if method_of(heading) and at not in columns.values()]
    told = [at for at in free if any(len(_tests_of(text)) > 1 for text in distinct_texts(sheet.cells[at])[1])]
    return told[0] if len(told) == 1 else None


def with_tests_repeated(sheet: Sheet) -> Sheet:
    """Return a list of results with the further test that remarks tell, ``làm lại 10/7: âm tính``, as columns."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    if (
        sheet.origin is not None
        or "test_result" not in columns
        or any(map(_NUMBERED.search, map(fold, sheet.headings)))
    ):
        return sheet
    days = _days_of(sheet, columns)
    for at in (at for at, heading in enumerate(sheet.headings) if is_remark(heading)):
        codes, distinct = distinct_texts(sheet.cells[at])
        told = [_repeated(text) for text in distinct]
        if days is None or not any(told):
            continue
        cells = sheet.cells.copy(deep=False)
        cells[at] = texts_of_rows([None if one else text for one, text in zip(told, distinct, strict=True)], codes)
        own = {columns[name]: heading for name, heading in _FIRST.items() if name in columns}
        headings = tuple(own.get(i, heading) for i, heading in enumerate(sheet.headings))
        out = replace(sheet, headings=headings, cells=cells, as_read=sheet.original)
        for place, heading in enumerate(_HEADINGS):
            texts = [one[0][place] if one else None for one in told]
            if any(texts):
                if heading not in out.headings:
                    before = days if heading == DAY else [None] * len(sheet)
                    out = out.with_column(heading, before, letter=sheet.letters[at])
                out = out.with_column(f"{heading} lần 2", texts_of_rows(texts, codes), letter=sheet.letters[at])
        return out
    return sheet


def _days_of(sheet: Sheet, columns: Mapping[str, int]) -> list[str | None] | None:
    """Return the day of each row's first sample: its own, else that of the list; None where nothing tells it."""
    at = next((columns[name] for name in ("sample", "visit_date", "day") if name in columns), None)
    titled = sheet.fact("sample_day") or sheet.fact("day")
    if at is not None:
        return [text if isinstance(text, str) else titled for text in sheet.cells[at]]
    return None if titled is None else [titled] * len(sheet)


def _repeated(text: str) -> tuple[_Test, ...]:
    """Return the test that a remark tells to be made again, with its day; () of any other remark."""
    again = _AGAIN.match(fold(text)) if len(text) <= _LONGEST else None
    tests = () if again is None else _tests_of(re.sub("[:;,]", " ", fold(text)[again.end() :]))
    return tests if len(tests) == 1 else ()


def with_tests_of_methods(sheet: Sheet) -> Sheet:
    """Return a list with a column of results for each method, ``Test nhanh | RT-PCR``, whose cells tell the days, too.

    Result, day and method of each are columns of their own then.
    """
    if sheet.origin is not None or "sample" in read_headings(sheet.headings, PEOPLE, {}).columns:
        return sheet
    found: dict[int, list[_Test]] = {}
    for at, heading in enumerate(sheet.headings):
        told = [_tests_of(text) for text in distinct_texts(sheet.cells[at])[1]] if method_of(heading) else []
        if told and all(len(tests) == 1 for tests in told):
            found[at] = [tests[0] for tests in told]
    if len({method_of(sheet.headings[at]) for at in found}) < 2 or len(found) > MOST:
        return sheet
    out, headings, cells = sheet, list(sheet.headings), dict[int, pd.Series]()
    for number, (at, tests) in enumerate(found.items(), 1):
        behind = "" if number == 1 else f" lần {number}"
        codes, _ = distinct_texts(sheet.cells[at])
        headings[at], cells[at] = f"{RESULT}{behind}", texts_of_rows([test.result for test in tests], codes)
        method = {"antigen": "test nhanh", "pcr": "PCR"}[method_of(sheet.headings[at]) or "pcr"]
        for name, texts in ((DAY, [test.day for test in tests]), (METHOD, [method] * len(tests))):
            out = out.with_column(f"{name}{behind}", texts_of_rows(texts, codes), letter=sheet.letters[at])
    told_apart = out.cells.copy(deep=False)
    for at in found:
        told_apart[at] = cells[at]
    headings += out.headings[len(headings) :]
    return replace(out, headings=tuple(headings), cells=told_apart, as_read=sheet.original)


def _has(columns: Mapping[str, int], heading: str) -> bool:
    return {CT: "ct", METHOD: "method"}.get(heading, "") in columns


@lru_cache(maxsize=20_000)
def _tests_of(text: str) -> tuple[_Test, ...]:
    """Return the tests that a cell tells, () where it says something else, too."""
    if len(text) > _LONGEST or not DAY_TOLD.search(text):
        return ()
    out: list[_Test] = []
    result: str | None = None
    open_result = False
    for piece in _BETWEEN.split(_DECIMAL.sub(".", fold(text))):
        said = _piece(piece)
        if said is None:
            return ()
        if said.result is not None:
            out += [_Test(result)] if open_result else []
            result, open_result = said.result, said.day is None
        if said.day is not None:
            out.append(said._replace(result=result))
            open_result = False
        elif said.ct is not None and out and not open_result:
            out[-1] = out[-1]._replace(ct=said.ct)
    out += [_Test(result)] if open_result else []
    counted = _TIMES.search(fold(text))
    if counted is not None and int(_COUNTS.get(counted["count"], counted["count"])) != len(out):
        return ()
    out = [one for one in out if one.day is not None or words("result").get(one.result or "") != "pending"]
    return tuple(out) if all(one.result and one.day for one in out) else ()


def _piece(piece: str) -> _Test | None:
    """Return what a part of a cell tells of a test; None where words are left over."""
    ct = _CT.search(piece)
    rest = _CT.sub(" ", piece)
    days = DAY_TOLD.findall(rest)
    rest = DAY_TOLD.sub(" ", rest)
    method = _METHOD.search(rest)
    rest = _METHOD.sub(" ", rest)
    signs = re.findall(_SIGN, rest)
    rest = re.sub(_SIGN, " ", rest)
    found = [word for word in _result_words() if re.search(rf"\b{re.escape(word)}\b", rest)][:1]
    rest = rest.replace(found[0], " ") if found else rest
    if len(days) > 1 or len(signs) + len(found) > 1 or _FILLER.sub("", rest):
        return None
    result = (signs or found or [None])[0]
    return _Test(result, days[0] if days else None, ct and ct[1], None if method is None else method[0])


@lru_cache(maxsize=1)
def _result_words() -> tuple[str, ...]:
    """Return the words for results without accents, the longest first; signs and single letters are none."""
    known = {fold(word) for word in words("result") if re.fullmatch(r"[^\W\d_]{2,}(?: [^\W\d_]+)*", word)}
    return tuple(sorted(known | {"cho ket qua", "cho kq"}, key=lambda word: (-len(word), word)))
