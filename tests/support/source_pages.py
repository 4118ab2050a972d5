"""The index of the lists that are understood, in both languages, written from the words of the code itself.

``docs/sources/README.md`` is in English, ``docs/sources/README.vi.md`` in Vietnamese; a test checks that both are up to
date. Each list has its own page beside them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from loaders.columns.further import CONTACT, TEST, further_fields
from loaders.columns.words import FIELD_WORDS, SOURCE_WORDS, field_words
from loaders.forms import FORMS
from loaders.rows.interview import FIELDS
from loaders.rows.kinds import KINDS
from tracing.model.schema import TABLES

ROOT = Path(__file__).resolve().parents[2]
PAGES: Final = ROOT / "docs" / "sources"
FILES: Final = {"en": PAGES / "README.md", "vi": PAGES / "README.vi.md"}
SHOWN: Final = 3
#: Columns of a second, third … contact or test of a row: only those that can be given in answer are listed.
_FURTHER: Final = frozenset((*further_fields(CONTACT), *further_fields(TEST)))

#: The page of a list: the form to fill in for it (None: it is no list that people fill in), and where its fields stand.
SOURCES: Final[dict[str, tuple[str | None, tuple[str, ...]]]] = {
    "case_list": ("cases", ("cases", "links")),
    "contact_list": ("contacts", ("contacts",)),
    "rapid_tests": ("tests", ("tests",)),
    "pool_results": ("tests", ("results",)),
    "declarations": ("visits", ("visits",)),
    "roster": ("rosters", ("rosters", "attendance", "stays")),
    "household_list": ("households", ("households",)),
    "tracing_tree": ("contacts", ("contacts",)),
    "bluezone": (None, ("bluezone",)),
    "vehicle_diary": ("diaries", ("diary",)),
    "passenger_list": ("passengers", ("visits",)),
    "checkpoint_list": ("visits", ("visits", "arrivals")),
    "returnees": ("arrivals", ("arrivals",)),
    "outbreak_levels": ("outbreaks", ("outbreaks",)),
    "quarantine": ("isolations", ("isolations",)),
    "interview_form": ("interviews", ("contacts", "interview")),
    "bulletin": (None, ("movements",)),
    "case_report": (None, ()),
}
WORDS: Final = {
    "en": {
        "title": "Lists that are understood",
        "intro": "Each list has a page that says what each column becomes, a sample that a "
        "test loads, and, where people write it themselves, an Excel form: `truyvet template "
        "KIND`. Below each stands what its columns say; other headings are known by their values, "
        "or named once with `--map`. The tables are written from the code: `make sources`.",
        "other": "[Tiếng Việt](README.vi.md)",
        "head": "| List | Page | Form |",
        "people": "People, in every list",
        "columns": "| What a column says | Field | Headings, among others |",
        "text": "running text or a log: no columns",
    },
    "vi": {
        "title": "Các danh sách đọc được",
        "intro": "Mỗi loại danh sách có một trang nói mỗi cột thành gì (bản tiếng Anh kèm một mẫu do kiểm "
        "thử nạp vào), và nếu do người điền thì có biểu mẫu Excel: `truyvet template LOẠI`. Dưới "
        "mỗi loại là nội dung các cột; tiêu đề khác được nhận ra theo giá trị, hoặc nói một lần "
        "bằng `--map`. Các bảng này viết ra từ mã nguồn: `make sources`.",
        "other": "[English](README.md)",
        "head": "| Danh sách | Trang | Biểu mẫu |",
        "people": "Người, trong mọi danh sách",
        "columns": "| Cột nói gì | Trường | Tiêu đề, chẳng hạn |",
        "text": "văn bản hoặc nhật ký máy: không có cột",
    },
}


def headings() -> dict[tuple[str, str], list[str]]:
    """Return the headings known by layout and field."""
    found: dict[tuple[str, str], list[str]] = {}
    with (ROOT / "loaders" / "data" / "headings.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            plain = [name for name in row["aliases"].split("|") if "*" not in name and "_" not in name]
            found.setdefault((row["layout"], row["field"]), plain)
    return found


def fields_of(where: str) -> Iterator[tuple[str, str]]:
    """Yield layout and field of the columns of a list."""
    if where == "interview":
        yield from (("people", name) for name in FIELDS)
    elif where in ("diary", "outbreaks"):
        yield from (key for key in headings() if key[0] == where and not key[1].startswith("("))
    else:
        own = (("people", name) for kind in KINDS if kind.name == where for name in kind.fields)
        yield from (key for key in own if key[1] in FIELD_WORDS or key[1] not in _FURTHER)


def table(keys: list[tuple[str, str]], lang: str) -> Iterator[str]:
    """Yield the table of some columns."""
    known = headings()
    yield WORDS[lang]["columns"]
    yield "|---|---|---|"
    for layout, name in keys:
        names = known.get((layout, name), [])
        spelled = sorted(names, key=lambda heading: (heading.isascii() == (lang == "vi"), names.index(heading)))
        told = ", ".join(f"`{heading}`" for heading in spelled[:SHOWN])
        yield f"| {field_words(name).say(lang)} | `{name}` | {told} |"


def page(lang: str) -> str:
    """Return the whole index in a language."""
    words = WORDS[lang]
    lines = ["<!-- Written by make sources from the words of the code. -->", "", f"# {words['title']}", ""]
    lines += [words["other"], "", words["intro"], "", words["head"], "|---|---|---|"]
    for name, title in SOURCE_WORDS.items():
        form = SOURCES[name][0]
        told = "–" if form is None else f"`truyvet template {form}`"
        file = f"{name}.md" if lang == "en" else f"{name}.{lang}.md"
        lines.append(f"| {title.say(lang)} | [{file}]({file}) | {told} |")
    person = [("people", c.name) for c in TABLES["persons"] if ("people", c.name) in headings()]
    lines += ["", f"## {words['people']}", "", *table(person, lang)]
    for name, title in SOURCE_WORDS.items():
        keys = list(dict.fromkeys(key for where in SOURCES[name][1] for key in fields_of(where)))
        lines += ["", f"## {title.say(lang)}", "", *(table(keys, lang) if keys else [words["text"]])]
    return "\n".join(lines) + "\n"


def forms() -> set[str]:
    """Return the forms that some list names."""
    return {form for form, _where in SOURCES.values() if form is not None} & set(FORMS)


if __name__ == "__main__":
    for lang, file in FILES.items():
        file.write_text(page(lang), encoding="utf-8")
