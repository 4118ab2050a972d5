"""Files that no honest program writes, or that broke on their way: made anew for every test, the same each time."""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import Final

import openpyxl
import pandas as pd

Hostile = Iterator[tuple[str, bytes]]

HEAD: Final = "case id,name,onset\n"
ROWS: Final = [["case id", "name", "onset"], ["C1", "Ba A", "2021-07-08"], ["C2", "Ba B", "2021-07-09"]]
XML: Final = '<?xml version="1.0" encoding="UTF-8"?>'
SHEET_NS: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_BOMB: Final = (
    f"{XML}<!DOCTYPE x [<!ENTITY a0 'aaaaaaaaaa'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
    + "]>"
)


def hostile_files() -> Hostile:
    """Yield the name and the bytes of every file; at least three hundred."""
    for family in (_texts, _shapes, _damaged_texts, _json, _workbooks, _sheets, _other_books, _packed, _parquet):
        yield from family()


def numbered(name: str, contents: list[str | bytes]) -> Hostile:
    stem, _, ending = name.rpartition(".")
    for number, content in enumerate(contents):
        yield f"{stem}{number}.{ending}", content if isinstance(content, bytes) else content.encode("utf-8", "replace")


def damaged(data: bytes, seed: int, count: int) -> Iterator[bytes]:
    """Yield ``count`` damaged copies: cut off, bytes changed, left out, doubled."""
    chance = random.Random(seed)
    for number in range(count):
        copy = bytearray(data)
        at = chance.randrange(len(copy))
        if number % 4 == 0:
            del copy[at:]
        elif number % 4 == 1:
            for _ in range(chance.randint(1, 20)):
                copy[chance.randrange(len(copy))] = chance.randrange(256)
        elif number % 4 == 2:
            del copy[at : at + chance.randint(1, 40)]
        else:
            copy[at:at] = copy[at : at + chance.randint(1, 200)]
        yield bytes(copy)


def _texts() -> Hostile:
    cells = [
        *("\0", "a\0b", "\x1b[2J\x1b]0;x\x07", "\u202egnp.exe", "\u200b", "\ufeff", "\u2028", "\x85", "\x7f", "\ud800"),
        *("=1+1", "=cmd|' /C calc'!A0", "@SUM(1)", "+84912345678", "-1", "1e999", "nan", "inf", "-0", "0x1F", "1_000"),
        *("9999-12-31", "0000-00-00", "10000-01-01", "-1-1-1", "31/31/2021", "2021-07-08T99:99", "24:00", "1/1/1"),
        *("٢٠٢١-٠٧-٠٨", "２０２１-07-08", "2021‑07‑08", "8.7.21.9", "99999999999999999999", "1" * 5_000, "a" * 33_000),
        *(" " * 50_000, "8/" * 5_000, "lúc " * 5_000, "(" * 5_000, "[a](" * 2_000, "ngày " * 3_000 + "8", "- " * 5_000),
        *("$(touch X)", "`touch Y`", "'; DROP TABLE persons; --", "<script>alert(1)</script>", "{{7*7}}", "${jndi:x}"),
        *(
            "../../../etc/passwd",
            "CON",
            "NULL",
            "None",
            "#REF!",
            "#N/A",
            "TRUE",
            "\\",
            '""',
            "'",
            "%s%n",
            "\u0410\u0412",
        ),
    ]
    quoted = ['"' + cell.replace('"', '""') + '"' for cell in cells]
    yield from numbered("cell as id .csv", [f"{HEAD}{cell},Ba A,2021-07-08\nC2,Ba B,2021-07-09\n" for cell in quoted])
    yield from numbered("cell as day .csv", [f"{HEAD}C1,Ba A,{cell}\nC2,Ba B,2021-07-09\n" for cell in quoted])


