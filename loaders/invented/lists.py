"""The lists that a commune sends: Vietnamese headings, a title line, dd/MM/yyyy, one list per purpose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from tracing.model.records import Records

_SEX: Final = {"male": "Nam", "female": "Nữ"}
_FOUND: Final = {
    "community": "Cộng đồng",
    "quarantine": "Khu cách ly",
    "zone": "Khu phong tỏa",
    "home_isolation": "Cách ly tại nhà",
    "arrival": "Từ vùng dịch về",
}
_KIND: Final = {
    "household": "Gia đình",
    "work": "Đồng nghiệp",
    "school": "Lớp học",
    "care": "Y tế",
    "transport": "Cùng xe",
    "social": "Bạn bè",
    "other": "Khác",
}
_RESULT: Final = {
    "positive": "Dương tính",
    "negative": "Âm tính",
    "pending": "Chờ kết quả",
    "invalid": "Không xác định",
}
_METHOD: Final = {"pcr": "PCR", "antigen": "Test nhanh"}
_HELD: Final = {"hospital": "Bệnh viện", "centre": "Cách ly tập trung", "home": "Tại nhà", "zone": "Khu phong tỏa"}

_PERSON_HEADS: Final = {
    "person": "Mã người",
    "name": "Họ và tên",
    "birth_year": "Năm sinh",
    "sex": "Giới tính",
    "phone": "Số điện thoại",
    "national_id": "CCCD/CMND",
    "household": "Mã hộ",
    "area": "Mã đơn vị hành chính",
    "address": "Nơi ở hiện nay",
    "occupation": "Nghề nghiệp",
}


def local_texts(at: pd.Series, pattern: str, zone: str) -> pd.Series:
    """Return epoch seconds as local texts by a strftime ``pattern``; each distinct time is written once."""
    codes, distinct = pd.factorize(at)
    moments = pd.DatetimeIndex(pd.to_datetime(np.asarray(distinct, dtype=np.int64), unit="s", utc=True))
    texts = pd.Series(moments.tz_convert(zone).strftime(pattern), dtype="string")
    return texts.reindex(codes).set_axis(at.index)


def time_texts(at: pd.Series, to: pd.Series, zone: str, *, day: str, moment: str) -> pd.Series:
    """Return a time column as texts: by the pattern ``day`` where it is a day, by ``moment`` where it is an instant."""
    whole = (to > at).fillna(False)
    return local_texts(at, moment, zone).where(~whole, local_texts(at, day, zone))


@dataclass(frozen=True)
class ListSheet:
    """A table to be written: ``headings`` says what its columns are called (empty: as they are)."""

    name: str
    title: str | None
    frame: pd.DataFrame
    headings: dict[str, str]

    def headed(self) -> pd.DataFrame:
        """Return the frame under its headings; a list with a title also has its running number."""
        frame = self.frame.rename(columns=self.headings)
        if self.title is not None:
            frame.insert(0, "STT", np.arange(1, len(frame) + 1))
        return frame


def commune_lists(records: Records) -> list[ListSheet]:
    """Return all lists of ``records``: cases, F1, F2, QR check-ins, coach and boat passengers, tests, isolations.

    Places are named as people name them, by their names (see :func:`with_named_places`).
    """
    records = with_named_places(records)
    end = records.last_instant()
    day = "" if end is None else local_texts(pd.Series([end], dtype="Int64"), "%d/%m/%Y", records.zone).iloc[0]
    sheets = [
        _cases(records, day),
        *_contacts(records, day),
        *_visits(records, day),
        _tests(records, day),
        _isolations(records, day),
        _arrivals(records, day),
    ]
    return [sheet for sheet in sheets if len(sheet.frame)]


def with_named_places(records: Records) -> Records:
    """Return ``records`` with the place's name, which is unique in a generated province, as its id."""
    name_of = records.places.set_index("place")["name"]
    tables = dict(records.tables)
    for table, column in (
        ("contacts", "place"),
        ("visits", "place"),
        ("isolations", "place"),
        ("arrivals", "vehicle"),
        ("places", "place"),
    ):
        frame = tables[table]
        tables[table] = frame.assign(**{column: frame[column].map(name_of).astype("string")})
    return Records(tables, records.zone)


