"""More files that no honest program writes: by the million, nested, ciphered, with commands in them."""

from __future__ import annotations

import gzip
import io
import json
import warnings
import zipfile

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
from hostile import HEAD, SHEET_NS, XML, Hostile, hostile_files, numbered, ods_of, plain_book, with_parts


def all_hostile_files() -> Hostile:
    """Yield the name and the bytes of every hostile file that the tests make."""
    for family in (hostile_files, _more_texts, _more_json, _more_books, _more_parquet):
        yield from family()


def _more_texts() -> Hostile:
    quotes = '"' * 1_000_000
    yield "quotes.csv", f"{HEAD}C1,{quotes},2021-07-08\nC2,B,\n".encode()
    yield "quotes apart.csv", (HEAD + 'C1,"A" "B",2021-07-08\n' * 2_000).encode()
    yield "one line.csv", ("a," * 500_000).encode()
    yield "half a quote.csv", (HEAD + 'C1,"A,2021-07-08\n' + "C2,B,2021-07-09\n" * 3_000).encode()
    yield "packed.csv", gzip.compress(HEAD.encode(), mtime=0)
    yield "no mark.csv", (HEAD + "C1,Lê Bé,2021-07-08\n").encode("utf-16-le")
    yield (
        "two encodings.csv",
        (HEAD + "C1,Lê Bé,2021-07-08\n").encode() + "C2,Lê Bé,2021-07-09\n".encode("cp1258", "replace"),
    )
    yield "of one column.csv", ("name\n" + "A\n" * 500).encode()
    yield "separators change.csv", (HEAD + "C1;A;2021-07-08\nC2\tB\t2021-07-09\n").encode()


def _more_json() -> Hostile:
    row = '{"case id":"C1","name":"Ba A","onset":"2021-07-08"}'
    contents: list[str | bytes] = [
        *("[" * 1_000_000 + "]" * 1_000_000, '{"a":[' * 40 + "1" + "]}" * 40, f"[{row},{row[:-1]}]", f"{row}{row}"),
        *(f"[{row.replace('C1', '9' * 100_000)}]", '[{"case id":1e400,"name":-0.0}]', '[{"case id":true,"name":[]}]'),
        *(
            "\ufeff\ufeff[" + row + "]",
            f"[{row},]",
            f"// list\n[{row}]",
            f"[{row}]\0",
            "[" + row.encode("unicode_escape").decode(),
        ),
        *(("[" + row + "]").encode("utf-16-le"), ("[" + row + "]").encode("utf-32-be"), b"[" + row.encode() + b"\xff]"),
    ]
    yield from numbered("more .json", contents)
    yield "wide.ndjson", "\n".join(json.dumps({f"h{n}": 1}) for n in range(2_500)).encode()


def _more_books() -> Hostile:
    good = plain_book()
    sheet = zipfile.ZipFile(io.BytesIO(good)).read("xl/worksheets/sheet1.xml")
    book = openpyxl.Workbook()
    for number in range(40):
        book.create_sheet(f"S{number}").append(["case id"])
    out = io.BytesIO()
    book.save(out)
    yield "sheets.xlsx", out.getvalue()
    shared = f'{XML}<sst xmlns="{SHEET_NS}" count="4000000000" uniqueCount="4000000000">'.encode()
    strings = shared + b"<si><t>x</t></si>" * 50_000 + b"</sst>"
    yield "shared strings.xlsx", with_parts(good, lambda _name, data: data, {"xl/sharedStrings.xml": strings})
    dde = sheet.replace(b"<v>", b"<f>cmd|'/C calc'!A0</f><v>", 1)
    yield "dde.xlsx", with_parts(good, lambda name, data: dde if "sheet1" in name else data)
    link = (
        f'{XML}<externalLink xmlns="{SHEET_NS}"><ddeLink ddeService="cmd" ddeTopic="/C calc"/></externalLink>'.encode()
    )
    yield "external.xlsx", with_parts(good, lambda _name, data: data, {"xl/externalLinks/externalLink1.xml": link})
    yield "same part twice.xlsx", _twice(good)
    cell = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
    empty = '<table:table-cell table:number-columns-repeated="1000000000"/>'
    for number, row in enumerate((cell, empty, cell + empty)):
        repeated = f'<table:table-row table:number-rows-repeated="1000000000">{row}</table:table-row>'
        yield f"repeated {number}.ods", ods_of(f"<table:table-row>{cell}</table:table-row>{repeated}")


def _twice(data: bytes) -> bytes:
    """Return a workbook that holds one sheet under one name twice, the second empty."""
    out = io.BytesIO(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(out, "a") as archive:
            archive.writestr("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{SHEET_NS}"><sheetData/></worksheet>')
    return out.getvalue()


def _more_parquet() -> Hostile:
    frame = pa.table(
        {
            "case id": ["C1", "C2"],
            "name": pa.array([["a"], None]),
            "onset": pa.array([b"\xff\xfe", b"2021-07-08"]),
            "note": pa.array([{"a": {"b": [1]}}, None]),
            "many": pa.array([2**63, 1], type=pa.uint64()),
            "late": pa.array([2**62, None], type=pa.timestamp("us")),
            "exact": pa.array([None, 1], type=pa.decimal128(38, 10)),
            "nothing": pa.nulls(2),
        }
    )
    out = io.BytesIO()
    pq.write_table(frame, out)
    data = out.getvalue()
    yield "nested.parquet", data
    yield "cut.parquet", data[:-9]
    yield "ciphered.parquet", data[:-4] + b"PARE"
    yield "head only.parquet", b"PAR1PAR1"
    length = bytearray(data)
    length[-8:-4] = (2**31 - 1).to_bytes(4, "little")
    yield "long foot.parquet", bytes(length)
    twice = io.BytesIO()
    pq.write_table(pa.table([["C1"], ["C2"]], names=["case id", "case id"]), twice)
    yield "heading twice.parquet", twice.getvalue()