def _shapes() -> Hostile:
    many = ",".join(f"h{n}" for n in range(5_000))
    shapes: list[str | bytes] = [
        *(
            "",
            " ",
            "\n\n\n",
            ",",
            ",\n,",
            ",,,,,\n" * 50,
            "\t;|,",
            '"',
            '""',
            '"""',
            '"\n' * 40,
            "a",
            "a\n",
            "\0" * 500,
        ),
        *("," * 100_000 + "\n1\n", many + "\n" + "1," * 4_999 + "1\n", "a,a,a\n1,2,3\n", ",,\nC1,A,2021-07-08\n"),
        *(HEAD + 'C1,"A,2021-07-08\n' * 3, HEAD + "C1,A\n" * 5, HEAD + "C1,A,2021-07-08,x,y,z\n" * 5, HEAD * 50),
        *(HEAD.replace("\n", "\r") + "C1,A,2021-07-08\r", HEAD + "C1;A;2021-07-08\n", HEAD + "C1\tA\t2021-07-08\n"),
        *(f"{'x' * 20_000},name,onset\nC1,A,2021-07-08\n", "sep=\x00\n" + HEAD, "sep=\n", "sep=;;;\n" + HEAD),
        *("-- phpMyAdmin\nINSERT INTO t VALUES (1);\n", "<html><table><tr><td>case id</td></tr></table></html>"),
        *(HEAD + "C1,C1,C1\n", "person,source\nA,A\nB,A\nA,B\n", HEAD + "C1,A,2021-07-08\n" * 300),
    ]
    yield from numbered("shape .csv", shapes)


def _damaged_texts() -> Hostile:
    text = "Mã BN,Họ và tên,Ngày khởi phát\nBN1,Nguyễn Văn Ba,2021-07-08\nBN2,Lê Thị Bé,9/7/2021\n"
    for name in ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "utf-7"):
        yield f"in {name}.csv", text.encode(name)
        for number, copy in enumerate(damaged(text.encode(name), len(name), 6)):
            yield f"in {name} damaged {number}.csv", copy
    wrong = [
        b"\xff\xfe",
        b"\xfe\xff\x00",
        b"\xef\xbb\xbf",
        b"\xc0\xaf" * 9,
        b"\xed\xa0\x80" * 9,
        b"\xf8\x88\x80\x80\x80",
        b"\x80" * 90,
    ]
    yield from numbered("bytes .csv", [HEAD.encode() + b"C1," + each + b",2021-07-08\n" for each in wrong])
    yield from numbered("starts .txt", [each + HEAD.encode() for each in wrong])
    starts = [
        b"%PDF-1.7",
        b"\x89PNG\r\n\x1a\n",
        b"MZ\x90\0",
        b"\x7fELF",
        b"PK\x03\x04",
        b"\x1f\x8b",
        b"SQLite format 3\0",
        b"{\\rtf1",
    ]
    yield from numbered("kind .csv", [each + bytes(300) for each in starts])


def _json() -> Hostile:
    row = {"case id": "C1", "name": "Ba A", "onset": "2021-07-08"}
    good = json.dumps([row, {**row, "case id": "C2"}])
    contents: list[str | bytes] = [
        *("", "null", "1", '"x"', "[]", "{}", "[[]]", "[null]", "[1,[2]]", "[{}]", "[{},{}]", '{"a":{}}', '{"a":[]}'),
        *(
            "[" * 5_000 + "]" * 5_000,
            '{"a":' * 3_000 + "1" + "}" * 3_000,
            "[" * 100_000,
            '["' + '\\"' * 20_000,
            '"' * 9_999,
        ),
        *('[{"case id":"C6","case id":"C7"}]', '[{"case id":NaN}]', '[{"case id":Infinity}]', '[{"case id":1e999}]'),
        *(f'[{{"case id":{"9" * 6_000}}}]', '[{"case id":"\\ud800"}]', '[{"case id":"\\u0000"}]', "[{'case id':'C1'}]"),
        *('[{"":""}]', '[{"case id":["a",{"b":1}]}]', good[:-1], good + good, good.replace(",", "\n"), "\ufeff" + good),
        *(good.encode("utf-16"), good.encode("utf-32"), b"\xff" + good.encode(), good.replace("Ba A", "A\u2028B")),
        *("\n\n" + json.dumps(row) + "\n\n" + json.dumps(row), json.dumps(row) + "\n{", json.dumps({"x" * 9_999: row})),
        json.dumps([{f"h{n}": n} for n in range(400)]),
    ]
    yield from numbered("content .json", contents)
    yield from numbered("lines .ndjson", [json.dumps(row) + "\n" + copy for copy in ("1", "[]", "{}", "nul", '"a"')])
    yield from numbered("damaged .json", [*damaged(good.encode(), 7, 24)])