def _days(frame: pd.DataFrame, name: str, zone: str) -> pd.Series:
    """Return a time column as dd/MM/yyyy, with the hour where it is known."""
    return time_texts(frame[name], frame[f"{name}_to"], zone, day="%d/%m/%Y", moment="%d/%m/%Y %H:%M")


def _with_person(frame: pd.DataFrame, records: Records, on: str) -> pd.DataFrame:
    persons = records.persons.set_index("person")
    who = persons.reindex(frame[on])
    out = pd.DataFrame({"person": frame[on].to_numpy()})
    for column in _PERSON_HEADS:
        if column != "person":
            out[column] = who[column].to_numpy(dtype=object, na_value=None)
    out["sex"] = out["sex"].map(_SEX)
    return out


def _title(what: str, day: str) -> str:
    return f"{what} (đến ngày {day}) – DỮ LIỆU GIẢ LẬP, KHÔNG CÓ NGƯỜI THẬT"


def _cases(records: Records, day: str) -> ListSheet:
    cases = records.cases.reset_index(drop=True)
    out = _with_person(cases, records, "person")
    out.insert(1, "case_code", cases["case_code"])
    for column in ("onset", "sample", "confirmed", "isolated"):
        out[column] = _days(cases, column, records.zone)
    out["symptoms"] = cases["asymptomatic"].map({True: "Không", False: "Có"})
    links = records.links.groupby("target")["source"].agg(";".join)
    out["sources"] = cases["person"].map(links)
    out["found_in"] = cases["found_in"].map(_FOUND)
    heads = _PERSON_HEADS | {
        "case_code": "Bí danh CDC",
        "onset": "Ngày khởi phát",
        "sample": "Ngày lấy mẫu",
        "confirmed": "Ngày xác nhận",
        "isolated": "Ngày cách ly",
        "symptoms": "Có triệu chứng",
        "sources": "Nguồn lây",
        "found_in": "Nơi phát hiện",
    }
    return ListSheet("danh-sach-F0", _title("DANH SÁCH F0", day), out, heads)


def _contacts(records: Records, day: str) -> list[ListSheet]:
    """Return the lists of F1 (contacts of a case) and F2 (contacts of somebody on the list of F1)."""
    contacts = records.contacts
    cases = set(records.cases["person"])
    a, b = contacts["person_a"].isin(cases), contacts["person_b"].isin(cases)
    first = contacts[a | b]
    index_is_a = (a | ~b)[a | b]
    listed = set(first["person_a"]) | set(first["person_b"])
    rest = contacts[~(a | b)]
    a2, b2 = rest["person_a"].isin(listed), rest["person_b"].isin(listed)
    return [
        _contact_list(records, first, index_is_a, "danh-sach-F1", _title("DANH SÁCH F1", day), "F0"),
        _contact_list(records, rest[a2 | b2], a2[a2 | b2], "danh-sach-F2", _title("DANH SÁCH F2", day), "F cấp trên"),
    ]


def _contact_list(
    records: Records, rows: pd.DataFrame, index_is_a: pd.Series, name: str, title: str, index: str
) -> ListSheet:
    rows, index_is_a = rows.reset_index(drop=True), index_is_a.reset_index(drop=True)
    told = pd.DataFrame({"who": rows["person_b"].where(index_is_a, rows["person_a"])})
    out = _with_person(told, records, "who")
    out["index"] = rows["person_a"].where(index_is_a, rows["person_b"])
    out["start"] = _days(rows, "start", records.zone)
    out["end"] = _days(rows, "end", records.zone)
    out["kind"] = rows["kind"].map(_KIND)
    out["place"] = rows["place"]
    out["distance_m"] = rows["distance_m"]
    out["minutes"] = rows["minutes"]
    heads = _PERSON_HEADS | {
        "index": index,
        "start": "Ngày đầu tiếp xúc",
        "end": "Ngày cuối tiếp xúc",
        "kind": "Loại tiếp xúc",
        "place": "Nơi tiếp xúc",
        "distance_m": "Khoảng cách (m)",
        "minutes": "Số phút tiếp xúc",
    }
    return ListSheet(name, title, out, heads)


