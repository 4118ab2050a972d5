"""The catalogues of texts: found in the code, merged with what is translated, compiled. ``make messages`` runs this."""

from __future__ import annotations

import io
import itertools
import re
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("tracing", "graph", "loaders", "cli")
LANGUAGES = ("vi",)
KEYWORDS = {"_": None, "_n": (1, 2)}
METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.svg", "jinja2"), ("**.cypher", "catalogues:query_texts")]
_GAP = re.compile(r"\{(\w+)")
_EPOCH = datetime(2021, 9, 1, tzinfo=UTC)


def catalogue_path(package: str, lang: str, ending: str = "po") -> Path:
    return ROOT / package / "locale" / lang / "LC_MESSAGES" / f"{package}.{ending}"


def query_texts(file: BinaryIO, *_: object, **_options: object) -> Iterator[tuple[int, str, str, list[str]]]:
    """Give the texts of a ready query: the title and the parameters' meanings of the TOML in its first comment."""
    lines = itertools.takewhile(lambda line: line.startswith("//"), file.read().decode().splitlines())
    told = tomllib.loads("\n".join(line.removeprefix("//") for line in lines))
    for text in (told["title"], *(parameter["means"] for parameter in told.get("parameters", {}).values())):
        yield 1, "_", text, []


def find_texts(package: str) -> Catalog:
    """Return every text that the code of ``package`` marks for translation."""
    catalog = Catalog(project="truyvet", charset="utf-8")
    found = extract_from_dir(ROOT / package, METHODS, keywords=KEYWORDS, comment_tags=("Translators:",))
    for file, _line, message, comments, context in found:
        catalog.add(message, None, [(f"{package}/{file}", None)], auto_comments=comments, context=context)
    return catalog


def read_catalogue(package: str, lang: str) -> Catalog:
    path = catalogue_path(package, lang)
    if not path.exists():
        return Catalog(locale=lang, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=lang)


def merged(package: str, lang: str) -> Catalog:
    """Return the catalogue with exactly the texts of the code, and the translations that it has."""
    catalog = read_catalogue(package, lang)
    catalog.update(find_texts(package), no_fuzzy_matching=True, update_header_comment=False)
    catalog.obsolete.clear()
    catalog.project, catalog.version = "truyvet", "0"
    catalog.creation_date = catalog.revision_date = _EPOCH
    catalog.header_comment = "# Truy Vết"
    catalog.fuzzy = False
    return catalog


def as_po(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(out, catalog, width=100, sort_output=True, include_lineno=False)
    return out.getvalue()


def as_mo(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def forms(value: object) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ("",))


def gaps_differ(message: Message) -> bool:
    """Tell whether a translation names a gap that its text has not, or leaves one out."""
    wanted = set().union(*(_GAP.findall(form) for form in forms(message.id)))
    return any(set(_GAP.findall(form)) != wanted for form in forms(message.string))


def main() -> None:
    missing = 0
    for package in PACKAGES:
        for lang in LANGUAGES:
            catalog = merged(package, lang)
            path = catalogue_path(package, lang)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(as_po(catalog))
            catalogue_path(package, lang, "mo").write_bytes(as_mo(catalog))
            for message in catalog:
                if message.id and not all(forms(message.string)):
                    missing += 1
                    print(f"{path.relative_to(ROOT)}: not translated: {forms(message.id)[0][:90]}")
    print(f"{missing} texts without a translation")
    sys.exit(1 if missing else 0)


if __name__ == "__main__":
    main()
