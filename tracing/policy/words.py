"""The fields of a rule, and the words that stand in them, as people read them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from tracing.model.places import KIND_WORDS, PLACE_WORDS
from tracing.text import Text, Words, catalogue, join

_, _n = catalogue("tracing")

EVENTS: Final = {
    "onset": _("onset"),
    "sample": _("positive sample"),
    "confirmed": _("confirmation"),
    "isolation": _("isolation"),
    "negative_test": _("a negative test"),
}
"""What a window is counted from, and what ends it."""

STAYS_OPEN: Final = {
    "home": _("living in one home with somebody isolated there"),
    "care": _("care for the patient"),
    "room": _("staying in one room"),
    "dead": _("touching the dead"),
}
"""Contacts that an isolation does not end."""

OUR_READING: Final = _(
    "Counted apart, too: whom an isolation does not part from a case is our reading where a rule's text is silent."
)
"""What is said of :data:`STAYS_OPEN` where the items of a rule that nobody verified are counted."""

F1_CLASSES: Final = {
    "near": _("near"),
    "far": _("far"),
    "undecided": _("near or far (not known)"),
}
"""Classes of F1 where a rule has them."""

LEVELS: Final = {
    "none": _("no outbreak"),
    "low": _("low (green)"),
    "medium": _("medium (yellow)"),
    "high": _("high (orange)"),
    "very_high": _("very high (red)"),
    "outbreak": _("outbreak"),
}
"""What is said of the epidemic in a unit."""

#: How well a number is grounded.
GRADES: Final = {
    "primary": _("read in the text itself"),
    "quoted": _("quoted by another text"),
    "ours": _("NOT VERIFIED: ours"),
}

#: Field to the words of its values.
_VALUES: Final[Mapping[str, Mapping[str, Text]]] = {
    "grade": GRADES,
    "event": EVENTS,
    "anchors": EVENTS,
    "contacts": STAYS_OPEN,
    "f1_class": F1_CLASSES,
}

_FIELDS: Final = {
    "title": _("title"),
    "family": _("family of rules"),
    "disease": _("disease"),
    "document": _("document"),
    "valid_from": _("in force from"),
    "valid_to": _("in force until"),
    "window": _("infectious window"),
    "symptomatic": _("with symptoms"),
    "asymptomatic": _("without symptoms"),
    "anchors": _("counted from"),
    "before": _("opens before"),
    "after": _("closes after"),
    "closings": _("end"),
    "event": _("event"),
    "end_ct_above": _("ends at a Ct above"),
    "latent": _("a contact can expose others after"),
    "source_known": _("source known, opens after the first contact with it"),
    "source_finding": _("met earlier, tested to find the source"),
    "stays_open": _("isolation does not end"),
    "contacts": _("contacts"),
    "co_present": _("co-present"),
    "presence_alone": _("present together and nothing else known"),
    "immune_excluded": _("people who are immune are left out"),
    "deepest_tier": _("deepest tier"),
    "linger": _("stays in the air after leaving"),
    "stays": _("a visit without check-out is taken to last"),
    "clauses": _("close contact"),
    "quarantine": _("quarantine of contacts"),
    "cases_within": _("a case there counts for"),
    "definitions": _("who is a case"),
    "prophylaxis": _("what can still be given"),
    "within": _("within"),
    "notes": _("remark"),
    "id": _("id"),
    "text": _("text"),
    "source": _("source of the text"),
    "grade": _("how it was checked"),
    "note": _("note"),
}


def field_words(name: str) -> Words:
    """Return a dotted field name in words: ``window.symptomatic.before`` is "infectious window · with symptoms · …"."""
    parts: list[Words] = []
    for part, which in re.findall(r"(\w+)(?:\[([^\]]*)\])?", name):
        words = _FIELDS.get(part) or place_words(part)
        parts.append(join([words, which if which.isdigit() else f"[{which}]"], " ") if which else words)
    return join(parts, " · ")


def value_words(name: str, value: str) -> Words:
    """Return a value that is one of the field's few words as people read it; any other as it is."""
    return _VALUES.get(name.rpartition(".")[2], {}).get(value, value)


def kind_words(kind: str) -> Words:
    """Return a kind of contact as people read it."""
    return KIND_WORDS.get(kind, kind)


def place_words(kind: str) -> Words:
    """Return a kind of place as people read it; one that nobody named before as it is."""
    return PLACE_WORDS.get(kind, kind)