def plain_book() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ROWS:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_parts(
    data: bytes, change: Callable[[str, bytes], bytes | None], more: Mapping[str, bytes] | None = None
) -> bytes:
    """Return a workbook with its parts as ``change`` makes them, without those of which it makes None."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name, content in (more or {}).items():
            new.writestr(name, content)
    return out.getvalue()


def _workbooks() -> Hostile:
    good = plain_book()
    yield from numbered("damaged .xlsx", [*damaged(good, 11, 40)])
    names = zipfile.ZipFile(io.BytesIO(good)).namelist()
    for number, gone in enumerate(names):
        yield (
            f"without part {number}.xlsx",
            with_parts(good, lambda name, data, gone=gone: None if name == gone else data),
        )
        yield (
            f"empty part {number}.xlsx",
            with_parts(good, lambda name, data, gone=gone: b"" if name == gone else data),
        )
        yield (
            f"bomb in part {number}.xlsx",
            with_parts(good, lambda name, data, gone=gone: _entities(data) if name == gone else data),
        )
    yield "outside.xlsx", with_parts(good, lambda _name, data: data, {"../../outside.txt": b"x", "/etc/x": b"x"})
    yield "zip in zip.xlsx", with_parts(good, lambda _name, data: data, {"xl/embeddings/a.zip": good})
    forged = bytearray(good)
    at = forged.rfind(b"PK\x01\x02")
    forged[at + 24 : at + 28] = (2**31).to_bytes(4, "little")
    yield "forged size.xlsx", bytes(forged)
    yield "book as ods.ods", good
    yield "book as xls.xls", good
    yield "book as csv.csv", good


def _entities(data: bytes) -> bytes:
    body = data.split(b"?>", 1)[-1] if data.startswith(b"<?xml") else data
    return _BOMB.encode() + body.replace(b"</", b"&a11;</", 1)


def _sheets() -> Hostile:
    good = plain_book()
    cells = [
        *(
            '<c r="XFD1048576"><v>1</v></c>',
            '<c r="XFE1"><v>1</v></c>',
            '<c r="A0"><v>1</v></c>',
            '<c r="a1"><v>1</v></c>',
        ),
        *('<c r="A99999999999999999999"><v>1</v></c>', '<c r="ZZZZZZZZ1"><v>1</v></c>', '<c r=""><v>1</v></c>', "<c/>"),
        *('<c r="A1" t="s"><v>99999999</v></c>', '<c r="A1" t="s"><v>-1</v></c>', '<c r="A1" t="s"><v>x</v></c>'),
        *('<c r="A1" t="d"><v>2021-99-99</v></c>', '<c r="A1" t="b"><v>7</v></c>', '<c r="A1" t="e"><v>#BAD</v></c>'),
        *(
            '<c r="A1" t="?"><v>1</v></c>',
            '<c r="A1"><v>1e999</v></c>',
            '<c r="A1"><v>NaN</v></c>',
            '<c r="A1"><v></v></c>',
        ),
        *(
            '<c r="A1" s="99999"><v>1</v></c>',
            '<c r="A1" s="-1"><v>1</v></c>',
            '<c r="A1"><f>A1</f></c>',
            "<c><c><c/></c></c>",
        ),
        *(
            '<c r="A1" t="inlineStr"/>',
            '<c r="A1" t="inlineStr"><is><t>&#0;</t></is></c>',
            '<c r="A1"><v>&nope;</v></c>',
        ),
        '<c r="A1" t="inlineStr"><is><t>' + "x" * 200_000 + "</t></is></c>",
        '<c r="A1" t="inlineStr"><is><t>&#x1b;[2J</t></is></c>',
    ]
    tails = [
        '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        '<mergeCells><mergeCell ref="C3:A1"/></mergeCells>',
        '<mergeCells><mergeCell ref="nonsense"/></mergeCells>',
        "<mergeCells>" + '<mergeCell ref="A2:C3"/>' * 3_000 + "</mergeCells>",
    ]
    heads = [
        '<dimension ref="A1:XFD1048576"/>',
        '<dimension ref="A1:ZZZZ99999999"/>',
        '<dimension ref="C9:A1"/>',
        '<cols><col min="1" max="99999999" hidden="1"/></cols>',
    ]
    bodies = [f'<sheetData><row r="1">{cell}</row></sheetData>' for cell in cells]
    row = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
    bodies += [f"{row}{tail}" for tail in tails] + [f"{head}{row}" for head in heads]
    bodies += [
        "",
        "<sheetData>",
        "<sheetData/>" * 100,
        "<sheetData><row>" * 500,
        '<sheetData><row r="99999999999"/></sheetData>',
    ]
    for number, body in enumerate(bodies):
        xml = f'{XML}<worksheet xmlns="{SHEET_NS}">{body}</worksheet>'.encode()
        yield f"sheet {number}.xlsx", with_parts(good, lambda name, data, xml=xml: xml if "sheet1" in name else data)


def ods_of(table: str) -> bytes:
    out = io.BytesIO()
    office = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'{XML}<office:document-content xmlns:office="{office}:office:1.0" xmlns:table="{office}:table:1.0" '
        f'xmlns:text="{office}:text:1.0"><office:body><office:spreadsheet><table:table table:name="A">{table}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f"{XML}<manifest/>")
        archive.writestr("content.xml", content)
    return out.getvalue()


def _other_books() -> Hostile:
    cell = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
    many = cell.replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="{}"')
    rows = '<table:table-row table:number-rows-repeated="{}">{}</table:table-row>'
    tables = [
        *(f"<table:table-row>{cell}</table:table-row>", rows.format(1_048_576, cell), rows.format(2**31, cell)),
        *(
            rows.format(1, many.format(16_384)),
            rows.format(1_048_576, many.format(16_384)),
            rows.format(1, many.format(2**40)),
        ),
        *(
            rows.format(-1, cell),
            rows.format("x", cell),
            rows.format(1, many.format(-1)),
            "<table:table-row>" * 400,
            "",
            "&x;",
        ),
    ]
    yield from numbered("table .ods", [ods_of(table) for table in tables])
    yield from numbered("damaged .ods", [*damaged(ods_of(rows.format(2, cell)), 17, 16)])
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    chance = random.Random(3)
    yield from numbered(
        "old .xls", [old, old + bytes(600), old + b"\xff" * 4_096, *(old + chance.randbytes(3_000) for _ in range(9))]
    )
    yield from numbered("binary .xlsb", [b"", plain_book(), *damaged(plain_book(), 23, 6)])


def _packed() -> Hostile:
    text = (HEAD + "C1,Ba A,2021-07-08\n").encode()
    packed = gzip.compress(text, mtime=0)
    twice = gzip.compress(packed, mtime=0)
    yield from numbered("packed .csv.gz", [b"", b"\x1f\x8b", packed[:-5], packed + b"x" * 9, packed * 3, twice, text])
    yield "long.csv.gz", gzip.compress(b" " * (70 << 20), compresslevel=1, mtime=0)
    yield from numbered("damaged .csv.gz", [*damaged(packed, 5, 8)])


def _parquet() -> Hostile:
    out = io.BytesIO()
    pd.DataFrame(ROWS[1:], columns=ROWS[0]).to_parquet(out)
    yield from numbered("damaged .parquet", [*damaged(out.getvalue(), 29, 40)])
