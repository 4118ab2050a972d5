"""The gazetteer: what a name or a code meant on a day, and what is returned when that is not clear."""

from __future__ import annotations

from datetime import date

import pytest

from loaders.units.gazetteer import Gazetteer, Match, Unresolved, plain_key
from tracing.model.normal import normalise_table

OLD, MIDDLE, NEW = date(2021, 7, 1), date(2024, 12, 1), date(2025, 7, 1)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def code(gazetteer: Gazetteer, text: str | float, on: date = OLD, **options: str) -> str:
    found = gazetteer.resolve(text, on=on, **options)
    assert isinstance(found, Match), found
    return found.area


def problem(gazetteer: Gazetteer, text: str | float, on: date = OLD, **options: str) -> tuple[str, list[str]]:
    found = gazetteer.resolve(text, on=on, **options)
    assert isinstance(found, Unresolved), found
    return found.reason, [m.area for m in found.candidates]


def test_counts_of_each_period(gazetteer: Gazetteer) -> None:
    for day, communes, districts in (
        (OLD, 101, 9),
        (date(2024, 11, 30), 101, 9),
        (MIDDLE, 100, 9),
        (date(2025, 6, 30), 100, 9),
        (NEW, 64, 0),
    ):
        levels = gazetteer.areas(on=day)["level"].value_counts()
        assert (levels["commune"], levels.get("district", 0), levels["province"]) == (communes, districts, 1)


@pytest.mark.parametrize("text", [1, "1", "01", 1.0, "1.0", "Phường 1", "P1", "P.1", "P. 01", "Phuong 1", "PHƯỜNG  1"])
def test_numbered_ward_in_every_spelling(gazetteer: Gazetteer, text: str | float) -> None:
    assert code(gazetteer, text) == "32005"


def test_there_is_no_ward_3(gazetteer: Gazetteer) -> None:
    for text in (3, "03", "Phường 3", "P.3"):
        assert problem(gazetteer, text) == ("unknown", [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TAN LOC BAC", "32083"),
        ("tân lộc bắc", "32083"),
        ("X. Tân Lộc Bắc", "32083"),
        ("TanLocBac", "32083"),
        ("Hoà Mỹ", "32141"),
        ("Hòa Mỹ", "32141"),
        ("xã Tạ An Khương  Đông", "32158"),
        ("Tạ An Khương Nam", "32170"),
        ("Thị Trấn Năm Căn", "32191"),
        ("TT. nam can", "32191"),
        ("T.T Rạch Gốc", "32244"),
        ("Việt Khái", "32230"),
        ("Nguyễn Việt Khái", "32230"),
        ("Tân Hưng", "32137"),
        ("Tân Hưng Tây", "32227"),
        (32025, "32025"),
        ("32026", "32026"),
        (32026.0, "32026"),
        ("964", "964"),
        (96, "96"),
        ("Thị trấn Thới Bình", "32065"),
        ("Xã Thới Bình", "32077"),
        ("Huyện Thới Bình", "967"),
        ("Phường Tân Thành", "32025"),
        ("Xã Tân Thành", "32026"),
        ("Huyện Phú Tân", "972"),
        ("Xã Phú Tân", "32218"),
        ("Tân Phú", "32080"),
        ("TP. Cà Mau", "964"),
        ("Tỉnh Cà Mau", "96"),
    ],
)
def test_names_and_codes(gazetteer: Gazetteer, text: str | float, expected: str) -> None:
    assert code(gazetteer, text) == expected


def test_a_commune_of_another_province_is_not_known(gazetteer: Gazetteer) -> None:
    assert problem(gazetteer, "BINH CHANH") == ("unknown", [])
    assert problem(gazetteer, "") == ("unknown", [])


@pytest.mark.parametrize(
    ("text", "areas"),
    [("Tân Thành", ["32025", "32026"]), ("Thới Bình", ["32065", "32077", "967"]), ("Phú Tân", ["32218", "972"])],
)
def test_what_fits_several_units_is_not_guessed(gazetteer: Gazetteer, text: str, areas: list[str]) -> None:
    assert problem(gazetteer, text) == ("ambiguous", areas)


def test_level_and_district_narrow(gazetteer: Gazetteer) -> None:
    assert code(gazetteer, "Phú Tân", level="commune") == "32218"
    assert code(gazetteer, "Phú Tân", level="district") == "972"
    assert code(gazetteer, "Tân Phú", district="Thới Bình") == "32080"
    assert code(gazetteer, "Tân Phú", district="967") == "32080"
    assert problem(gazetteer, "Tân Phú", district="Năm Căn") == ("unknown", [])
    assert problem(gazetteer, "Tân Phú", district="Bến Tre") == ("district_unknown", [])
    assert code(gazetteer, "Phường Tân Thành", on=NEW, district="Cà Mau") == "32025"