def _visits(records: Records, day: str) -> list[ListSheet]:
    """Return the QR check-ins as a download, and the passengers of coaches and boats as a list."""
    visits = records.visits
    riding = visits["place"].isin(records.places.loc[records.places["kind"] == "vehicle", "place"])
    sheets = []
    for chosen, name, title in (
        (visits[~riding], "quet-ma-QR", None),
        (visits[riding], "danh-sach-xe-do", _title("HÀNH KHÁCH XE, ĐÒ", day)),
    ):
        rows = chosen.reset_index(drop=True)
        out = pd.DataFrame(
            {
                "person": rows["person"],
                "place": rows["place"],
                "start": _days(rows, "start", records.zone),
                "end": _days(rows, "end", records.zone),
            }
        )
        heads = {"person": "Mã người", "place": "Địa điểm", "start": "Giờ đến", "end": "Giờ đi"}
        if title is None:
            out["mask"] = rows["mask"].map({True: "Có", False: "Không"})
            heads["mask"] = "Khẩu trang"
        else:
            out["seat_row"] = rows["seat_row"]
            out["seat"] = rows["seat"]
            heads |= {"seat_row": "Hàng ghế", "seat": "Số ghế"}
        sheets.append(ListSheet(name, title, out, heads))
    return sheets


def _tests(records: Records, day: str) -> ListSheet:
    tests = records.tests.sort_values(["sample", "person", "test"], ignore_index=True)
    out = _with_person(tests, records, "person")[["person", "name", "birth_year", "sex"]]
    out["sample"] = _days(tests, "sample", records.zone)
    out["pool"] = tests["pool"]
    out["method"] = tests["method"].map(_METHOD)
    out["result"] = tests["result"].map(_RESULT)
    out["resulted"] = _days(tests, "resulted", records.zone)
    out["ct"] = tests["ct"]
    heads = {key: _PERSON_HEADS[key] for key in ("person", "name", "birth_year", "sex")} | {
        "sample": "Ngày lấy mẫu",
        "pool": "Mã gộp",
        "method": "Kỹ thuật xét nghiệm",
        "result": "Kết quả",
        "resulted": "Ngày trả kết quả",
        "ct": "Giá trị CT",
    }
    return ListSheet("ket-qua-xet-nghiem", _title("KẾT QUẢ XÉT NGHIỆM", day), out, heads)


def _isolations(records: Records, day: str) -> ListSheet:
    rows = records.isolations.sort_values(["start", "person", "isolation"], ignore_index=True)
    out = _with_person(rows, records, "person")[["person", "name", "birth_year", "sex"]]
    out["isolation_kind"] = rows["kind"].map(_HELD)
    out["isolation_place"] = rows["place"]
    out["start"] = _days(rows, "start", records.zone)
    out["end"] = _days(rows, "end", records.zone)
    heads = {key: _PERSON_HEADS[key] for key in ("person", "name", "birth_year", "sex")} | {
        "isolation_kind": "Hình thức cách ly",
        "isolation_place": "Nơi cách ly",
        "start": "Ngày bắt đầu cách ly",
        "end": "Ngày kết thúc cách ly",
    }
    return ListSheet("danh-sach-cach-ly", _title("DANH SÁCH CÁCH LY", day), out, heads)


def _arrivals(records: Records, day: str) -> ListSheet:
    rows = records.arrivals.reset_index(drop=True)
    out = _with_person(rows, records, "person")[["person", "name", "birth_year", "sex", "address"]]
    out["arrived"] = _days(rows, "arrived", records.zone)
    out["origin"], out["vehicle"], out["checkpoint"] = rows["origin"], rows["vehicle"], rows["checkpoint"]
    heads = {key: _PERSON_HEADS[key] for key in ("person", "name", "birth_year", "sex", "address")} | {
        "arrived": "Ngày về địa phương",
        "origin": "Về từ",
        "vehicle": "Phương tiện",
        "checkpoint": "Chốt kiểm soát",
    }
    return ListSheet("danh-sach-nguoi-ve", _title("NGƯỜI VỀ TỪ VÙNG DỊCH", day), out, heads)
