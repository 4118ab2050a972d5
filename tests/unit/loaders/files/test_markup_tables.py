"""Files called a workbook that are none: a web page, the XML of Excel 2003, text with tabs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from lists import isolations_of

from loaders import LoadOptions, load_files
from loaders.files.markup_tables import is_markup
from loaders.limits import Limits
from loaders.result import LoadResult

PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><title>Xuất dữ liệu</title>
<style>td{mso-number-format:"\\@"}</style><!--[if gte mso 9]><xml><x:Name>Sheet1</x:Name></xml><![endif]--></head><body>
<h3>UBND XÃ TÂN HƯNG</h3><p>DANH SÁCH QUYẾT ĐỊNH CÁCH LY</p><img src="http://192.0.2.1/logo.png">
<table><tr><th rowspan=2>STT</th><th rowspan=2>Họ và tên</th><th rowspan=2>Năm sinh</th><th rowspan="2">Điện thoại</th>
<th rowspan=2>Nơi cách ly</th><th colspan="2">Thời gian cách ly</th></tr>
<tr><th>Từ ngày</th><th>Đến hết ngày</th></tr>
<tr><td>1<td>T&#7841; Th&#7883; <b>Rau</b><td>1984<td>0912000391</td><td rowspan="2">Trường TH<br>Tân Hưng</td>
<td>02/8/2021</td><td>16/8/2021</td></tr>
<tr><td>2</td><td>Tạ&nbsp;Văn Cải</td><td>1979</td><td>0912000392</td><td>13/8/2021</td><td>27/8/2021</td></tr>
<tr><td colspan="7">Tổng cộng: 2 quyết định</td></tr></table>{script}</body></html>"""
XML = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="QD"><Table>
<Row><Cell><Data ss:Type="String">Họ và tên</Data></Cell><Cell><Data ss:Type="String">Năm sinh</Data></Cell>
<Cell><Data ss:Type="String">Điện thoại</Data></Cell><Cell><Data ss:Type="String">Nơi cách ly</Data></Cell>
<Cell><Data ss:Type="String">Từ ngày</Data></Cell><Cell><Data ss:Type="String">Đến hết ngày</Data></Cell></Row>
<Row ss:Index="3"><Cell><Data ss:Type="String">Tạ Thị Rau</Data></Cell><Cell><Data ss:Type="Number">1984</Data></Cell>
<Cell><Data ss:Type="String">0912000391</Data></Cell><Cell ss:MergeDown="1"><Data ss:Type="String">Trường TH
Tân Hưng</Data></Cell><Cell><Data ss:Type="DateTime">2021-08-02T00:00:00.000</Data></Cell>
<Cell><Data ss:Type="DateTime">2021-08-16T00:00:00.000</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">Tạ Văn Cải</Data></Cell><Cell ss:Index="3"><Data ss:Type="String">0912000392</Data>
</Cell><Cell ss:Index="5"><Data ss:Type="DateTime">2021-08-13T00:00:00.000</Data></Cell>
<Cell><Data ss:Type="DateTime">2021-08-27T00:00:00.000</Data></Cell></Row>
</Table></Worksheet></Workbook>"""
TABS = """Họ và tên\tNăm sinh\tĐiện thoại\tNơi cách ly\tTừ ngày\tĐến hết ngày\r
Tạ Thị Rau\t1984\t0912000391\tTrường TH Tân Hưng\t02/8/2021\t16/8/2021\r
Tạ Văn Cải\t1979\t0912000392\tTrường TH Tân Hưng\t13/8/2021\t27/8/2021\r
"""


def _load(folder: Path, data: bytes, options: LoadOptions | None = None) -> LoadResult:
    (folder / "qd.xls").write_bytes(data)
    return load_files(folder / "qd.xls", options=options or LoadOptions(today=date(2021, 8, 31)))


@pytest.mark.parametrize(
    "data",
    [
        PAGE.encode(),
        b"\xef\xbb\xbf" + PAGE.encode(),
        PAGE.encode("utf-16"),
        XML.encode(),
        TABS.encode(),
        b"\xef\xbb\xbf" + TABS.encode(),
    ],
    ids=["page", "page-mark", "page-utf16", "xml", "tabs", "tabs-mark"],
)
def test_what_systems_call_a_workbook_is_read_as_what_it_is(tmp_path: Path, data: bytes) -> None:
    result = _load(tmp_path, data)
    told = {(who, " ".join(place.split()), start, end) for who, _, place, start, end in isolations_of(result)}
    assert {(who, place[-len("Trường TH Tân Hưng") :], start, end) for who, place, start, end in told} == {
        ("Tạ Thị Rau", "Trường TH Tân Hưng", "2021-08-02", "2021-08-16"),
        ("Tạ Văn Cải", "Trường TH Tân Hưng", "2021-08-13", "2021-08-27"),
    }
    assert set(result.records.persons["phone"]) == {"0912000391", "0912000392"}


def test_what_a_page_does_not_show_is_no_row(tmp_path: Path) -> None:
    page = PAGE.replace("{script}", "<script>document.write('<table><tr><td>Ma Thị Ma</td></tr></table>')</script>")
    assert set(_load(tmp_path, page.encode()).records.persons["name"]) == {"Tạ Thị Rau", "Tạ Văn Cải"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<html><body><p>Xin m\xe1\xbb\x9di d\xc4\x83ng nh\xe1\xba\xadp</p></body></html>", "file.unreadable"),
        (b"<table><tr>" + b"<td colspan=999>x</td>" * 5 + b"</tr></table>", "file.columns"),
        (b"<table><tr><td>x</td></tr><![nonsense[ y ]]></table>", "file.unreadable"),
    ],
    ids=["login", "wide", "broken"],
)
def test_a_page_without_a_list_costs_itself_only(tmp_path: Path, data: bytes, code: str) -> None:
    result = _load(tmp_path, data)
    assert result.findings.of(code=code)["file"].tolist() == ["qd.xls"] and result.records.persons.empty


def test_a_table_of_a_page_is_held_to_the_cells_of_a_sheet(tmp_path: Path) -> None:
    options = LoadOptions(limits=replace(Limits(), cells=20))
    assert _load(tmp_path, PAGE.encode(), options).findings.of(code="file.too_wide")["file"].tolist() == ["qd.xls"]


@pytest.mark.parametrize(("data", "told"), [(b"  <HTML>", True), (b"\xd0\xcf\x11\xe0", False), (b"<?xml?><a/>", False)])
def test_a_page_is_known_by_its_first_words(data: bytes, told: bool) -> None:
    assert is_markup(data) is told
