"""Rows: what is checked, what is set aside, what is created, and that every row is accounted for."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from loaders import LoadOptions, LoadResult, load_files, load_folder
from loaders.options import Known
from tracing.times import parse_iso


class _Record(Known):
    """A store that knows some ids."""

    def __init__(self, **tables: set[str]) -> None:
        self.tables = tables

    def ids(self, table: str) -> set[str]:
        return self.tables.get(table, set())


def _load(folder: Path, known: _Record | None = None, options: LoadOptions | None = None, **files: str) -> LoadResult:
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    result = load_folder(folder, known=known, options=options)
    for summary in result.summaries:
        assert summary.rows == summary.loaded + summary.waiting + summary.set_aside
    assert sum(len(kept.numbers) for kept in result.set_aside) == result.rows_set_aside + result.rows_waiting
    return result


PERSONS = "person,name\nA,x\nB,y\nC,z\n"


def test_our_own_tables(tmp_path: Path) -> None:
    result = _load(
        tmp_path,
        persons="person,sex,birth_date,birth_year,vaccine_doses,immune,area,household\nA,f,1990-02-01,,2,no,32025,H1\n"
        "B,Nam,1991,,,,32025,H1\n",
        cases="person,case_code,onset,sample,isolated,asymptomatic,found_in\nA,BN1,2021-07-04,2021-07-05T08:00,,no,community\n",
        contacts="person_a,person_b,start,end,place,kind,mask_a,distance_m\n"
        "B,A,2021-07-02T09:20,2021-07-02T10:00,market,social,yes,1.5\nA,B,2021-07-03,,,home,,\n",
        visits="person,place,start,end,seat\nA,market,2021-07-02T09:20,,12A\n",
        places="place,name,kind,lat,lon\nmarket,Chợ,market,9.1769,105.15\n",
        areas="area,name,level,valid_from\n32025,Tân Thành,Phường,2021-01-01\n",
        tests="person,sample,result,method\nA,2021-07-05,Dương tính,PCR\n",
        isolations="person,start,end,kind\nA,2021-07-06,2021-07-20,hospital\n",
        links="source,target,date\nA,B,2021-07-03\n",
    )
    assert result.complete and list(result.findings) == []
    records = result.records
    assert records.persons["birth_year"].tolist() == [1990, 1991]
    assert records.persons["birth_date"].fillna("").tolist() == ["1990-02-01", ""]
    contact = records.contacts.set_index("time_kind")
    assert contact.loc["presence", "start"] == parse_iso("2021-07-02T09:20")[0]
    assert contact.loc["presence", "person_a"] == "A" and contact.loc["presence", "mask_b"]
    assert contact.loc["sometime", "end"] == contact.loc["sometime", "start"] == parse_iso("2021-07-03")[0]
    assert contact.loc["sometime", "kind"] == "household"
    assert records.visits["seat_row"].tolist() == [12]
    assert records.areas["level"].tolist() == ["commune"]
    assert {s.table for s in result.summaries} == set(records.tables) - {"arrivals", "outbreaks", "counts"}


def test_every_wrong_row_is_named_at_once(tmp_path: Path) -> None:
    result = _load(
        tmp_path,
        persons=PERSONS,
        contacts="person_a,person_b,start,end\nA,A,,\nA,D,,\nA,C,31/6/2021,\nA,C,2021-07-03,2021-07-01\n,C,,\nA,B,2021-07-01,\n",
    )
    found = result.findings.of(severity="error")
    assert found[["row", "column", "code"]].values.tolist() == [
        [2, "person_b", "contact.self"],
        [3, "person_b", "person.unknown"],
        [4, "start", "date.impossible"],
        [5, "end", "time.end_before_start"],
        [6, "person_a", "required.missing"],
    ]
    assert len(result.records.contacts) == 1 and result.rows_set_aside == 5 and not result.complete


def test_a_near_id_is_suggested_but_no_name(tmp_path: Path) -> None:
    contacts = "person_a,person_b\nBN22384,A\nNguyễn Văn A,A\n0912345678,A\n"
    result = _load(tmp_path, persons="person\nBN22348\nA\n", contacts=contacts)
    said = result.findings.of(code="person.unknown")["message_en"].tolist()
    assert said[0] == '"BN22384": no such person ("BN22348" exists)'
    assert not any("Nguyễn" in text or "0912345678" in text for text in said)


def test_who_may_be_mentioned(tmp_path: Path) -> None:
    contacts = "person_a,person_b\nA,D\n"
    alone = _load(tmp_path, contacts=contacts)
    assert alone.complete and alone.records.persons["person"].tolist() == ["A", "D"]
    assert list(alone.findings) == ["person.created"]
    known = _load(tmp_path, _Record(persons={"A", "D"}), contacts=contacts)
    assert known.complete and len(known.records.persons) == 0
    half = _load(tmp_path, _Record(persons={"A"}), contacts=contacts)
    assert list(half.findings) == ["person.unknown"]
    made = _load(tmp_path, _Record(persons={"A"}), LoadOptions(create_people=True), contacts=contacts)
    assert made.records.persons["person"].tolist() == ["D"]
    never = _load(tmp_path, None, LoadOptions(create_people=False), contacts=contacts)
    assert never.rows_set_aside == 1


def test_cases_make_people_and_links_may_name_a_missing_source(tmp_path: Path) -> None:
    result = _load(tmp_path, cases="person\nA\nB\n", links="source,target\nX,A\nB,Y\n")
    assert result.records.persons["person"].tolist() == ["A", "B", "X"]
    assert set(result.findings) == {"link.source_created", "person.unknown"}


def test_mentions_of_a_person_whose_row_was_set_aside_wait(tmp_path: Path) -> None:
    result = _load(tmp_path, cases="person,onset\nA,31/6/2021\nB,2021-07-01\n", contacts="person_a,person_b\nA,B\n")
    assert set(result.findings) == {"date.impossible", "person.set_aside"}
    assert (result.rows_set_aside, result.rows_waiting) == (1, 1)
    assert result.records.persons["person"].tolist() == ["B"] and not result.complete
    assert [kept.numbers for kept in result.set_aside] == [(2,), (2,)]


def test_the_same_row_twice_is_known_and_a_contradiction_is_set_aside(tmp_path: Path) -> None:
    result = _load(tmp_path, persons="person,sex,birth_year\nA,f,1990\nA,f,1990\nA,,1990\nA,m,1990\nB,,\n")
    assert result.rows_set_aside == 1
    conflict = result.findings.of(code="row.conflict").iloc[0]
    assert conflict["row"] == 5 and "sex" in conflict["message_en"]
    assert result.findings.of(code="row.duplicate")["message_en"].str.startswith("1 row says").all()
    assert result.records.persons["sex"].fillna("").tolist() == ["female", ""]


def test_unknown_columns_become_attributes_and_values_of_one_key_are_joined(tmp_path: Path) -> None:
    result = _load(tmp_path, persons="person,Ghi chú\nA,một\nA,hai\nB,\n")
    assert result.summaries[0].unused == ("Ghi chú",)
    assert json.loads(result.records.persons["attributes"][0]) == {"Ghi chú": ["hai", "một"]}
    assert result.complete


@pytest.mark.parametrize(
    ("text", "code", "word"),
    [
        ("person,start\nA,2021-07-01\n", "column.missing", "place"),
        ("foo,bar\n1,2\n", "column.missing", "person"),
    ],
)
def test_a_named_table_without_its_columns(tmp_path: Path, text: str, code: str, word: str) -> None:
    result = (
        _load(tmp_path, visits=text)
        if "start" not in text
        else load_files([_written(tmp_path / "v.csv", text)], options=LoadOptions(table="visits"))
    )
    finding = result.findings.of(code=code).iloc[0]
    assert word in finding["message_en"] and text.partition(",")[0] in finding["message_en"]
    assert result.rows_set_aside == 1


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_sheet_of_something_else_is_not_recognised(tmp_path: Path) -> None:
    result = load_files([_written(tmp_path / "x.csv", "colour,shape\nred,round\n")])
    assert list(result.findings) == ["table.unknown"] and result.summaries[0].set_aside == 1
    assert "colour, shape" in result.findings.table["message_en"][0]


def test_own_headings_can_be_mapped(tmp_path: Path) -> None:
    path = _written(tmp_path / "x.csv", "ai,gặp ai,hôm nào\nA,B,2021-07-01\n")
    mapping = {"ai": "person_a", "gặp ai": "person_b", "hôm nào": "start"}
    result = load_files([path], options=LoadOptions(table="contacts", mapping=mapping))
    assert result.complete and len(result.records.contacts) == 1


def test_dates_out_of_reason(tmp_path: Path) -> None:
    result = _load(
        tmp_path,
        None,
        LoadOptions(today=date(2021, 8, 1)),
        cases="person,onset\nA,2021-08-03\nB,1921-07-01\nC,2021-08-01\n",
        isolations="person,start,end\nC,2021-07-30,2021-08-13\n",
    )
    assert result.findings.of(severity="error")["code"].tolist() == ["date.future", "date.past"]
    assert len(result.records.isolations) == 1


def test_doubts_are_warnings(tmp_path: Path) -> None:
    result = _load(
        tmp_path,
        cases="person,onset,sample,outcome,outcome_date\nA,2021-07-06,2021-07-05,died,2021-07-01\n",
        tests="person,sample,result,resulted,pool\nA,2021-07-05,positive,2021-07-04,G1\n",
    )
    assert sorted(result.findings.of(severity="warning")["code"]) == [
        "case.onset_after_sample",
        "case.outcome_before_onset",
        "test.pool_positive",
        "test.resulted_before_sample",
    ]
    assert result.complete


def test_unknown_places_and_areas_get_a_row_and_a_warning(tmp_path: Path) -> None:
    known = _Record(places={"school"})
    result = _load(
        tmp_path,
        known,
        persons="person,area\nA,32025\n",
        visits="person,place,start\nA,market,2021-07-01\nA,school,2021-07-02\n",
    )
    assert result.records.places["place"].tolist() == ["market"]
    assert result.records.areas["area"].tolist() == ["96", "964", "32025"]  # with the units that it lies in
    assert sorted(result.findings) == ["area.by_code", "place.unknown"]


def test_visits_with_day_and_hours_apart(tmp_path: Path) -> None:
    path = _written(
        tmp_path / "v.csv", "agent,venue,date,start,end\nA,V1,2021-08-01,23:45,01:30\nA,V2,2021-08-02,9:05,\n"
    )
    visits = load_files([path]).records.visits.sort_values("start")
    assert visits["start"].tolist() == [parse_iso("2021-08-01T23:45")[0], parse_iso("2021-08-02T09:05")[0]]
    assert visits["end"].iloc[0] == parse_iso("2021-08-02T01:30")[0]


def test_sensors_need_to_know_their_first_day(tmp_path: Path) -> None:
    path = _written(tmp_path / "tij.dat", "28820 492 938\n28840 492 938\n")
    refused = load_files([path])
    assert refused.rows_set_aside == 2 and "sensor.start_date" in list(refused.findings)
    result = load_files([path], options=LoadOptions(start_date=date(2013, 6, 24)))
    contacts = result.records.contacts.sort_values("start")
    assert contacts["start"].iloc[0] == parse_iso("2013-06-24T08:00")[0]
    assert (contacts["end"] - contacts["start"]).tolist() == [20, 20]
    assert result.complete


def test_a_place_that_a_list_only_mentions_does_not_contradict_the_list_of_places(tmp_path: Path) -> None:
    contacts = (
        "Họ tên,Mã người,F0,Ngày cuối tiếp xúc,Nơi tiếp xúc\nTên A,P2,P1,2021-07-05,M01\nTên B,P3,P1,2021-07-05,M02\n"
    )
    places = "place,name,kind\nM01,Chợ phường 5,market\n"
    result = _load(tmp_path, cases="person,onset\nP1,2021-07-04\n", f1=contacts, places=places)
    assert result.rows_set_aside == 0
    found = result.records.places.set_index("place")
    assert found["name"].to_dict()["M01"] == "Chợ phường 5" and found["kind"].to_dict()["M01"] == "market"
    assert bool(found["name"].isna()["M02"])


def test_a_day_of_death_is_an_outcome_and_a_longitude_is_no_identity_number(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text(
        "patient_id,symptom_onset_date,deceased_date,longitude\n"
        "1000000001,2020-01-22,2020-03-01,126.715632\n1000000002,2020-01-23,,127.005659\n",
        encoding="utf-8",
    )
    result = load_files([path])
    cases = result.records.cases.set_index("person")
    assert cases.loc["1000000001", "outcome"] == "died" and cases["outcome"].isna().tolist() == [False, True]
    assert cases.loc["1000000001", "outcome_date"] == parse_iso("2020-03-01", "Asia/Ho_Chi_Minh")[0]
    assert not result.questions


def _one(tmp_path: Path, text: str, **options: Any) -> LoadResult:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    return load_files([path], options=LoadOptions(**options))


@pytest.mark.parametrize("heading", ["", "Unnamed: 0", "X"])
def test_numbers_of_rows_are_nobodys_source(tmp_path: Path, heading: str) -> None:
    rows = "0,1,2013-02-19\n1,2,2013-02-27\n3,3,2013-03-09\n"
    result = _one(tmp_path, f"{heading},case_id,date_of_onset\n{rows}")
    assert len(result.records.cases) == 3 and result.records.links.empty and not result.questions


def test_small_numbers_that_could_be_ids_are_asked_about(tmp_path: Path) -> None:
    rows = "1,2013-02-19,3\n2,2013-02-27,1\n3,2013-03-09,1\n4,2013-03-10,2\n"
    result = _one(tmp_path, f"case_id,date_of_onset,size\n{rows}")
    (question,) = result.questions
    assert result.records.links.empty and question.column == "size"
    named = _one(tmp_path, f"case_id,date_of_onset,source of infection\n{rows}")
    assert len(named.records.links) == 4


def test_of_fever_and_rash_somebody_says_which_is_the_onset(tmp_path: Path) -> None:
    text = "case_ID,date_of_prodrome,date_of_rash\nA1,1861-11-21,1861-11-25\nA2,1861-11-23,1861-11-27\n"
    (question,) = _one(tmp_path, text).questions
    assert question.column == "date_of_rash" and question.choices[0].value == "onset"
    answered = _one(tmp_path, text, answers={question.id: "onset"})
    assert not answered.questions
    assert answered.records.cases["onset"].tolist() == [parse_iso(f"1861-11-{day}")[0] for day in (25, 27)]


def test_coordinates_stay_with_the_place_and_stand_for_its_name(tmp_path: Path) -> None:
    head = "Họ tên,SĐT,Tên địa điểm,Vĩ độ,Kinh độ,Thời gian quét\n"
    one, two = (
        "Lê Một,0912000111,Quán Xa,9.17682,105.15242,12/07/2021 07:15",
        "Lê Hai,0912000222,,9.18,105.15,12/7/2021",
    )
    result = _one(tmp_path, f"{head}{one}\n{two} 08:00\n")
    places = result.records.places.set_index("place")
    assert places.loc["Quán Xa", ["lat", "lon"]].tolist() == [9.17682, 105.15242]
    assert places.loc["9.18000, 105.15000", ["lat", "lon"]].tolist() == [9.18, 105.15]
    assert len(result.records.visits) == 2 and not result.questions
