"""How the code of a case is written where a text names it: ``BN34``, and codes of a province, ``KG-015``."""

from __future__ import annotations

import re
from typing import Final

from tracing.patterns import regex

#: Letters before a number that are no province: flights, roads, documents, units of an address, a value of a result.
_OTHERS: Final = "VN|VJ|QH|BL|VU|QL|TL|DT|SN|CMND|CCCD|KCL|KP|TP|TT|CT|HD|ID|MS"
PROVINCE_CODE: Final = (
    r"(?-i:(?!BN|F0|CA|COVID|SARS|NCOV)"
    rf"(?:[A-ZĐ]{{2,5}}-\d{{1,6}}|(?!(?:{_OTHERS})\d)[A-ZĐ]{{2,4}}\d{{3,6}}(?![\w/]|[ -]?(?:TS|BTS)(?!\w))))"
)
"""A code that no word for a case need stand before; numbers of boats (``PY90418 TS``) and of flights are none."""
OF_MINISTRY: Final = r"(?i:BN[ \-.]?\d{2,})"
"""The code of a confirmed case, as the ministry gives it."""
NUMBERED: Final = r"(?i:(?:BN|F0)[ \-.]?\d{2,})"
"""A case by its number: the code of the ministry, or the number that a list gives its F0."""
CASE_CODE: Final = rf"(?:{NUMBERED}|{PROVINCE_CODE})"
"""The code of a case, whoever gave it."""
OWN_CODE: Final = regex(
    r"(?i)\W*(?:(?:là )?(?:F0|ca bệnh|ca dương tính|ca F0|ca nhiễm)\s*[\s:,(–-]\s*|là )"
    rf"(?P<code>BN[ \-.]?\d{{2,}}|{PROVINCE_CODE})\W*"
)
"""A remark that says nothing else than which case the person of its row is: ``F0 (BN41)``, ``F0 - PY2612``."""
NAMED_CODE: Final = regex(rf"\b{NUMBERED}|(?<!\w){PROVINCE_CODE}")
"""The code of a case anywhere in a text."""
#: A code whose number has points or blanks between its thousands, or words before it.
_PARTED: Final = regex(
    r"(?i)(?<!\w)BN(?:[ .:-]{0,2}(?:mã|số|ma|so)\b){0,2}[ .:-]{0,2}"
    r"(?P<number>\d{1,3}(?:[. ]\d{3}){1,2}|(?<=[oốãa][ :])\d{2,7})"
    r"(?![\d/]|[.,:-]\d|\s*(?:người|ca|mẫu|mũi|giờ|h)\b)"
)


def with_codes_joined(text: str) -> str:
    """Return a line in which codes are written in one: ``BN 651.203`` and ``BN số 651203`` are ``BN651203``."""
    return _PARTED.sub(lambda match: "BN" + re.sub(r"\D", "", match["number"]), text) if "BN" in text.upper() else text


def plain_code(code: str) -> str:
    """Return the code of a case without the signs inside it; that of a province as it is written."""
    return re.sub(r"[ .\-]", "", code).upper() if code[:2].upper() in ("BN", "F0") else code
