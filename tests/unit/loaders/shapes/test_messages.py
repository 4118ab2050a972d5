"""Messages pasted as text: whom each line names, whose contact they are; a line that is not read is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from loaders import Answers, LoadOptions, LoadResult, load_files
from loaders.columns.person_line import people_of_line
from tracing.times import format_iso

CASES = (
    "Mã BN,Họ và tên,Năm sinh,Ngày khởi phát\nBN52007,Đinh Văn Sang,1985,1/8/2021\n"
    "BN52008,Mai Thị Xuyến,1957,3/8/2021\n"
)


def load(folder: Path, message: str, *, cases: str = CASES, answers: dict[str, str] | None = None) -> LoadResult:
    (folder / "ca.csv").write_text(cases, encoding="utf-8")
    (folder / "tin nhan.txt").write_text(message, encoding="utf-8")
    paths = [folder / "ca.csv", folder / "tin nhan.txt"]
    return load_files(paths, options=LoadOptions(today=date(2021, 8, 20)), answers=Answers(answers or {}))


def contacts(result: LoadResult) -> dict[str, tuple[str, str | None, str | None]]:
    """Return name of each contact -> name of whom they met, kind, first day."""
    names = result.records.persons.set_index("person")["name"]
    rows = result.records.contacts[["person_a", "person_b", "kind", "start", "start_to"]]
    cases = set(result.records.cases["person"])
    met = rows[rows["person_a"].isin(cases) | rows["person_b"].isin(cases)]
    first = {*met["person_a"], *met["person_b"]}
    return {
        str(names[a if b in cases or (a not in cases and b in first) else b]): (
            str(names[b if b in cases or (a not in cases and b in first) else a]),
            kind if isinstance(kind, str) else None,
            None if start is None or start != start else format_iso(int(start), int(to), "Asia/Ho_Chi_Minh")[:10],
        )
        for a, b, kind, start, to in rows.astype(object).where(rows.notna(), None).itertuples(index=False)
    }


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "Bùi Văn Tèo 1981 anh ruột, ở chung, sđt 0977 100 200",
            {"Họ và tên": "Bùi Văn Tèo", "Năm sinh": "1981", "Quan hệ": "anh ruột", "SĐT": "0977100200"},
        ),
        ("0912 777 888 Huỳnh Tấn Đạt, đồng nghiệp", {"Họ và tên": "Huỳnh Tấn Đạt", "SĐT": "0912777888"}),
        ("Danh Kim Hồng (1993, em họ) gặp 3/8 và 5/8", {"Năm sinh": "1993", "Ngày tiếp xúc": "3/8 và 5/8"}),
        ("bé Na, 4t, cháu ngoại", {"Họ và tên": "Bé Na", "Tuổi": "4", "Quan hệ": "cháu ngoại"}),
        ("Thạch Sơn, nam, ngụ ấp Sóc Vinh, chở đi chợ 7h-7h20 ngày 3/8", {"Địa chỉ": "ấp Sóc Vinh", "Giờ": "7h-7h20"}),
        ("Lâm Thị Kiều, k khẩu trang, ăn trưa 6/8", {"Bảo hộ": "không", "Ghi chú": "ăn trưa"}),
    ],
)
def test_what_a_line_tells_of_somebody(line: str, told: dict[str, str]) -> None:
    [person] = people_of_line(line)
    assert told.items() <= person.items()


def test_a_line_may_tell_of_two_and_a_sentence_of_nobody() -> None:
    assert [one["Họ và tên"] for one in people_of_line("Sơn Thị Ry, 1980, mẹ; Sơn Rích, 2001, em")] == [
        "Sơn Thị Ry",
        "Sơn Rích",
    ]
    assert people_of_line("chưa rõ tên, sđt 0933444555") == []
    assert people_of_line("Xã Tân Hưng báo thêm") == []


def test_a_message_about_the_contacts_of_a_case_is_a_list_of_contacts(tmp_path: Path) -> None:
    message = (
        "Dạ em báo F1 của BN 52007 (Đinh Văn Sang) ạ:\n- Đinh Thị Mận - 1988 - vợ - ở chung - 0977 100 200\n"
        "+ Phan Văn Tới, sn 1969, hàng xóm, nhậu chung tối 5/8\nF2:\n- Phan Thị Cúc 1970, vợ anh Tới, gặp 6/8\n"
    )
    assert contacts(load(tmp_path, message)) == {
        "Đinh Thị Mận": ("Đinh Văn Sang", "household", None),
        "Phan Văn Tới": ("Đinh Văn Sang", "social", "2021-08-05"),
        "Phan Thị Cúc": ("Phan Văn Tới", None, "2021-08-06"),
    }


def test_several_cases_in_one_message(tmp_path: Path) -> None:
    message = (
        "F1 ca Đinh Văn Sang (BN52007):\n• 0912 777 888 Huỳnh Tấn Đạt, 1991, đồng nghiệp\n• Lâm Thị Kiều 34 tuổi\n"
        "F1 của ca dương tính Mai Thị Xuyến, 1957:\n• Trương Văn Bền, 1955, chồng\n"
    )
    assert {name: met[0] for name, met in contacts(load(tmp_path, message)).items()} == {
        "Huỳnh Tấn Đạt": "Đinh Văn Sang",
        "Lâm Thị Kiều": "Đinh Văn Sang",
        "Trương Văn Bền": "Mai Thị Xuyến",
    }


def test_a_line_that_is_not_read_is_set_aside_with_its_words(tmp_path: Path) -> None:
    message = (
        "Kính gửi anh\nDanh sách F1 của BN52008\nTrương Văn Bền 1955 chồng 0911000333\n"
        "bà Năm bán vé số hay ghé nhà\nchưa rõ tên, sđt 0933444555\nCảm ơn anh\n"
    )
    result = load(tmp_path, message)
    assert set(contacts(result)) == {"Trương Văn Bền"}
    assert [question.row for question in result.questions] == [4, 5]
    assert result.rows_set_aside == 2


def test_a_tier_without_its_case_is_asked(tmp_path: Path) -> None:
    result = load(tmp_path, "F1: Ngô Văn Hiếu 1972, tiếp xúc BN52007 ngày 4/8\nF1: Ngô Thị Thắm 1975, vợ Hiếu\n")
    assert contacts(result)["Ngô Văn Hiếu"] == ("Đinh Văn Sang", None, "2021-08-04")
    [question] = result.questions
    assert (question.kind, question.said) == ("reference", "Hiếu")


F0 = (
    "DANH SÁCH CA BỆNH DƯƠNG TÍNH,,,\nHọ và tên,Năm sinh,Ngày khởi phát,Ghi chú\n"
    "Đinh Văn Sang,1985,1/8/2021,BN 52.007\nQuách Thị Mơ,1986,3/8/2021,vợ BN 52007; BN52009\nTô Văn Ba,1990,3/8/2021,\n"
)


def test_the_code_beside_a_name_finds_the_case_and_is_its_code_from_then_on(tmp_path: Path) -> None:
    message = (
        "F1 của ca Tô Văn Ba (BN52020):\n- Tô Văn Tư, 1992, em ruột\nF1 của BN52020:\n- Tô Thị Năm, 1995, em gái\n"
    )
    result = load(tmp_path, message, cases=F0)
    assert {name: met[0] for name, met in contacts(result).items()} == {
        "Tô Văn Tư": "Tô Văn Ba",
        "Tô Thị Năm": "Tô Văn Ba",
    }
    assert "BN52020" in set(result.records.cases["case_code"])
    assert "case.code_given" in set(result.findings.table["code"])


def test_a_code_alone_in_the_remarks_of_cases_is_asked_and_then_theirs(tmp_path: Path) -> None:
    message = "F1 của BN52007:\n- Đinh Thị Mận, 1988, vợ\n- Đinh Văn Sửu, 1960, cha\n"
    first = load(tmp_path, message, cases=F0)
    [codes] = [question for question in first.questions if question.column == "Ghi chú"]
    assert (codes.rows, first.rows_waiting) == (2, 2)
    second = load(tmp_path, message, cases=F0, answers={codes.id: "yes"})
    assert {met[0] for met in contacts(second).values()} == {"Đinh Văn Sang"}
    assert set(second.records.cases["case_code"].dropna()) == {"BN52007", "BN52009"}
    other = load(tmp_path, message, cases=F0, answers={codes.id: "no"})
    assert other.records.cases["case_code"].isna().all()


@pytest.mark.parametrize(
    ("line", "name", "day"),
    [
        ("Anh Trịnh Văn Khoa C-0807 (0905111222) đi chung thang máy với BN52007 sáng 5/8", "Trịnh Văn Khoa", "5"),
        ("Chị Tạ Thị Lụa, 1979, ngồi cùng bàn với BN52007 ngày 4/8", "Tạ Thị Lụa", "4"),
        ("Trịnh Văn Khoa 0905111222 ăn cùng với BN52007 tối 6/8", "Trịnh Văn Khoa", "6"),
    ],
)
def test_a_message_that_is_a_sentence_about_somebody_and_a_case_is_their_contact(
    tmp_path: Path, line: str, name: str, day: str
) -> None:
    chat = (
        f"[21:04, 08/08/2021] TYT: F1 của BN52008 ạ\n1. Mạc Thị Tím, 1970, 0905111223\n[21:10, 08/08/2021] CA: {line}\n"
    )
    assert contacts(load(tmp_path, chat)) == {
        "Mạc Thị Tím": ("Mai Thị Xuyến", None, None),
        name: ("Đinh Văn Sang", contacts(load(tmp_path, chat))[name][1], f"2021-08-0{day}"),
    }
    alone = load(tmp_path, f"[21:10, 08/08/2021] CA: {line}\n[21:11, 08/08/2021] TYT: Ok\n")
    assert contacts(alone)[name][0] == "Đinh Văn Sang"


def test_a_trade_behind_a_name_in_a_message_does_not_cut_it() -> None:
    for text in ("Chú Trương Công Định bảo vệ khu C, 1966", "Chu Truong Cong Dinh bao ve khu C, 1966"):
        [person] = people_of_line(text, called=True)
        assert (len(person["Họ và tên"].split()), person["Năm sinh"]) == (3, "1966")
    assert people_of_line("Trương Công Định báo thêm F1") == []
