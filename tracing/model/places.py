"""Kinds of place and of contact: which setting a kind of place is, and both in words."""

from __future__ import annotations

from typing import Final

from tracing.text import Text, catalogue

_, _n = catalogue("tracing")

KIND_WORDS: Final[dict[str, Text]] = {
    "household": _("household"),
    "work": _("work"),
    "school": _("school"),
    "care": _("care"),
    "transport": _("transport"),
    "social": _("social"),
    "other": _("other"),
}
"""Kinds of contact as people read them."""

PLACE_WORDS: Final[dict[str, Text]] = {
    "boat": _("boat"),
    "bus": _("bus"),
    "cafe": _("café"),
    "car": _("car"),
    "centre": _("isolation centre"),
    "church": _("church"),
    "clinic": _("clinic"),
    "company": _("company"),
    "default": _("any other place"),
    "factory": _("factory"),
    "flight": _("flight"),
    "fuel_station": _("fuel station"),
    "grocery": _("grocery"),
    "home": _("home"),
    "hospital": _("hospital"),
    "household": _("home"),
    "kindergarten": _("kindergarten"),
    "lodging": _("lodging"),
    "market": _("market"),
    "motorbike": _("motorbike"),
    "office": _("office"),
    "pagoda": _("pagoda"),
    "pharmacy": _("pharmacy"),
    "restaurant": _("restaurant"),
    "room": _("room"),
    "school": _("school"),
    "ship": _("ship"),
    "supermarket": _("supermarket"),
    "taxi": _("taxi"),
    "train": _("train"),
    "university": _("university"),
    "vehicle": _("vehicle"),
    "workplace": _("workplace"),
}
"""Kinds of place as people read them; a list may name others."""

VEHICLES: Final = frozenset({"vehicle", "flight", "bus", "boat", "taxi", "train", "ship", "car", "motorbike"})
"""Kinds of place that move."""

_SETTINGS: Final = {
    **dict.fromkeys(VEHICLES, "transport"),
    **dict.fromkeys(("household", "home"), "household"),
    **dict.fromkeys(("workplace", "factory", "office", "company"), "work"),
    **dict.fromkeys(("school", "kindergarten", "university"), "school"),
    **dict.fromkeys(("hospital", "clinic"), "care"),
}


def setting_of(place_kind: str) -> str:
    """Return the kind of contact that meeting at such a place is; of any other kind of place: social."""
    return _SETTINGS.get(place_kind, "social")
