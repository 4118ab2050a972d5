"""Words that tell of one meeting with a case: in any order, by code or by a short name, with days and hours."""

from __future__ import annotations

import pytest

from loaders.columns.meetings import called_cases, read_days, read_meeting

CALLED = {"hanh": "BN52", "sinh": "BN88", "tu": "BN61", "kim": "BN70"}


@pytest.mark.parametrize(
    ("text", "case", "times"),
    [
        ("25/1 ngồi ghế phụ cạnh lái xe Sinh (BN88)", "BN88", (None, "25/1", None)),
        ("sáng 22/1 ngồi cạnh chị Hạnh BN52", "BN52", (None, "22/1", None)),
        ("ngoi canh chi Hanh BN52 sang 22/1", "BN52", (None, "22/1", None)),
        ("tối 20/1 sang P203 chơi với Hạnh", "BN52", (None, "20/1", None)),
        ("ngủ cùng phòng Hạnh đêm 25/1", "BN52", (None, "25/1", None)),
        ("cùng mâm anh Tú 23/1", "BN61", (None, "23/1", None)),
        ("ở cùng nhà BN61, TX đến 27/1", "BN61", (None, None, "27/1")),
        ("cùng bàn với bạn Kim 25, 26/1", "BN70", (None, "25, 26/1", None)),
        ("mâm 5, 24/1 ngồi với BN70", "BN70", (None, "24/1", None)),
        ("trực cùng BN70 đêm 29/1 từ 20h đến 22h", "BN70", ("29/1 20:00", None, "29/1 22:00")),
        ("sat next to Mr Sinh (BN88) on 24/1", "BN88", (None, "24/1", None)),
        ("24/1 at 16:20 met BN88", "BN88", (None, "24/1 16:20", None)),
    ],
)
def test_whom_and_when_stand_in_any_order(
    text: str, case: str, times: tuple[str | None, str | None, str | None]
) -> None:
    met = read_meeting(text, CALLED)
    assert met is not None and (met.case, met.cells()) == (case, times)


@pytest.mark.parametrize(
    "text",
    [
        "hình như có hôm ngồi cạnh lái xe Sinh BN88, không rõ hôm nào",
        "có thể ngồi cạnh BN88 24/1",
        "nhà gái, không TX gần BN61",
        "no contact with BN61 on 24/1",
        "gặp em trai BN61 hôm 05/8",
        "ăn cơm với vợ anh Tú 23/1",
        "bạn cùng cty anh Tú, ngồi mâm khác",
        "ngồi cùng anh Tú và chị Hạnh 23/1",
        "22/1 ngồi cạnh BN52, 25/1 ngồi cạnh BN88",
        "ngồi cạnh BN52 22/1 và chở BN52 25/1",
        "con chị Hạnh P204",
        "24/1 về quê",
        "24/1 con ngồi cùng BN61",
        "không cùng xe với BN61 24/1",
        "khoảng 24/1 ngồi cạnh BN61",
        "ngồi gần BN61, về rồi quay lại ngày 22/7",
        "ngồi cạnh BN61, lấy mẫu 22/7",
        "cùng phòng BN61 cách ly từ 22/7",
        "sat next to BN61, tested on 22/7",
    ],
)
def test_who_doubts_or_denies_or_met_others_met_no_case(text: str) -> None:
    assert read_meeting(text, CALLED) is None


def test_a_short_name_is_a_case_only_where_nobody_else_of_the_list_has_it() -> None:
    told = ["cùng mâm bà Mến BN62", "vợ anh Lợi BN63", "ngồi cạnh lái xe Sinh (BN88)"]
    everybody = ["Phạm Văn Tú", "Đỗ Thị Mến", "Lê Thị Mến", "Trần Văn Lợi"]
    found = called_cases(told, [("Phạm Văn Tú", "BN61")], everybody)
    assert {short: found.get(short) for short in ("tu", "sinh", "men", "loi")} == {
        "tu": "BN61",
        "sinh": "BN88",
        "men": None,
        "loi": None,
    }


@pytest.mark.parametrize(
    ("text", "days", "hours", "until"),
    [
        ("từ 27/1 đến 28/1", "27/1 đến 28/1", None, False),
        ("gặp lúc 8h30 ngày 27/1/2021", "27/1/2021", "08:30", False),
        ("chơi cùng giờ ra chơi 26/1", "26/1", None, False),
        ("lần cuối ngày 26/1", "26/1", None, True),
        ("hằng ngày, cuối 27/1", "27/1", None, True),
        ("chiều tối 26/1", "26/1", None, False),
        ("cùng bàn", None, None, False),
    ],
)
def test_days_and_hours_of_a_few_words(text: str, days: str | None, hours: str | None, until: bool) -> None:
    found = read_days(text)
    assert found is not None and (found.days, found.hours, found.until) == (days, hours, until)
