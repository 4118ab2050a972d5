"""Headings and cells in the many ways in which clerks write one thing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from lists import load_lists

from loaders.columns.births import read_birth
from loaders.columns.hours import read_hours
from loaders.columns.moments import read_moment
from loaders.columns.result_cells import result_word
from loaders.columns.values import words
from loaders.files.headings import PEOPLE, field_of
from tracing.nearest import nearest_value
from tracing.spelling import fold

HEADINGS = {
    "name": "H. tên|Tên thuyền viên|Tên HS|Người đi chợ|Tên NV / Employee name|Guest name / Tên khách",
    "birth_year": "N.sinh|SN",
    "birth_date": "Ng. sinh|N/T/N sinh",
    "phone": "Đ.thoại|ĐTDĐ|Số ĐT (Phone)",
    "national_id": "CMTND|Số CMT|Số định danh cá nhân",
    "address": "Đ.chỉ|Đ/c hiện tại|Hiện ở",
    "onset": "K.phát|Diễn biến › K.phát|Ngày bắt đầu sốt, ho",
    "sample": "L.mẫu|Diễn biến › L.mẫu|Lấy mẫu lúc",
    "confirmed": "Có KQ (+)|Diễn biến › Có KQ (+)|Ngày báo KQ (+)|Có KQ (+) ngày",
    "test_result": "K.quả|Vạch|SARS-CoV-2",
    "test_code": "Ống|Ống số",
    "index": "Tiếp xúc BN|Khai bởi F1 nào|F1 của ai|Của F0 nào",
    "last_contact": "Gặp lần chót|Ngày TXCC|Ngày TX sau cùng",
    "contact_date": "Tiếp xúc ngày|T/g tiếp xúc",
    "relation": "Q.hệ|MQH|Là gì của BN",
    "kind": "Tiếp xúc thế nào|Type of contact",
    "isolation_start": "Vào khu|C.ly từ|Ngày vào KCL",
    "isolation_end": "Ra khu|Mãn hạn|Hết hạn CL",
    "visit_start": "T/g đến|Giờ tới|Lúc vào",
    "vehicle": "BSX|Biển KS|Tuyến xe",
    "symptoms": "T/chứng|Sốt/ho",
}


@pytest.mark.parametrize(("meant", "heading"), [(m, h) for m, told in HEADINGS.items() for h in told.split("|")])
def test_a_heading_cut_down_or_in_other_words_is_read(meant: str, heading: str) -> None:
    found = field_of(heading, PEOPLE)
    assert found is not None and found[0] == meant


@pytest.mark.parametrize("heading", ["G.trị", "X.Y", "ABC", "Phòng/giường", "Từ / Đến", "HTX"])
def test_what_may_be_several_headings_cut_down_is_none(heading: str) -> None:
    assert field_of(heading, PEOPLE) is None


RESULTS = {
    "positive": "D.tính|dg tính|DƯƠNG TÍNH lần 2|KQ: dương tính|Dương tính với SARS-CoV-2 (CT=18,4)"
    "|có virus|++|2 gạch|Test nhanh (+)",
    "negative": "Â.tính|KPH|Không PH|ko phát hiện|k phát hiện|khong phat hien|âm tính (lần 2)|(–)|âm tính PCR|1 gạch"
    "|chưa phát hiện|ko có virus",
    "pending": "đang XN|chưa trả|đợi KQ|chờ CDC trả|chờ khẳng định|đã lấy mẫu|nghi dương|chưa biết",
    "invalid": "lấy lại mẫu|mẫu lỗi",
}


@pytest.mark.parametrize(("meant", "said"), [(m, s) for m, told in RESULTS.items() for s in told.split("|")])
def test_a_result_in_other_words_is_read(meant: str, said: str) -> None:
    word = result_word(said)
    assert (words("result").get(word.lower()) or words("result").get(fold(word))) == meant


@pytest.mark.parametrize(
    "said",
    [
        "không lấy được",
        "chờ lấy mẫu",
        "dương tính 3 người",
        "mẹ dương tính",
        "k",
        "A",
        "âm u",
        "+/-",
        "dương tính yếu",
        "chưa XN",
    ],
)
def test_what_tells_more_than_a_result_is_none(said: str) -> None:
    word = result_word(said)
    assert word.lower() not in words("result") and fold(word) not in words("result")


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("ko phát hiện", "result"),
        ("CLTM", "isolation_kind"),
        ("năm viện", "outcome"),
        ("cùng lắm", "contact_kind"),
        ("tư cách lý", "found_in"),
    ],
)
def test_a_short_word_or_a_denial_is_no_slip_of_another(said: str, kind: str) -> None:
    known = {word: value for word, value in words(kind).items() if fold(word) != fold(said)}
    assert nearest_value(said, known) is None


DAYS = (
    "12//8/2021|12\\8\\2021|12,8,2021|12 th8 2021|12 thg 8 2021|rạng sáng 12/8/2021|N12/8/2021|ng. 12/8/2021|12/8/2021."
)


@pytest.mark.parametrize("said", DAYS.split("|"))
def test_a_day_with_a_slip_of_the_hand_is_read(said: str) -> None:
    assert read_moment(said).day == date(2021, 8, 12)


@pytest.mark.parametrize("said", ["ko rõ", "k nhớ", "KTC", "không triệu chứng"])
def test_no_day_is_known(said: str) -> None:
    assert read_moment(said).problem == "unknown"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("0.3125", ("07:30", None)),
        ("0,5208333333", ("12:30", None)),
        ("1899-12-30 07:30:00", ("07:30:00", None)),
        ("1900-01-00 07:30:00", ("07:30:00", None)),
        ("7h rưỡi", ("07:30", None)),
        ("8h kém 15", ("07:45", None)),
        ("7-8h", ("07:00", "08:00")),
        ("từ 9 đến 11 giờ", ("09:00", "11:00")),
    ],
)
def test_an_hour_as_it_is_said_or_as_a_spreadsheet_has_it(said: str, meant: tuple[str | None, str | None]) -> None:
    assert read_hours(said) == meant


@pytest.mark.parametrize(
    "said", ["1975.0", "1975?", "1975 (46t)", "1975 - Nam", "1975/Nữ", "khoảng 1975", "1975 (Giáp Dần)"]
)
def test_a_year_of_birth_with_words_beside_it(said: str) -> None:
    assert read_birth(said, None, year=True) == (None, 1975, None)


NAMES = ("An", "Ba", "Chi", "Du", "Em", "Gia", "Hà", "Khoa", "Lan", "Mai", "Na", "Oanh")


def test_one_slip_does_not_turn_the_order_of_all_days(tmp_path: Path) -> None:
    rows = [["STT", "Họ và tên", "Năm sinh", "SĐT", "Ngày tiếp xúc cuối", "Ngày lấy mẫu", "Kết quả"]]
    rows += [
        [
            str(day),
            f"Lê Thị {name}",
            "1980",
            f"09120000{day:02}",
            "",
            f"{day}/8/2021" if day < 12 else "12/13/2021",
            "âm tính",
        ]
        for day, name in enumerate(NAMES, start=1)
    ]
    loaded = load_lists(tmp_path, {"xn.csv": rows})
    days = sorted(loaded.records.tests["sample"].dropna())
    assert len(days) == 11 and days[-1] - days[0] == 10 * 86_400
    assert [question.row for question in loaded.questions if question.column == "Ngày lấy mẫu"] == [13]
