"""Several people in one sentence of a report, each with year and telephone in brackets."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from lists import names_of, pairs_of, visits_of

from loaders import LoadOptions, load_files
from loaders.columns.bracketed import people_in_brackets
from loaders.columns.companions import companions_of
from loaders.columns.person_line import DAYS, HOURS, NAME, PHONE, RELATION, REMARK, people_of_line


def _told(text: str) -> list[tuple[str | None, ...]]:
    return [tuple(one.get(h) for h in (NAME, PHONE, DAYS, HOURS)) for one in people_in_brackets(text)]


def test_each_has_the_words_behind_its_brackets(tmp_path: Path) -> None:
    text = (
        "Bà Lục Thị Sen (1951) nằm giường kế bên từ 03/8 đến 05/8; bà Mã Thị Súng (1962, 0912000501) cùng phòng"
        " ngày 04/8; người nuôi bà Súng là anh Mã Văn Ấu (1985, 0912 000 502), 7h - 8h ngày 05/8"
    )
    assert _told(text) == [
        ("Lục Thị Sen", None, "03/8 đến 05/8", None),
        ("Mã Thị Súng", "0912000501", "04/8", None),
        ("Mã Văn Ấu", "0912000502", "05/8", "7h-8h"),
    ]


def test_those_who_are_joined_share_what_is_told_behind_the_last() -> None:
    text = (
        "cha Cổ Văn Bần (1974, 0912000503) và mẹ Cao Thị Mắm (1977, 0912000504) ở cùng nhà tới 09/8;"
        " hai bạn Na, Hoa nêu trên"
    )
    father, mother = people_in_brackets(text)
    assert (father[RELATION], father[DAYS], mother[RELATION], mother[DAYS]) == ("cha", "09/8", "mẹ", "09/8")
    assert "hai bạn Na, Hoa nêu trên" in mother[REMARK]


@pytest.mark.parametrize(
    "text", ["Lê Văn Tư (1980), bạn là Na", "Lê Văn Tư, 1980; Lê Thị Na, 1985", "xã (2020) và huyện"]
)
def test_other_lines_are_read_as_before(text: str) -> None:
    assert people_in_brackets(text) == []


def test_so_many_friends_before_the_first_name() -> None:
    found = companions_of("uống nước cùng 02 bạn học là Lê Gia Nam (2003, 0912000505) và Phạm Yến Nhi (2003)").named
    assert [one[NAME] for one in found] == ["Lê Gia Nam", "Phạm Yến Nhi"]
    assert people_of_line("Lê Gia Nam (2003)")[0][NAME] == "Lê Gia Nam"


REPORT = """BÁO CÁO NHANH
Về 02 ca mắc mới ghi nhận (tính đến ngày 12/8/2021)
1. Bệnh nhân BN5501
Họ và tên: Từ Thị Cam, nữ, sinh năm 1968, trú tại ấp 2, xã Tân Thành. Bệnh nhân nhập viện ngày 05/8.
Các trường hợp F1 của BN5501:
- Từ Văn Quýt (SN 1991, con trai, SĐT 0912000511) chăm sóc bệnh nhân từ ngày 05/8 đến ngày 07/8.
- Nhân viên y tế: BS. Hứa Văn Chanh (1983, 0912 000 512) khám lúc 8h00 - 8h20 ngày 06/8; ĐD Lữ Thị Hạnh (1990, \
0912000513) thay băng cho bệnh nhân ngày 07/8.
2. Bệnh nhân BN5502
Đinh Gia Lộc, nam, SN 2003, học sinh lớp 12, trú tại ấp 3, xã Tân Thành. Tối 10/8 sốt.
Mốc dịch tễ:
+ Ngày 09/8: từ 19h00 đến 21h00 ngồi quán nước Bờ Kè cùng 02 bạn là Lê Gia Nam (2003, 0912000514) và Phạm Yến Nhi \
(2003, 0912000515).
F1 của BN5502: cha Đinh Văn Tài (1974, 0912000516) và mẹ Hồ Thị Quế (1977, 0912000517) ở cùng nhà, \
tiếp xúc lần cuối 11/8.
"""


def test_a_report_of_two_cases_tells_the_contacts_and_the_visits_of_each(tmp_path: Path) -> None:
    document = docx.Document()
    for line in REPORT.splitlines():
        document.add_paragraph(line)
    document.save(tmp_path / "bao cao.docx")
    result = load_files(tmp_path / "bao cao.docx", options=LoadOptions())
    names = names_of(result)
    pairs = {(frozenset(pair[:2]), pair[2], pair[3]) for pair in pairs_of(result)}
    cam, loc = (names.get(code, code) for code in ("BN5501", "BN5502"))
    assert pairs == {
        (frozenset({cam, "Từ Văn Quýt"}), "2021-08-05", "2021-08-07"),
        (frozenset({cam, "Hứa Văn Chanh"}), "2021-08-06T08:00", "2021-08-06T08:20"),
        (frozenset({cam, "Lữ Thị Hạnh"}), "2021-08-07", "2021-08-07"),
        (frozenset({loc, "Lê Gia Nam"}), "2021-08-09T19:00", "2021-08-09T21:00"),
        (frozenset({loc, "Phạm Yến Nhi"}), "2021-08-09T19:00", "2021-08-09T21:00"),
        (frozenset({loc, "Đinh Văn Tài"}), "2021-08-11", "2021-08-11"),
        (frozenset({loc, "Hồ Thị Quế"}), "2021-08-11", "2021-08-11"),
    }
    assert {(who, start, end) for who, _, start, end in visits_of(result)} == {
        (loc, "2021-08-09T19:00", "2021-08-09T21:00")
    }
