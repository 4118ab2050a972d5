"""Fifteen people as five hands write them: accents, old numbers, twins, kin on one telephone, namesakes; who is one."""

from __future__ import annotations

from itertools import combinations

import pytest
from lists import load_lists

from loaders import LoadResult
from tracing.identity.decisions import Identity
from tracing.identity.pairs import find_pairs
from tracing.identity.places import find_place_pairs
from tracing.spelling import place_key

KEO, LA = "Ấp Cái Keo, xã Tân Hưng", "Ấp Bến Lá, xã Tân Hưng"
LISTS = {
    "1 ca benh.csv": [
        ["Mã BN", "Họ và tên", "Năm sinh", "CCCD", "SĐT", "Địa chỉ", "Ngày khởi phát"],
        ["BN 22.348", "Lê Văn Tâm", 1978, "096078001234", "0912 345 679", KEO, "05/07/2021"],
        ["BN22349", "Nguyễn Thị Bé (Út Bé)", 1985, "381234567", "01688 123 456", KEO, "06/07/2021"],
        ["BN22350", "Trần Quốc Hòa", 1990, "096090004321", "84939111222", LA, "07/07/2021"],
    ],
    "2 f1.csv": [
        ["STT", "Họ và tên", "Năm sinh", "SĐT", "Địa chỉ", "Tiếp xúc với F0", "Ngày tiếp xúc cuối"],
        [1, "NGUYỄN VĂN MINH", 1995, "0977000111", KEO, "BN22348", "06/07/2021"],
        [2, "NGUYỄN VĂN MẪN", 1995, "0977000111", KEO, "BN22348", "06/07/2021"],
        [3, "Phạm Thị Lan", 1960, "0977000222", KEO, "BN22348", "05/07/2021"],
        [4, "Phạm Văn Long", 1958, "0977000222", KEO, "BN22348", "05/07/2021"],
        [5, "Lê Thị Hoa", 1982, "0912345679", KEO, "BN22348", "07/07/2021"],
        [6, "Trần Thị Mai", 2001, "0168 999 8888", LA, "BN22350", "07/07/2021"],
        [7, "Trần Văn Nam", 1999, "0168 999 8888", LA, "BN22350", "07/07/2021"],
    ],
    "3 f1.csv": [
        ["TT", "Ho ten", "Nam sinh", "CMND/CCCD", "Dien thoai", "Dia chi", "Tiep xuc voi F0", "Ngay tiep xuc cuoi"],
        [1, "Le Van Tam", 1978, "", "84912345679", "ap Cai Keo xa Tan Hung", "BN22350", "04/07/2021"],
        [2, "Tran Thi Mai", 2001, "", "0389998888", "ap Ben La xa Tan Hung", "BN 22.349", "06/07/2021"],
        [3, "Nguyen Van Minh", 1995, "096095000111", "0977000111", "ap Cai Keo xa Tan Hung", "BN22349", "06/07/2021"],
        [4, "Nguyen Van Minh", 1970, "", "0918000333", "ap 5 xa Tan Thuan", "BN22349", "06/07/2021"],
        [5, "Pham Thi Lan", 1960, "380111222", "", "ap Cai Keo xa Tan Hung", "BN22349", "05/07/2021"],
        [6, "Vo Hoang Anh", 1988, "096088000555", "0918000444", "ap 5 xa Tan Thuan", "BN22349", "06/07/2021"],
    ],
    "4 xet nghiem.csv": [
        ["Mã mẫu", "Họ và tên", "Năm sinh", "SĐT", "Địa chỉ", "Ngày lấy mẫu", "Kết quả"],
        ["M1", "Hoà Trần Quốc", 1990, "0939.111.222", "Bến Lá, Tân Hưng", "10/07/2021", "Âm tính"],
        ["M2", "Nguyễn T. Bé", 1985, "0388123456", "Cái Keo, Tân Hưng", "10/07/2021", "Âm tính"],
        ["M3", "Phạm Thị Lan", 1960, "0977 000 222", "Cái Keo, Tân Hưng", "10/07/2021", "Âm tính"],
        ["M5", "Nguyễn Văn Minh", 1996, "0977000111", "Cái Keo, Tân Hưng", "10/07/2021", "Âm tính"],
        ["M6", "Võ Hoàng Anh", 1988, "0918000444", "Tân Thuận", "10/07/2021", "Âm tính"],
    ],
    "5 quan.csv": [
        ["Địa điểm", "Họ và tên", "Số điện thoại", "Giờ vào", "Giờ ra"],
        ["Quán cà phê Gió Chiều", "Lê Văn Tâm", "0912345679", "06/07/2021 08:00", "06/07/2021 09:30"],
        ["CF Gio Chieu", "anh Tâm", "", "06/07/2021 08:00", "06/07/2021 09:00"],
        ["Cà phê GIÓ CHIỀU", "Trần Thị Mai", "+84389998888", "06/07/2021 09:00", "06/07/2021 09:20"],
        ["xe 69A-123.45", "Trần Văn Nam", "0389998888", "06/07/2021 12:00", "06/07/2021 14:00"],
        ["xe 69A12345", "Phạm Văn Long", "0977000222", "06/07/2021 12:30", "06/07/2021 14:30"],
    ],
}


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> LoadResult:
    return load_lists(tmp_path_factory.mktemp("five"), LISTS)


