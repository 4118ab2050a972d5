"""What the record tables are called, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tracing.text import Text, catalogue

_, _n = catalogue("tracing")

TABLE_WORDS: Final[Mapping[str, Text]] = {
    "persons": _("people"),
    "cases": _("cases"),
    "contacts": _("contacts"),
    "visits": _("visits"),
    "places": _("places"),
    "areas": _("areas"),
    "tests": _("test results"),
    "isolations": _("isolations"),
    "arrivals": _("arrivals"),
    "links": _("declared links"),
    "outbreaks": _("levels of the epidemic"),
    "counts": _("counts"),
}
