"""The sex of the people of a list: told in words, or by a mark below a heading that does not say for whom it stands."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from loaders.columns.columns import Columns
from loaders.files.grid import distinct_texts
from loaders.questions import LEFT_OUT, NOBODY, Choice
from tracing.patterns import regex
from tracing.text import catalogue

_, _n = catalogue("loaders")

_MARK: Final = regex(r"[xX✓✔vV+]")
_OTHER: Final = {"female": "male", "male": "female"}


def sexes(columns: Columns) -> pd.Series:
    """Return the sex of each row's person; of a column that only has marks it is asked once what they mean."""
    at = columns.at("sex")
    texts = columns.text("sex")
    distinct = distinct_texts(texts)[1]
    if at is None or not distinct or not all(_MARK.fullmatch(text.strip()) for text in distinct):
        return columns.choice("sex", "sex")
    marked = texts.notna().to_numpy(dtype=bool)
    answer = columns.asked.ask(
        columns.sheet,
        "value",
        _("Some of these people have a mark below the sex: whom does it mean?"),
        column=at,
        said=distinct[0],
        rows=np.flatnonzero(marked),
        choices=[
            Choice("female", _("women; the others are men")),
            Choice("male", _("men; the others are women")),
            Choice(NOBODY, LEFT_OUT),
        ],
    )
    if answer is None:
        columns.query("sex.mark", np.flatnonzero(marked), at)
    if answer not in _OTHER:
        return columns.empty()
    told = np.where(marked, answer, _OTHER[str(answer)])
    return pd.Series(pd.array(told, dtype="string"))
