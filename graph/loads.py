"""What the stores share about loads: which may be taken back, and what is said where one may not."""

from __future__ import annotations

import json
from typing import Any

from tracing.errors import NothingFound, SafetyError, UsageError
from tracing.text import catalogue

_, _n = catalogue("graph")


def note_text(value: Any) -> str:
    """Return the value of a note as JSON text, the same for the same value.

    Raises
    ------
    UsageError
        If it is no JSON value.
    """
    try:
        return json.dumps(value, sort_keys=True, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise UsageError(_("a note must be a JSON value")) from error


def no_load() -> NothingFound:
    """Return what is said where nothing was loaded."""
    return NothingFound(
        _("no load is on record in this store, so there is nothing to take back"),
        fix=_("what was loaded by an earlier version, or written by a program, is not on record as a load"),
    )


def too_old() -> SafetyError:
    """Return what is said of a load whose former rows are no longer kept."""
    return SafetyError(
        _("the last load left on record is too old to be taken back; nothing was changed"),
        fix=_("load the lists that are right into a new store"),
    )


def depended_on() -> SafetyError:
    """Return what is said of a load whose rows a later write names."""
    return SafetyError(
        _("a later write that is no load builds on the last load, so it is not taken back; nothing was changed"),
        fix=_("load the lists that are right into a new store, or correct the rows and load them with --replace"),
    )


def not_last() -> UsageError:
    """Return what is said where a load is to be continued after another one."""
    return UsageError(_("this load is on record already and others came after it; begin a new one"))


def half_undone() -> SafetyError:
    """Return what is said where a load was broken off while it was taken back."""
    return SafetyError(
        _("the last load is half taken back, because that was broken off"),
        fix=_("run truyvet undo again; it goes on where it stopped"),
    )
