"""Line lists as they are published: headings of R, days and pages that are no ids, exposure, coordinates."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from lists import Rows, load_lists, pairs_of

from loaders.files.headings import name_of_field
from loaders.result import LoadResult
from tracing.times import format_iso

ZONE = "Asia/Ho_Chi_Minh"


def _load(folder: Path, rows: Rows, answers: Mapping[str, str] | None = None) -> LoadResult:
    return load_lists(folder, {"line_list.csv": rows}, answers=answers)


def _day(stamp: int) -> str:
    return format_iso(stamp, stamp, ZONE)[:10]


def _ends(result: LoadResult) -> set[tuple[str, str]]:
    return {(str(row.source), str(row.target)) for row in result.records.links.itertuples()}


def _asked(result: LoadResult) -> set[str]:
    return {str(question.column) for question in result.questions}


@pytest.mark.parametrize("days", [("3/19/2013", "3/2/2013", "3/4/2013"), ("3/19/13", "3/2/13", "3/4/13")])
def test_days_whose_numbers_are_ids_of_cases_are_no_sources(tmp_path: Path, days: tuple[str, ...]) -> None:
    rows = [["case_id", "date_of_onset", "day_x"]]
    rows += [[str(n), f"3/{n + 9}/2013", day] for n, day in enumerate((*days, *days), start=1)]
    rows += [["13", "3/20/2013", ""], ["19", "3/21/2013", ""]]
    result = _load(tmp_path, rows)
    assert len(result.records.links) == 0
    assert len(result.records.persons) == len(result.records.cases) == 8
    assert _asked(result) == {"day_x"}


@pytest.mark.parametrize(
    "heading",
    [
        "date_of_hospitalisation",
        "Date hospitalized",
        "Date_hospital_discharge",
        "admission date",
        "Date_of_notification",
    ],
)
def test_days_of_a_stay_in_hospital_and_of_a_notification_are_kept_and_not_asked_about(heading: str) -> None:
    assert name_of_field(heading, "people") == "(kept)"


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("cluster.id", None),
        ("epi.date", None),
        ("case.no", "person"),
        ("onset.date", "onset"),
        ("confirm.date", "confirmed"),
        ("person.sex", "sex"),
        ("person.firstName", "first_name"),
        ("contact/first_name", "first_name"),
    ],
)
def test_words_joined_by_points_are_read_together(heading: str, field: str | None) -> None:
    assert name_of_field(heading, "people") == field


def test_the_number_of_a_cluster_names_nobody_and_pages_infected_nobody(tmp_path: Path) -> None:
    rows = [["case.no", "onset.date", "confirm.date", "symptomatic", "cluster.id", "source"]]
    rows += [
        [f"QX{n}1", f"{n}/3/21", f"{n + 4}/3/21", "symptomatic", "0" if n < 15 else "7", f"https://example.org/{n}/a"]
        for n in range(13, 17)
    ]
    rows += [["QX99", "NA", "20/3/21", "asymptomatic", "7", "https://example.org/20/b"]]
    result = _load(tmp_path, rows)
    assert set(result.records.persons["person"]) == {"QX131", "QX141", "QX151", "QX161", "QX99"}
    assert len(result.records.cases) == 5
    assert len(result.records.links) == 0
    asymptomatic = dict(zip(result.records.cases["person"], result.records.cases["asymptomatic"], strict=True))
    assert asymptomatic["QX99"] and not asymptomatic["QX131"]


@pytest.mark.parametrize("earlier", ["", "FALSE"])
def test_a_column_of_diseases_without_any_takes_nobody_from_the_cases(tmp_path: Path, earlier: str) -> None:
    rows = [["patient_id", "disease", "infected_by", "confirmed_date"]]
    rows += [["P1", earlier, "", "2020-02-01"], ["P2", earlier, "P1", "2020-02-05"], ["P3", "", "P1", "2020-02-06"]]
    result = _load(tmp_path, rows)
    assert set(result.records.cases["person"]) == {"P1", "P2", "P3"}
    assert _ends(result) == {("P1", "P2"), ("P1", "P3")}
    assert not result.questions


def test_a_table_with_long_remarks_is_no_running_text(tmp_path: Path) -> None:
    remark = "Stayed at the hotel, visited the market. He had gone to work on 12/1, and again later; moved by taxi"
    rows = [["CaseID", "Case", "cluster", "hospital", "country", "date_onset_symptoms", "date_confirmation", "notes"]]
    rows[0] += ["other", "further", "travelled", "nationality", "remark", "seen", "stayed", "flag"]
    rows += [
        [
            *(str(n), f"Case {n}, {n + 30}F, Church", "Church", "General", "Here"),
            *(f"2020-01-{n}", f"2020-02-{n}", remark, *["NA"] * 8),
        ]
        for n in range(10, 20)
    ]
    result = _load(tmp_path, rows)
    assert len(result.records.cases) == 10
    assert len(result.records.contacts) == 0  # "Case" only says again which case the row is


def _related(word: str) -> Rows:
    rows = [["CaseID", word, "date_onset_symptoms", "date_confirmation", "start_source", "end_source", "death"]]
    rows += [
        [
            *(str(n), f"{n + 1}, {n + 2}" if n < 8 else ""),
            *(f"2020-01-{n + 10}", f"2020-01-{n + 14}", f"2020-01-0{n}", f"2020-01-{n + 9}"),
            "2020-02-09" if n == 3 else "",
        ]
        for n in range(1, 10)
    ]
    return rows


@pytest.mark.parametrize("mutual", [True, False])
def test_linked_cases_that_name_each_other_are_asked_about_and_others_are_sources(tmp_path: Path, mutual: bool) -> None:
    rows: Rows = [["CaseID", "Linked to", "date_onset", "date_confirmation"]]
    rows += [["1", "2" if mutual else "", "2020-01-10", "2020-01-14"], ["2", "1", "2020-01-13", "2020-01-16"]]
    rows += [["3", "1, 2", "2020-01-15", "2020-01-16"]]
    result = _load(tmp_path, rows)
    assert len(result.records.cases) == 3
    assert _ends(result) == (set() if mutual else {("1", "2"), ("1", "3"), ("2", "3")})
    assert _asked(result) == ({"Linked to"} if mutual else set())


@pytest.mark.parametrize("word", ["Related cases", "Cluster links"])
def test_who_belongs_together_is_asked_and_the_list_stays_one_of_cases(tmp_path: Path, word: str) -> None:
    result = _load(tmp_path, _related(word))
    assert len(result.records.cases) == 9
    assert len(result.records.links) == 0
    assert _asked(result) == {word}
    (question,) = result.questions
    told = _load(tmp_path, _related(word), answers={question.id: "index"})
    assert len(told.records.cases) == 9
    assert len(told.records.contacts) == 14


def test_ends_of_an_exposure_and_a_day_below_death_are_read(tmp_path: Path) -> None:
    cases = _load(tmp_path, _related("Related cases")).records.cases.set_index("person")
    assert _day(cases.loc["3", "exposure_start"]) == "2020-01-03"
    assert _day(cases.loc["3", "exposure_end"]) == "2020-01-12"
    assert cases.loc["3", "outcome"] == "died"
    assert cases["outcome"].notna().sum() == 1


def test_days_beside_coordinates_are_visits_where_people_are_told_several_times(tmp_path: Path) -> None:
    rows = [["patient_id", "date", "province", "type", "latitude", "longitude"]]
    rows += [["1", "2020-01-20", "North", "airport", "37.4604", "126.4406"]]
    rows += [["1", "2020-01-21", "North", "hospital", "37.4788", "126.6685"]]
    rows += [["2", "2020-01-21", "North", "airport", "37.4604", "126.4406"]]
    visits = _load(tmp_path, rows).records.visits
    assert sorted((v.person, v.place, _day(v.start)) for v in visits.itertuples()) == [
        ("1", "37.46040, 126.44060", "2020-01-20"),
        ("1", "37.47880, 126.66850", "2020-01-21"),
        ("2", "37.46040, 126.44060", "2020-01-21"),
    ]


def test_a_day_beside_the_coordinates_of_a_home_is_asked_about(tmp_path: Path) -> None:
    rows = [["patient_id", "date", "latitude", "longitude"], ["1", "2020-01-20", "37.46", "126.44"]]
    rows += [["2", "2020-01-21", "37.47", "126.66"]]
    result = _load(tmp_path, rows)
    assert len(result.records.visits) == 0
    assert _asked(result) == {"date"}


def _numbered() -> Rows:
    rows: Rows = [
        [
            *("number", "code", "onset", "reported", "death", "outcome", "exposure", "cluster", "contact_with"),
            *("contact", "suspected", "patient"),
        ]
    ]
    rows += [["3", "25M", "2012-03-21", "2012-04-20", "2012-04-25", "fatal", "", "4", "", "", "", "1"]]
    rows += [["5", "30M", "2012-03-30", "", "", "", "2012-03-21,2012-03-24", "4", "3", "family", "TRUE", "2"]]
    rows += [["6", "40F", "2012-04-02", "", "?", "fatal", "2012-03-22", "4", "3", "health care worker", "", "A"]]
    rows += [["8", "41F", "2012-04-03", "", "2012-04-19", "recovered", "", "5", "5", "family", "FALSE", "B"]]
    rows += [["9", "42F", "2012-04-03", "", "", "", "", "5", "8", "family", "TRUE", "C"]]
    return rows


def test_the_number_of_a_case_is_its_id_where_contact_says_how_and_patient_is_a_mark(tmp_path: Path) -> None:
    result = _load(tmp_path, _numbered())
    assert set(result.records.persons["person"]) == {"3", "5", "6", "8", "9"}
    assert not result.records.persons["name"].notna().any()
    assert _ends(result) == {("3", "5"), ("3", "6"), ("5", "8"), ("8", "9")}
    assert _asked(result) == {"exposure"}  # and neither the numbers of the clusters nor the marks


def test_fatal_is_died_and_a_yes_below_suspected_is_the_class(tmp_path: Path) -> None:
    cases = _load(tmp_path, _numbered()).records.cases.set_index("person")
    assert cases["outcome"].fillna("").to_dict() == {"3": "died", "5": "", "6": "died", "8": "recovered", "9": ""}
    assert cases["status"].fillna("").to_dict() == {"3": "", "5": "suspected", "6": "", "8": "", "9": "suspected"}
    assert _day(cases.loc["3", "outcome_date"]) == "2012-04-25"


def test_a_column_contact_of_ids_stays_who_the_rows_are_about(tmp_path: Path) -> None:
    rows: Rows = [["contact", "case", "date_last_contact"], ["K1", "C1", "2021-05-01"], ["K2", "C1", "2021-05-02"]]
    result = _load(tmp_path, rows)
    assert {"K1", "K2"} <= set(result.records.persons["person"])
    assert len(result.records.contacts) == 2


@pytest.mark.parametrize("heading", ["Hospitalised/Discharged/Deceased", "state"])
def test_what_became_of_cases_is_their_outcome_and_the_report_the_last_day_of_finding_them(
    tmp_path: Path, heading: str
) -> None:
    rows: Rows = [["Case no.", "Report date", "Date of onset", heading]]
    rows += [["1", "23/01/2020", "21/01/2020", "Discharged"], ["2", "24/01/2020", "Asymptomatic", "Hospitalised"]]
    rows += [["3", "26/01/2020", "22/01/2020", "Deceased"]]
    result = _load(tmp_path, rows)
    cases = result.records.cases.set_index("person")
    assert cases.loc["1", "outcome"] == "recovered"
    assert cases.loc["3", "outcome"] == "died"
    assert _day(cases.loc["2", "confirmed"]) == "2020-01-24"
    assert bool(cases.loc["2", "asymptomatic"])
    assert not result.questions


def test_the_day_of_a_report_stays_that_where_a_day_of_confirmation_is_told(tmp_path: Path) -> None:
    rows: Rows = [["Case no.", "Report date", "Date of onset", "Date confirmed"]]
    rows += [["1", "23/01/2020", "", "22/01/2020"]]
    assert _day(_load(tmp_path, rows).records.cases["confirmed"].iloc[0]) == "2020-01-22"


def test_a_source_of_people_of_whom_nothing_says_that_they_are_cases_is_whom_they_met(tmp_path: Path) -> None:
    cases = [["Mã BN", "Họ và tên", "Năm sinh", "Ngày khởi phát"], ["BN71", "Phạm Văn Hòa", 1970, "05/08/2021"]]
    met = [["Họ tên", "SĐT", "Nguồn", "Lúc nào"], ["Lê Thị Một", "0912345001", "BN71", "04/08/2021"]]
    result = load_lists(tmp_path, {"ca.csv": cases, "ds.csv": met})
    assert result.records.cases["person"].tolist() == ["BN71"]
    assert [sorted(pair[:2]) for pair in pairs_of(result)] == [["Lê Thị Một", "Phạm Văn Hòa"]]


def test_a_source_under_a_title_of_cases_stays_who_infected_them(tmp_path: Path) -> None:
    cases = [["Mã BN", "Họ và tên", "Năm sinh", "Ngày khởi phát"], ["BN71", "Phạm Văn Hòa", 1970, "05/08/2021"]]
    more = [["DANH SÁCH CA BỆNH", "", ""], ["Họ tên", "SĐT", "Nguồn"], ["Lê Thị Một", "0912345001", "BN71"]]
    result = load_lists(tmp_path, {"ca.csv": cases, "ds.csv": more})
    assert len(result.records.cases) == 2 and len(result.records.links) == 1
