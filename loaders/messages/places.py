"""Findings about places, communes and other areas that lists name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from loaders.messages.message import Message
from tracing.text import catalogue

_, _n = catalogue("loaders")

PLACES: Final[Mapping[str, Message]] = {
    "place.unknown": Message(
        "warning",
        _('place "{value}" is in no list of places; put on record without details'),
        _("load the list of places"),
    ),
    "area.unknown": Message(
        "warning",
        _('area "{value}" is in no list of areas; put on record without details'),
        _("load the list of areas"),
    ),
    "area.by_code": Message(
        "note",
        _n(
            "{count} commune is given by its official code alone; read as on {day}",
            "{count} communes are given by their official codes alone; read as on {day}",
            2,
        ),
        _("nothing to do"),
    ),
    "area.by_name": Message(
        "note",
        _n(
            "{count} person lives in a commune that is given by its name; read as on {day}",
            "{count} people live in a commune that is given by its name; read as on {day}",
            2,
        ),
        _("nothing to do"),
    ),
    "area.assumed": Message(
        "warning",
        _("no list of this load names its province or a district: its communes are read as those of Cà Mau"),
        _("write the province into a title or a column if that is wrong, and load again"),
    ),
    "area.of_title": Message(
        "note",
        _n(
            "{count} home is told by its hamlet alone; in {name}, as the list's title or name says: read so",
            "{count} homes are told by their hamlet alone; in {name}, as the list's title or name says: read so",
            2,
        ),
        _("correct them if that is wrong"),
    ),
    "area.name_unclear": Message(
        "warning",
        _n(
            '"{value}" ({count} row) is not exactly one commune: {why}',
            '"{value}" ({count} rows) is not exactly one commune: {why}',
            2,
        ),
        _("add the district, or write the commune's code; the text was kept"),
    ),
    "place.unknown_more": Message(
        "warning",
        _n(
            "{count} more place is in no list; put on record without details",
            "{count} more places are in no list; put on record without details",
            2,
        ),
        _("load the list of places"),
    ),
    "area.unknown_more": Message(
        "warning",
        _n(
            "{count} more area is in no list; put on record without details",
            "{count} more areas are in no list; put on record without details",
            2,
        ),
        _("load the list of areas"),
    ),
}
