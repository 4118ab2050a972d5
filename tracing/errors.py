"""The errors a person can meet, one class per exit code.

A message never holds a person's name, phone or national id. ``fix`` says what to do about it. Errors become
text in exactly one place, :mod:`cli.main`.
"""

from __future__ import annotations

from typing import ClassVar

from tracing.text import Text, say


class TruyVetError(Exception):
    """Base of every error this software raises on purpose.

    Parameters
    ----------
    message
        What is wrong and where. No personal data.
    fix
        What the reader can do about it.
    """

    exit_code: ClassVar[int] = 1

    def __init__(
        self,
        message: Text | str,
        *,
        fix: Text | str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix

    def text(self, lang: str = "en") -> str:
        """Return message and fix as one text in ``lang`` ("vi" or "en")."""
        message, fix = say(self.message, lang), None if self.fix is None else say(self.fix, lang)
        return message if fix is None else f"{message}\n  → {fix}"

    def __str__(self) -> str:
        return say(self.message, "en")


class InternalError(TruyVetError):
    """Something that must not happen; a fault of this software."""

    exit_code = 1


class UsageError(TruyVetError):
    """The call's words do not fit together."""

    exit_code = 2


class NothingFound(TruyVetError):
    """The question was understood and nothing answers it."""

    exit_code = 3


class RowsSetAside(TruyVetError):
    """The work was done, but some rows need a correction first."""

    exit_code = 4


class InputError(TruyVetError):
    """An input file, policy or store content cannot be used at all."""

    exit_code = 5


class StoreError(TruyVetError):
    """A store or server cannot be reached, opened or written."""

    exit_code = 6


class StoreAbsent(StoreError):
    """The server is there, but its database has no store yet."""


class SafetyError(TruyVetError):
    """Refused, because it could lose or leak data."""

    exit_code = 7
