"""What the record tables and units without a name are called, in words."""

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


def nameless(code: str) -> Text:
    """Return how a unit without a name is written: its code is never alone."""
    return _("code {code} (no name)", code=code)