def named(result: LoadResult) -> dict[str, tuple[str, int | None]]:
    """Return id -> name and year, by which these fifteen are told apart."""
    people = result.records.persons
    years = people["birth_year"].astype(object).where(people["birth_year"].notna(), None)
    return dict(zip(people["person"], zip(people["name"], years, strict=True), strict=True))


def test_who_is_joined_without_asking_is_one(result: LoadResult) -> None:
    who, found = named(result), find_pairs(result.records).automatic
    groups = Identity.of([], zip(found["person_a"], found["person_b"], strict=True)).groups
    assert {frozenset(who[one] for one in group) for group in groups} == {
        frozenset({("Lê Văn Tâm", 1978), ("Le Van Tam", 1978), ("Lê Văn Tâm", None)}),
        frozenset({("Trần Thị Mai", 2001), ("Tran Thi Mai", 2001), ("Trần Thị Mai", None)}),
        frozenset({("Trần Văn Nam", 1999), ("Trần Văn Nam", None)}),
        frozenset({("Phạm Văn Long", 1958), ("Phạm Văn Long", None)}),
        frozenset({("Phạm Thị Lan", 1960)}),
        frozenset({("Nguyễn Thị Bé (Út Bé)", 1985), ("Nguyễn T. Bé", 1985)}),
        frozenset({("NGUYỄN VĂN MINH", 1995), ("Nguyen Van Minh", 1995)}),
        frozenset({("Trần Quốc Hòa", 1990), ("Hoà Trần Quốc", 1990)}),
        frozenset({("Vo Hoang Anh", 1988), ("Võ Hoàng Anh", 1988)}),
    }


def test_what_is_not_sure_is_asked_and_kin_on_one_telephone_are_not(result: LoadResult) -> None:
    who, asked = named(result), find_pairs(result.records).questions
    assert {frozenset((who[a], who[b])) for a, b in zip(asked["person_a"], asked["person_b"], strict=True)} == {
        frozenset({("Nguyen Van Minh", 1995), ("NGUYỄN VĂN MẪN", 1995)}),
        frozenset({("Nguyen Van Minh", 1995), ("Nguyễn Văn Minh", 1996)}),
        frozenset({("Phạm Thị Lan", 1960), ("Pham Thi Lan", 1960)}),
    }
    kin = {("Lê Thị Hoa", 1982), ("Phạm Văn Long", 1958), ("Trần Văn Nam", 1999)}
    assert kin.isdisjoint(who[one] for one in [*asked["person_a"], *asked["person_b"]])


def test_somebody_who_stands_in_the_list_himself_is_not_the_short_name_beside(result: LoadResult) -> None:
    visits = result.records.visits
    at = visits["place"].map(place_key).str.contains("gio chieu")
    assert at.sum() == 3 and visits.loc[at, "person"].nunique() == 3


def test_one_vehicle_and_one_cafe_under_two_spellings_and_one_case_under_two(result: LoadResult) -> None:
    pairs = find_place_pairs(result.records)
    assert set(pairs["verdict"]) == {"automatic"} and (pairs["basis"] == "code").sum() == 1
    cafe = pairs[pairs["basis"] == "name"]
    spellings = {*cafe["place_a"], *cafe["place_b"]}
    assert {place_key(one) for one in spellings} == {"quan gio chieu"}
    assert len(spellings & set(result.records.visits["place"])) > 1, "each list's spelling is kept"
    met = set(result.records.contacts["person_a"]) | set(result.records.contacts["person_b"])
    assert "BN 22.348" in met and "BN22348" not in met
    assert not result.meant and all(a != b for a, b in combinations(named(result), 2))
