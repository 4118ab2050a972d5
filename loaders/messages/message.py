"""What a finding says and how grave it is."""

from __future__ import annotations

from dataclasses import dataclass

from tracing.text import Text


@dataclass(frozen=True)
class Message:
    """One finding's severity (error, question, warning, note), its text with gaps, and what to do about it."""

    severity: str
    text: Text
    fix: Text
