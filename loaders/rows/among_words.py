"""Sources that a column names among other words: ``family of case TJ17``, ``colleague of A34 and A37``; asked once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from loaders.columns.references import Named, read_reference
from loaders.people.directory import Directory
from loaders.questions import Choice, question_id
from loaders.rows.kind import ListRows
from tracing.patterns import regex
from tracing.text import catalogue

_, _n = catalogue("loaders")

YES: Final = "yes"
NO: Final = "kept"
#: So many texts of one column are one question; of fewer each is asked.
FEWEST: Final = 3
_LONGEST: Final = 300
#: The number of a case behind the word for one, or a code.
_CODE: Final = regex(
    r"(?i)(?<![\w/-])(?:(?:cases?|patients?) (?:no\.? ?|#)?(?P<number>\d{1,6})|(?P<code>[a-z]{1,6}[ .-]?\d{1,6}))"
    r"(?![\w/])"
)


def named_among_words(rows: ListRows, name: str, texts: Mapping[str, Sequence[int]]) -> dict[str, list[str] | None]:
    """Return text -> the cases that it names among other words, where these are the sources; None until it is answered.

    A text whose parts each are a case or none is read as it stands; few texts are asked about one by one.
    """
    named = {text: cases for text in texts if (cases := _cases_in(rows.people, text))}
    if len(named) < FEWEST:
        return {}
    where = sorted(row for text in named for row in texts[text])
    answer = rows.columns.asked.ask(
        rows.columns.sheet,
        "value",
        _n(
            "{n} text names a case among other words: was the person of the row infected by the case that it names?",
            "{n} texts name cases among other words: were the people of the rows infected by the cases that they name?",
            len(where),
            n=len(where),
        ),
        ids=[question_id("among", name, *sorted(named))],
        column=rows.columns.at(name),
        rows=where,
        choices=[
            Choice(YES, _("yes: by each case that is named")),
            Choice(NO, _("no, or not all: ask about each of them")),
        ],
    )
    if answer is None:
        rows.columns.query("reference.among", where, rows.columns.at(name))
        return dict.fromkeys(named)
    return {**named} if answer == YES else {}


def _cases_in(people: Directory, text: str) -> list[str]:
    """Return the known cases that a text names, where words that are no reference themselves have one among them."""
    if len(text) > _LONGEST:
        return []
    told = read_reference(text).named
    if not any(not one.code and known_within(people, one.words) for one in told):
        return []
    found = known_within(people, text)
    missing = [one.words for one in told if one.code and people.find(one, cases=True).how == "unknown"]
    return list(dict.fromkeys([*found, *missing])) if found else []


def known_within(people: Directory, text: str) -> list[str]:
    """Return the cases on record whose codes, or numbers behind the word for a case, stand in a text."""
    codes = [match["number"] or match["code"] for match in _CODE.finditer(text)]
    return [one for code in codes if (one := _known(people, code)) is not None]


def _known(people: Directory, code: str) -> str | None:
    """Return the one case on record that a code means."""
    meant = people.find(Named(code, code=True, case=True), cases=True)
    return meant.people[0] if len(meant.people) == 1 else None
