"""Forms: each one's examples, filled in and loaded, give the right tables without a question or a doubt."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from loaders import LoadOptions, load_files, write_template
from loaders.forms import FORMS
from loaders.templates import example_rows
from tracing.errors import UsageError
from tracing.times import local


def filled(folder: Path, kind: str, lang: str) -> Path:
    path = folder / f"{kind}.xlsx"
    write_template(kind, path, lang=lang)
    book = openpyxl.load_workbook(path)
    for number, row in enumerate(example_rows(kind, lang), start=2):
        for at, value in enumerate(row, start=1):
            book.worksheets[0].cell(number, at).value = value if value != "" else None
    book.save(path)
    return path


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("kind", FORMS)
def test_a_filled_form_loads_without_a_question(tmp_path: Path, kind: str, lang: str) -> None:
    paths = [filled(tmp_path, kind, lang)]
    if kind != "cases":
        paths.append(filled(tmp_path, "cases", lang))
    result = load_files(paths, options=LoadOptions())
    table = result.findings.table
    assert table[table["severity"] != "note"]["message_en"].tolist() == [] and result.complete
    summary = next(s for s in result.summaries if s.file == f"{kind}.xlsx")
    assert summary.rows == summary.loaded == 2 and summary.unused == ()
    assert len(result.summaries) == len(paths) + (kind == "diaries"), "the people of a diary are a table of their own"
    for name in FORMS[kind].tables:
        assert (result.records[name]["source_file"] == f"{kind}.xlsx").any(), name
    if kind == "contacts":
        contacts = result.records.contacts
        assert sorted(contacts["person_a"]) == ["BN34", "BN34", "BN35"]
        assert {str(local(int(end), "Asia/Ho_Chi_Minh").date()) for end in contacts["end"]} == {"2021-08-02"}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_form_helps_who_fills_it(tmp_path: Path, lang: str) -> None:
    write_template("contacts", tmp_path / "f1.xlsx", lang=lang)
    sheet, told = openpyxl.load_workbook(tmp_path / "f1.xlsx").worksheets
    heads = [cell.value for cell in sheet[1]]
    assert heads[0] == {"vi": "Họ và tên", "en": "Full name"}[lang] and sheet.freeze_panes == "A2"
    assert len(sheet.data_validations.dataValidation) == 2 and told.max_row == len(heads) + 1
    assert all(sheet.column_dimensions[cell.column_letter].width >= 12 for cell in sheet[1])
    assert not load_files([tmp_path / "f1.xlsx"]).questions, "an empty form asks nothing"


def test_there_is_no_form_of_another_kind(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        write_template("nonsense", tmp_path / "x.xlsx")
