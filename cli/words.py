"""Words that several commands use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from tracing.text import Text, catalogue

_, _n = catalogue("cli")

CERTAIN: Final = _("certain")
POSSIBLE: Final = _("possible")

COUNTED: Final[Mapping[str, Callable[[int], Text]]] = {
    "persons": lambda n: _n("{n} person", "{n} people", n, n=n),
    "cases": lambda n: _n("{n} case", "{n} cases", n, n=n),
    "contacts": lambda n: _n("{n} contact", "{n} contacts", n, n=n),
    "visits": lambda n: _n("{n} visit", "{n} visits", n, n=n),
    "places": lambda n: _n("{n} place", "{n} places", n, n=n),
    "areas": lambda n: _n("{n} area", "{n} areas", n, n=n),
    "tests": lambda n: _n("{n} test", "{n} tests", n, n=n),
    "isolations": lambda n: _n("{n} isolation", "{n} isolations", n, n=n),
    "arrivals": lambda n: _n("{n} arrival", "{n} arrivals", n, n=n),
    "links": lambda n: _n("{n} link", "{n} links", n, n=n),
    "outbreaks": lambda n: _n("{n} level of the epidemic", "{n} levels of the epidemic", n, n=n),
    "counts": lambda n: _n("{n} count", "{n} counts", n, n=n),
}
"""So many rows of a table of records."""

ROWS: Final[Mapping[str, Text]] = {
    "persons": _("person"),
    "cases": _("case"),
    "contacts": _("contact"),
    "visits": _("visit"),
    "places": _("place"),
    "areas": _("area"),
    "tests": _("test"),
    "isolations": _("isolation"),
    "arrivals": _("arrival"),
    "links": _("link"),
    "outbreaks": _("level of the epidemic"),
    "counts": _("count"),
}
"""One row of a table of records."""

CHANGES: Final[Mapping[str, Text]] = {
    "new": _("new"),
    "risen": _("risen"),
    "fallen": _("fallen"),
    "gone": _("gone"),
    "certainty": _("certainty"),
}
"""What can have changed for a person between two runs."""

SEXES: Final[Mapping[str, Text]] = {"female": _("female"), "male": _("male"), "other": _("other")}
"""The sexes of records."""

NEXT: Final = _("Next:")
"""Stands before what can be called now."""
