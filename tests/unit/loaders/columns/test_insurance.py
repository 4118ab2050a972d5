"""The card of health insurance tells who somebody is where nothing else does."""

from __future__ import annotations

from pathlib import Path

from loaders import load_files
from tracing.identity.pairs import find_pairs
from tracing.papers import paper_key

BEFORE = "STT,Họ và tên,Năm sinh,Số thẻ BHYT,Địa chỉ\n1,Nguyễn Văn Tám,1980,DN4797912345678,Ấp 1 xã Tân Hưng\n"
AFTER = "STT,Họ tên,Mã BHYT,Ngày lấy mẫu,Kết quả\n1,Nguyen Van Tam,GD 4 01 79 123 45678,20/7/2021,Âm tính\n"
BOTH = "STT,Họ tên,Năm sinh,CCCD,Số thẻ BHYT\n1,Nguyễn Văn Tám,1980,079080012345,DN4797912345678\n"


def test_a_card_is_known_again_when_work_or_province_changed() -> None:
    assert paper_key("DN4797912345678") == paper_key("GD 4 01 79 123 45678") == "7912345678"
    assert paper_key("079080012345") == "079080012345"
    assert paper_key("B1234567") == "B1234567"


def test_one_card_on_two_lists_is_one_person(tmp_path: Path) -> None:
    for name, text in (("f1.csv", BEFORE), ("xn.csv", AFTER)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = find_pairs(load_files(sorted(tmp_path.iterdir())).records).pairs
    assert found[["verdict", "basis"]].values.tolist() == [["automatic", "national_id"]]


def test_beside_an_identity_number_the_card_stays_with_the_person(tmp_path: Path) -> None:
    (tmp_path / "f1.csv").write_text(BOTH, encoding="utf-8")
    (person,) = load_files(sorted(tmp_path.iterdir())).records.persons.to_dict("records")
    assert person["national_id"] == "079080012345"
    assert "DN4797912345678" in person["attributes"]


def test_who_has_no_other_number_has_that_of_the_card(tmp_path: Path) -> None:
    rows = "2,Lê Văn Chín,1981,chưa có,DN4797912345679\n3,Hồ Thị Mười,1982,9.60820E+10,\n"
    (tmp_path / "f1.csv").write_text(BOTH + rows, encoding="utf-8")
    people = load_files(sorted(tmp_path.iterdir())).records.persons.set_index("name")["national_id"]
    assert people.fillna("").to_dict() == {
        "Nguyễn Văn Tám": "079080012345",
        "Lê Văn Chín": "DN4797912345679",
        "Hồ Thị Mười": "",
    }
