"""By which short names a list calls cases: a name beside a code in any cell, a row whose remark is a code alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

from loaders.code_words import CASE_CODE, plain_code
from loaders.columns.meetings import called_cases
from loaders.columns.remark import is_remark
from loaders.files.grid import Sheet, distinct_texts

#: A remark that begins with the code of the row's own case: ``BN34``, ``là BN34, em chú rể``, ``F0 (BN34)``.
_OWN: Final = re.compile(
    rf"(?i)\W*(?:(?:chính )?là |(?:F ?0|ca(?: bệnh)?|case)\W+)*(?P<code>{CASE_CODE})\)?(?=\W*$|\s*[,;]\s*[^\d\s]|\s+đấy\b)"
)
_MOST: Final = 5_000


def cases_called(sheet: Sheet, columns: Mapping[str, int], *also: int) -> dict[str, str]:
    """Return short name without accents -> code of the cases that a list calls so, in remarks or the columns ``also``.

    A list of thousands of different remarks calls nobody so.
    """
    at_name = columns.get("name")
    if at_name is None:
        return {}
    of_rows, texts = [], []
    for at, heading in enumerate(sheet.headings):
        if at not in also and not is_remark(heading):
            continue
        distinct = distinct_texts(sheet.cells[at])[1]
        if len(distinct) > _MOST:
            return {}
        texts += distinct
        own = {text: plain_code(match["code"]) for text in distinct if (match := _OWN.match(text)) is not None}
        if is_remark(heading) and own:
            told = sheet.cells[at].isin(list(own)).to_numpy(dtype=bool)
            rows = zip(sheet.cells[at_name][told], sheet.cells[at][told], strict=True)
            of_rows += [(name, own[text]) for name, text in rows if isinstance(name, str)]
    once = Counter(code for _, code in dict.fromkeys(of_rows))
    names = [(name, code) for name, code in of_rows if once[code] == 1]
    if not names and not any("BN" in text.upper() for text in texts):
        return {}
    return called_cases(texts, names, distinct_texts(sheet.cells[at_name])[1])