def test_a_code_needs_its_date(gazetteer: Gazetteer) -> None:
    names = []
    for day in (OLD, MIDDLE, NEW):
        found = gazetteer.resolve("32002", on=day)
        assert isinstance(found, Match)
        names.append(found.name)
    assert names == ["Phường 4", "Phường 2", "Phường An Xuyên"]
    assert code(gazetteer, "Phường 2") == "32011"
    assert code(gazetteer, "Phường 2", on=MIDDLE) == "32002"
    assert problem(gazetteer, "Phường 4", on=MIDDLE) == ("other_time", ["32002"])
    assert problem(gazetteer, 32011, on=NEW) == ("other_time", ["32011"])


def test_a_slip_or_a_wrong_unit_word_is_a_hint_only(gazetteer: Gazetteer) -> None:
    assert problem(gazetteer, "Tan Lok Bac") == ("spelling", ["32083"])
    assert problem(gazetteer, "Phường Tân Lộc") == ("unit_differs", ["32086"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ấp 3, Tân Lộc Bắc, Thới Bình", "32083"),
        ("khóm 2, P4, TP. Cà Mau", "32002"),
        ("ấp Đầu Nai, Tân Phú, Thới Bình, Cà Mau", "32080"),
        ("Ấp 1 - Hồ Thị Kỷ - Thới Bình", "32092"),
        ("Xã Thới Bình, huyện Thới Bình", "32077"),
        ("Phú Tân, Phú Tân", "32218"),
    ],
)
def test_addresses(gazetteer: Gazetteer, text: str, expected: str) -> None:
    assert code(gazetteer, text) == expected


def test_an_address_with_an_unknown_commune_is_not_its_district(gazetteer: Gazetteer) -> None:
    assert problem(gazetteer, "Xã Không Có, TP Cà Mau") == ("unknown", [])
    assert problem(gazetteer, "Phường 5, Cà Mau", on=NEW) == ("other_time", ["32008"])


def test_matches_keep_accents_and_say_why(gazetteer: Gazetteer) -> None:
    exact, bare = gazetteer.find("Xã Tân Lộc Bắc", on=OLD)[0], gazetteer.find("XA TAN LOC BAC", on=OLD)[0]
    assert exact.name == bare.name == "Xã Tân Lộc Bắc"
    assert exact.score > bare.score
    assert (exact.reason, exact.level) == ("name", "commune")
    assert gazetteer.find("Tân Thành", on=OLD, district="Bến Tre") == []


def test_unresolved_says_itself_in_both_languages(gazetteer: Gazetteer) -> None:
    found = gazetteer.resolve("Tân Thành", on=OLD)
    assert isinstance(found, Unresolved)
    assert found.text.say("en") == "several units fit: Phường Tân Thành (32025), Xã Tân Thành (32026)"
    assert found.text.say("vi").startswith("có nhiều đơn vị phù hợp: Phường Tân Thành")


def test_successors(gazetteer: Gazetteer) -> None:
    def after(area: str, on: date, until: date | None = None) -> list[tuple[str, bool]]:
        return [(s.area, s.part) for s in gazetteer.successors(area, on=on, until=until)]

    assert after("32011", OLD, MIDDLE) == [("32002", False)]
    assert after("32002", OLD, MIDDLE) == [("32002", True), ("32022", True)]
    assert after("32002", OLD) == [("32002", False)]
    assert after("32122", OLD) == [("32014", True), ("32095", True), ("32134", True)]
    assert after("32122", OLD, date(2025, 6, 30)) == [("32122", False)]
    assert after("32002", NEW) == [("32002", False)]
    assert after("32011", NEW) == []


def test_areas_are_rows_of_the_areas_table(gazetteer: Gazetteer) -> None:
    areas = normalise_table("areas", gazetteer.areas())
    assert len(areas) == len(gazetteer.table)
    assert areas["area_version"].is_unique
    assert set(areas.loc[areas["level"] == "commune", "parent"]) <= set(areas["area"])


def test_plain_key() -> None:
    assert plain_key("Tạ An Khương  Đông (cũ)") == "ta an khuong dong cu"


def test_only_units_of_the_old_province_have_a_population_and_only_since_the_merger(gazetteer: Gazetteer) -> None:
    now = gazetteer.areas(on=NEW)
    known = now.dropna(subset="population").set_index("area")["population"]
    assert (len(known), int(known.sum()), known["32002"]) == (39, 1_540_169, 81_303)
    assert "31825" not in known.index
    assert gazetteer.areas(on=OLD)["population"].isna().all()
    assert len(gazetteer.table) == len(gazetteer.table.drop_duplicates(["code", "valid_from"]))
