"""The first lines of a form in a text, ``1. Họ và tên: …   2. Năm sinh: …   4. Mã số: BN34``: whom the rest is about.

They become one line that introduces the case as bulletins do, so that the days below it are those of this case and not
of the one before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from loaders.code_words import CASE_CODE, plain_code
from loaders.files.grid import Document, Line
from loaders.files.spelt import Spelt
from tracing.patterns import regex
from tracing.spelling import fold

#: Fields of such a form, in the order in which a bulletin tells them; each up to the next number and label.
_FIELDS: Final = {
    "name": r"họ (?:và )?tên(?: bệnh nhân| người bệnh)?|tên bệnh nhân",
    "sex": r"giới(?: tính)?",
    "born": r"năm sinh|sinh năm",
    "code": r"mã (?:số|BN|bệnh nhân|ca(?: bệnh)?)(?: bệnh nhân| BN)?|số BN",
    "phone": r"(?:số )?(?:điện thoại|ĐT|SĐT)",
    "home": r"địa chỉ(?: hiện (?:tại|nay))?|nơi ở(?: hiện (?:tại|nay))?",
}
_NUMBER: Final = r"(?:\d{1,2}\s?[.)]\s*)?"
_NEXT: Final = rf"(?=\s{{2,}}{_NUMBER}[^\W\d][^:]{{1,30}}:|\s+\d{{1,2}}[.)]\s*[^\W\d][^:]{{1,30}}:|$)"
_FORMS: Final = {
    name: Spelt(rf"(?i)(?:^|\s){_NUMBER}(?:{words})\s*:\s*(?P<said>\S.*?){_NEXT}") for name, words in _FIELDS.items()
}
_CODE: Final = regex(CASE_CODE)
#: That a form is of a case, without accents: in its title, or in the label of the name.
_OF_CASE: Final = regex(
    r"\b(?:dieu tra|thong tin|giam sat|bao cao)\b.{0,40}\bca (?:benh|mac|f ?0|duong tinh|nhiem)\b"
    r"|\bten (?:benh nhan|nguoi benh|ca benh)\b"
)
_MOST: Final = 8


def with_subjects_of_forms(document: Document) -> Document:
    """Return a text in which the lines that say who a form is about are one line: ``BN34 (Lê Tư, nam, sinh năm …)``."""
    out: list[Line] = []
    lines = document.lines
    at = 0
    while at < len(lines):
        told, end = _told(lines, at)
        if "name" in told and ("code" in told or ("born" in told and _is_of_case(lines, at))):
            out.append(Line(lines[at].row, (_introduced(told),)))
            at = end
        else:
            out.append(lines[at])
            at += 1
    return replace(document, lines=tuple(out)) if len(out) < len(lines) else document


def _is_of_case(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a form whose name stands in a line is of a case, as that line or those above it say."""
    return any(_OF_CASE.search(fold(line.text)) for line in lines[max(at - _MOST, 0) : at + 1])


def _told(lines: Sequence[Line], at: int) -> tuple[dict[str, str], int]:
    """Return what the lines from one on that begin a form say of its person, and the position behind them."""
    told: dict[str, str] = {}
    if _FORMS["name"].search(lines[at].text) is None:
        return told, at
    end = at
    for line in lines[at : at + _MOST]:
        found = {name: match["said"] for name, form in _FORMS.items() if (match := form.search(line.text)) is not None}
        if not found or found.keys() & told.keys():
            break
        told |= found
        end += 1
    code = _CODE.search(told.get("code", ""))
    if code is None:
        told.pop("code", None)
    else:
        told["code"] = plain_code(code[0])
    return told, end


def _introduced(told: dict[str, str]) -> str:
    """Return the line with which a bulletin begins to tell of somebody."""
    said = [told["name"].strip(" .,;"), told.get("sex", "").strip(" .,;")]
    said += [f"sinh năm {born[0]}"] if (born := re.search(r"(?:19|20)\d\d", told.get("born", ""))) else []
    said += [f"ĐT {told['phone'].strip(' .')}"] if "phone" in told and "code" not in told else []
    said += [f"ngụ {told['home'].strip(' .')}"] if "home" in told else []
    who = told.get("code") or said.pop(0)
    return f"Bệnh nhân {who} ({', '.join(part for part in said if part)})"
