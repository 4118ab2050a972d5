"""Questions of loads that what is on record decides."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cli.use_cases.questions import close_questions, open_questions
from cli.use_cases.same import decided_questions

if TYPE_CHECKING:
    from graph import Store
    from loaders import LoadResult


def without_decided(store: Store, result: LoadResult) -> LoadResult:
    """Return the result without the questions that what is on record decides; they are closed in the store, too."""
    if not result.questions and not open_questions(store):
        return result
    decided = decided_questions(store)
    close_questions(store, decided)
    return replace(result, questions=tuple(q for q in result.questions if q.id not in decided))
