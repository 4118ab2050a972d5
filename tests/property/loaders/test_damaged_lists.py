"""Lists that came damaged: rows, columns, titles and cells lost, moved, doubled or typed over. A load never breaks off.

What cannot be read is asked or set aside; whatever a list says, no row is without an account and nothing of it ends a
load for the other lists. Answers that nobody would give may be given, too.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from lists import write_list

from loaders import Answers, LoadOptions, LoadResult, load_files
from loaders.account import Account, new_rows
from loaders.questions import OTHER

Cells = list[list[str]]

LISTS: dict[str, Cells] = {
    "cases": [
        ["BÁO CÁO CA BỆNH đến ngày 12/8/2021"],
        ["TT", "Mã BN", "Họ và tên", "Năm sinh", "Địa chỉ", "Ngày khởi phát", "Ngày lấy mẫu", "Kết quả", "Ghi chú"],
        ["1", "BN720", "Mai Thị Sen", "1979", "Ấp 3, xã Tân Hưng", "10/8", "12/8/2021", "Dương tính", "vợ BN721"],
        ["2", "BN721", "Lê Văn Ba", "1975", "Khóm 2, thị trấn Cái Nước", "", "12/8/2021", "(+)", "đi chợ sáng 9/8"],
        ["Tổng cộng: 2 ca"],
    ],
    "contacts": [
        ["DANH SÁCH F1 CỦA BN720"],
        ["STT", "Họ và tên", "Năm sinh", "", "SĐT", "Tiếp xúc", "", "XN lần 1", ""],
        ["", "", "Nam", "Nữ", "", "với ca", "ngày", "Ngày", "KQ"],
        ["1", "Trần Văn Tư", "1960", "", "0912345678", "BN720", "9/8", "12/8", "âm tính"],
        ["2", "Ngô Thị Út", "", "1988", "912345679", "BN720, BN721", "từ 7/8 đến 9/8", "12.8", "chưa có"],
        ["3", "Lý Bé", "", "2015", "nt", "nt", "nt", "", ""],
        ["Người lập biểu", "", "", "", "", "Trưởng trạm"],
    ],
    "coach": [
        ["DANH SÁCH HÀNH KHÁCH xe 69B-012.34, ngày 07/8/2021, xuất bến 5h, đến 12h30"],
        ["Ghế", "Họ tên", "Năm sinh", "SĐT", "Nơi lên"],
        ["A1", "Trương Thị Hạnh", "1987", "0919110002", "Cần Thơ"],
        ["A2", "Lai Văn Thanh", "1964", "0919110003", "Bạc Liêu"],
    ],
    "shifts": [
        ["PHÂN CA THÁNG 8/2021 - C1: 6h-14h; C2: 14h-22h"],
        ["Họ tên", "Tổ", "7/8", "8/8", "9/8"],
        ["Mai Thị Sen", "Tổ 1", "C1", "C1", "N"],
        ["Trần Văn Tư", "Tổ 1", "C1", "C2", "x"],
    ],
    "pools": [
        ["KẾT QUẢ RT-PCR MẪU GỘP ngày 12/8"],
        ["Mã mẫu gộp", "Họ tên", "Năm sinh", "Kết quả", "Ct"],
        ["M01", "Trần Văn Tư", "1960", "Dương tính", "24,1"],
        ["", "Ngô Thị Út", "1988", "", ""],
        ["M02", "Lý Bé", "2015", "Âm tính", ""],
    ],
    "rooms": [
        ["KHU CÁCH LY TRƯỜNG THPT - danh sách phòng"],
        ["Phòng", "Họ và tên", "Năm sinh", "Ngày vào", "Ngày ra", "Thuộc diện"],
        ["P.101", "Trần Văn Tư", "1960", "10/8", "", "F1 BN720"],
        ["", "Lý Bé", "2015", "10/8", "24/8", "F1"],
    ],
    "scans": [
        ["full_name", "phone", "location", "check_in", "check_out"],
        ["Mai Thi Sen", "84912000111", "Cho Cai Nuoc", "2021-08-09 06:40", "2021-08-09 07:20"],
        ["Le Van Ba", "0912000112", "Cho Cai Nuoc", "2021-08-09 07:00", ""],
    ],
    "told": [
        ["18:02 Trạm xã: BN720 sáng 9/8 có ghé quán cà phê Gió Lộng ở ấp 3 từ 7h đến 8h, ngồi cùng anh Tư và chị Út"],
        ["18:05 Trạm xã: danh sách F1: 1. Trần Văn Tư 1960 sđt 0912345678; 2. Ngô Thị Út 1988"],
        ["18:09 Trạm xã: chị Út test nhanh âm tính rồi nhé, nhầm, đang chờ"],
    ],
    "manifest": [
        ["FLIGHT VN1283 SGN-VCA DATE 04AUG21 STD 0640 STA 0730"],
        ["SEQ NAME                          SEAT  PNR     REMARK"],
        ["001 NGUYEN/VANTHANH MR            03A   XK2PLM  "],
        ["002 LE/VANCHIN MR                 03B   XK2PLM  POSITIVE 09AUG (BN35)"],
        ["TOTAL PAX 2  BOARDED 2"],
    ],
}
ODD = (
    *("BN1234", "F0", "F1", "31/6", "5/1991", "44387", "0912345678", "x", "-", "nt", '"', "(+)", "âm tính", "  "),
    *("từ 14h đến 16h", "ca 34 (mẹ)", "BN34, BN35 và BN36", "99/99/9999", "24:00", "1e9", "đang nằm", "Ghi chú"),
    *("Tổng cộng", "STT", "🙂", "a" * 300, "12.7.21 và 13.7.21", "sáng 12/5", "79A-123.45", "Xã Tân Hưng", "#N/A"),
)
TYPED = ("BN34 16/7", "31/6", "Nguyễn Văn A", "xã Tân Hưng", "index", "day", "?", "0912345678", "7h-11h", "tháng 7")


def damaged(cells: Cells, draw: random.Random) -> Cells:
    """Return a list after one to four mishaps."""
    rows = [list(row) for row in cells]
    for _ in range(draw.randint(1, 4)):
        width = max(map(len, rows), default=0)
        if not width:
            return rows
        mishap, column, row = draw.randrange(9), draw.randrange(width), draw.randrange(len(rows))
        if mishap == 0:
            draw.shuffle(rows)
        elif mishap == 1:
            del rows[: draw.randint(1, 3)]
        elif mishap == 2:
            rows = [[*line[:column], *line[column + 1 :]] for line in rows]
        elif mishap == 3:
            rows.insert(row, [draw.choice(ODD), *[""] * (width - 1)])
        elif mishap == 4:
            rows[row:row] = [rows[row]] * draw.randint(1, 3)
        elif mishap == 5:
            rows = [["" if draw.random() < 0.2 else cell for cell in line] for line in rows]
        elif mishap == 6:
            odd = draw.choice(ODD)
            rows = [[*line[:column], odd, *line[column + 1 :]] for line in rows]
        elif mishap == 7:
            rows = [[*line[:column], draw.choice(ODD), *line[column:]] for line in rows]
        else:
            rows = [[draw.choice(ODD) if draw.random() < 0.1 else cell for cell in line] for line in rows]
    return rows


def load(folder: Path, draw: random.Random, answers: Answers) -> LoadResult:
    """Load up to three lists of which each is damaged, as a text or a workbook."""
    paths = []
    for name in draw.sample(sorted(LISTS), draw.randint(1, 3)):
        rows = damaged(LISTS[name], draw)
        if name in ("told", "manifest") or draw.random() < 0.2:
            path = folder / f"{name}.txt"
            path.write_text("\n".join(" ".join(row) for row in rows), encoding="utf-8")
        else:
            path = write_list(folder / f"{name}.xlsx", [["" if "\0" in c else c for c in row] for row in rows])
        paths.append(path)
    return load_files(paths, options=LoadOptions(), answers=answers)


def any_answers(result: LoadResult, draw: random.Random) -> Answers:
    """Return an answer to most of the questions: any of the choices, or any words where words are taken."""
    given = {}
    for question in result.questions:
        if question.choices and draw.random() < 0.8:
            value = draw.choice(question.choices).value
            given[question.id] = draw.choice(TYPED) if value == OTHER else value
    return Answers(given, {question.id: question.people for question in result.questions if question.people})


@pytest.mark.parametrize("block", range(4))
def test_a_damaged_list_never_ends_a_load_and_every_row_has_an_account(block: int, tmp_path: Path) -> None:
    read = 0
    for seed in range(block * 8, block * 8 + 8):
        folder = tmp_path / str(seed)
        folder.mkdir()
        result = load(folder, random.Random(seed), Answers())
        again = load(folder, random.Random(seed), any_answers(result, random.Random(-seed)))
        for told in (result, again):
            account = Account(told, new_rows(told, {}))
            for summary in told.summaries:
                new, known, completed, waiting, bad = account.of(summary)
                assert new + known + completed + waiting + bad >= summary.rows, (seed, summary)
            read += len(told.records)
    assert read > 20, "damaged lists still tell much of what they told"
