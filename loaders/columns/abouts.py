"""Columns that mean something else by what a list is about: ids in exports, sources in lists of cases, vaccines."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from loaders.columns.by_neighbours import EXPOSURE
from loaders.columns.looks import Look
from loaders.files.grid import Sheet
from loaders.files.headings import Reading, plain
from tracing.spelling import fold

_VACCINE: Final = re.compile(r"\b(?:vac ?xin|vaccin\w*)\b")
_EXPORTED: Final = {"contactid", "contactuuid", "contactpersonid"}
_EXPORTED_CASES: Final = {"caseid", "caseuuid", "sourcecaseid", "caseperson", "idofindexcase"}


def exported_contacts(reading: Reading, sheet: Sheet) -> Reading:
    """Of an export with ``Contact ID`` and ``Case ID`` the first is who a row is about, the second whom they met."""
    forms = [plain(heading) for heading in sheet.headings]
    contact = next((at for at, form in enumerate(forms) if form in _EXPORTED), None)
    case = next((at for at, form in enumerate(forms) if form in _EXPORTED_CASES), None)
    if contact is None or case is None or "index" in reading.columns or "said" in reading.by.values():
        return reading
    columns = {name: at for name, at in reading.columns.items() if at not in (contact, case)}
    return replace(
        reading,
        columns=columns | {"person": contact, "index": case},
        ids=(contact,),
        unused=tuple(at for at in reading.unused if at not in (contact, case)),
        kept=tuple(at for at in reading.kept if at not in (contact, case)),
        double={at: name for at, name in reading.double.items() if at not in (contact, case)},
        by={**reading.by, contact: "heading", case: "heading"},
        sure={**reading.sure, contact: 0.9, case: 0.9},
    )


def ids_of_cases(reading: Reading, look: Look | None) -> Reading:
    """Take ids for the case that people met where they are known cases, with days of contact and other names beside."""
    at = reading.columns.get("person")
    told = {"name", "first_name", "phone"} & set(reading.columns) and any(name in reading.columns for name in EXPOSURE)
    if at is None or not told or "index" in reading.columns or reading.by.get(at) == "said" or look is None:
        return reading
    if look.kind != "case" or look.share < 0.8:
        return reading
    columns = {name: place for name, place in reading.columns.items() if name != "person"}
    return replace(reading, columns=columns | {"index": at}, ids=tuple(i for i in reading.ids if i != at))


def vaccinated(reading: Reading, sheet: Sheet) -> Reading:
    """The ``số lô`` of a list of vaccinations is that of the vaccine, and no stall of a market."""
    if "stall" in reading.columns and any(_VACCINE.search(fold(heading)) for heading in sheet.headings):
        at = reading.columns["stall"]
        reading = replace(reading.without("stall"), unused=reading.unused, kept=(*reading.kept, at))
    return reading


def of_cases(reading: Reading, sheet: Sheet) -> Reading:
    """Whom the people of a list of cases met is by whom they were infected: ``F1 của`` beside ``Mã BN``."""
    columns = set(reading.columns)
    if "index" not in columns or "sources" in columns or any(name in columns for name in EXPOSURE):
        return reading
    cases = sheet.fact("list_of") == "cases" or columns & {"case_code", "confirmed"}
    if cases and columns & {"onset", "confirmed", "classification", "case_code"}:
        return reading.renamed("index", "sources")
    return reading
