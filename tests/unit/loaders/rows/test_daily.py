"""Contacts of every day: one question for a column, answered with the list's day or with each one's isolation."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from loaders import Answers, LoadOptions, LoadResult, load_files
from tracing.times import format_iso

CASES = "Mã BN,Họ và tên,Ngày khởi phát\nBN52007,Đinh Văn Sang,9/8/2021\n"
LIST = (
    "DANH SÁCH F1 CỦA BN52007 NGÀY 12/8/2021,,,\nHọ và tên,Năm sinh,Ngày TX gần nhất,Ngày bắt đầu CL\n"
    "Lữ Thị Hương,1968,hằng ngày,10/8/2021\nLữ Văn Sỹ,1999,Hàng ngày,11/8/2021\nLữ Văn Mười,1999,7/8/2021,11/8/2021\n"
)


def load(folder: Path, answers: dict[str, str]) -> LoadResult:
    (folder / "f0.csv").write_text(CASES, encoding="utf-8")
    (folder / "f1.csv").write_text(LIST, encoding="utf-8")
    paths = [folder / "f0.csv", folder / "f1.csv"]
    return load_files(paths, options=LoadOptions(today=date(2021, 8, 20)), answers=Answers(answers))


def test_the_last_day_of_contacts_of_every_day_is_asked_once(tmp_path: Path) -> None:
    first = load(tmp_path, {})
    [question] = first.questions
    assert (question.rows, len(first.records.contacts)) == (2, 1)
    for answer, days in (
        ("2021-08-12", {"2021-08-07", "2021-08-12"}),
        ("isolation", {"2021-08-07", "2021-08-10", "2021-08-11"}),
    ):
        told = load(tmp_path, {question.id: answer}).records.contacts
        assert {
            format_iso(a, b, "Asia/Ho_Chi_Minh") for a, b in told[["end", "end_to"]].itertuples(index=False)
        } == days
