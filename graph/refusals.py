"""What every store refuses, in one set of words."""

from __future__ import annotations

from collections.abc import Sequence

from tracing.errors import InputError, NothingFound, SafetyError, StoreError, UsageError
from tracing.model.schema import TABLES
from tracing.text import catalogue

_, _n = catalogue("graph")


def check_tables(names: Sequence[str]) -> None:
    """Make sure that there are tables of these names.

    Raises
    ------
    UsageError
        If one is unknown.
    """
    unknown = [name for name in names if name not in TABLES]
    if unknown:
        raise UsageError(
            _("there is no table {tables}", tables=", ".join(unknown)),
            fix=_("the tables are {known}", known=", ".join(TABLES)),
        )


def closed(place: object) -> StoreError:
    """Return what is said of a store that is used after it was closed."""
    return StoreError(_("the store {place} was closed", place=place), fix=_("open it again"))


def only_read(place: object) -> StoreError:
    """Return what is said where a store opened for reading is to be written."""
    return StoreError(_("{place} was opened for reading only", place=place), fix=_("open it again for writing"))


def other_zone(zone: str, kept: str) -> InputError:
    """Return what is said of records read in another time zone than those kept."""
    return InputError(
        _("these records were read in the time zone {zone}, those in the store in {kept}", zone=zone, kept=kept),
        fix=_("read the files in {kept}, or keep them in a store of their own", kept=kept),
    )


def no_run() -> NothingFound:
    """Return what is said where no run has the id asked for."""
    return NothingFound(
        _("no run with that id is kept in this store"),
        fix=_("truyvet runs lists those that are"),
    )


def no_load() -> NothingFound:
    """Return what is said where nothing was loaded."""
    return NothingFound(
        _("no load is on record in this store, so there is nothing to take back"),
        fix=_("what was loaded by an earlier version, or written by a program, is not on record as a load"),
    )


def too_old() -> SafetyError:
    """Return what is said of a load whose former rows are no longer kept."""
    return SafetyError(
        _(
            "the last load left on record is too old to be taken back, or people were removed after it; nothing was"
            " changed"
        ),
        fix=_("load the lists that are right into a new store"),
    )


def changed_meanwhile(place: object) -> StoreError:
    """Return what is said where a store changed between the plan of a removal and the removal."""
    return StoreError(
        _("{place} was changed by another program meanwhile; nothing was removed", place=place), fix=_("try again")
    )


def changed_while_copied(place: object) -> StoreError:
    """Return what is said where a store changed while it was copied."""
    return StoreError(
        _("{place} was changed by another program while it was copied, so the copy is not whole", place=place),
        fix=_("try again when others have done writing"),
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
