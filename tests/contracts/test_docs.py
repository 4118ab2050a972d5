"""What is public is documented, and nothing in the repository tells of the machine it was written on."""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import re
import subprocess
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("tracing", "graph", "loaders", "cli")
# Written in parts, so that this file does not hold them itself.
FORBIDDEN = {
    "a folder of one machine": r"/work" + r"/|/ro" + r"ot/|/home/(?!user\b|me\b)\w+/|C:\\Users\\\w",
    "unfinished": r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|TB" + r"D|lorem" + r" ipsum)\b",
    "a stand-in": r"\bplace" + r"holder (?:text|value|figure)s?\b",
}
TEXT_ENDINGS = {
    ".py",
    ".md",
    ".txt",
    ".toml",
    ".cfg",
    ".csv",
    ".yml",
    ".yaml",
    ".json",
    ".cff",
    ".ipynb",
    ".java",
    ".xml",
    ".sql",
    ".cypher",
    ".css",
    ".js",
    ".html",
    ".lock",
    "",
}


def modules() -> Iterator[str]:
    for package in PACKAGES:
        yield package
        found = importlib.import_module(package)
        for module in pkgutil.walk_packages(found.__path__, prefix=f"{package}."):
            yield module.name


MODULES = sorted(modules())


def public_names(name: str) -> Iterator[tuple[str, Any]]:
    """Yield what ``__all__`` names; without one, the classes and functions made in the module itself."""
    module = importlib.import_module(name)
    if hasattr(module, "__all__"):
        yield from ((title, getattr(module, title)) for title in module.__all__)
        return
    for title, thing in vars(module).items():
        if not title.startswith("_") and getattr(thing, "__module__", None) == name:
            yield title, thing


@pytest.mark.parametrize("name", PACKAGES)
def test_all_names_exist_and_are_sorted_out(name: str) -> None:
    module = importlib.import_module(name)
    names = getattr(module, "__all__", [])
    assert len(names) == len(set(names))
    assert all(hasattr(module, title) for title in names)


@pytest.mark.parametrize("name", MODULES)
def test_what_is_public_has_a_docstring(name: str) -> None:
    assert (importlib.import_module(name).__doc__ or "").strip(), f"{name} has no docstring"
    bare = []
    for title, thing in public_names(name):
        if not (inspect.isclass(thing) or inspect.isroutine(thing)):
            continue
        text = thing.__doc__ or ""
        if not text.strip() or text.startswith(f"{title}("):  # the line that dataclass writes is not a docstring
            bare.append(title)
    assert not bare, f"{name}: no docstring: {bare}"


def test_the_entry_points_say_what_the_empty_case_gives_or_raises() -> None:
    import graph
    import loaders
    import tracing

    for function in (
        tracing.trace_tiers,
        tracing.suggest_zones,
        tracing.score_risk,
        tracing.build_contact_graph,
        tracing.explain,
        loaders.load_files,
        loaders.load_folder,
        graph.open_store,
    ):
        text = inspect.getdoc(function) or ""
        assert re.search(r"empty|Empty|nobody|no case|Raises|no such", text), function.__qualname__


def test_what_silences_a_checker_says_why_and_no_layout_is_kept_by_hand() -> None:
    silent = re.compile(r"#\s*(?:type: " + r"ignore|no" + r"qa|pragma: no|fmt: (?:skip|off)|ruff: no" + r"qa)")
    bare = []
    for file in tracked():
        if file.suffix != ".py":
            continue
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            found = silent.search(line)
            if found and ("fmt" in found[0] or not re.search(r"[#(][^#(]*\w+ \w+ \w+", line[found.end() :])):
                bare.append(f"{file.relative_to(ROOT)}:{number}")
    assert not bare


FACES = ("tracing", "graph", "loaders")


@pytest.mark.parametrize("name", FACES)
def test_what_the_face_of_a_package_offers_says_what_goes_in_what_comes_out_and_what_fails(name: str) -> None:
    """Numpy style: each parameter or attribute by name, what is returned, what is raised (or that nothing is)."""
    missing = []
    for title, thing in public_names(name):
        text = inspect.getdoc(thing) or ""
        if inspect.isclass(thing):
            wanted = [field.name for field in fields(thing)] if is_dataclass(thing) else []
            inherited = [one for base in thing.__mro__[1:] if is_dataclass(base) for one in fields(base)]
            wanted = [one for one in wanted if one not in {field.name for field in inherited}]
            section = _section(text, "Attributes")
        else:
            wanted = list(inspect.signature(thing).parameters)
            section = _section(text, "Parameters")
            if inspect.signature(thing).return_annotation not in (None, "None"):
                missing += [] if _section(text, "Returns") else [f"{title}: Returns"]
            missing += [] if _section(text, "Raises") or "Raises nothing" in text else [f"{title}: Raises"]
        named = {one for line in section for one in re.findall(r"[a-z_]+", line)}
        missing += [f"{title}: {one}" for one in wanted if not one.startswith("_") and one not in named]
    assert not missing


def _section(text: str, title: str) -> list[str]:
    """Return the lines of a section that stand at the margin: what it names."""
    found = re.search(rf"^{title}\n-+\n((?:.*\n?)*?)(?=^[A-Z]\w+\n-+\n|\Z)", text, re.MULTILINE)
    return [line for line in (found[1] if found else "").splitlines() if line.strip() and not line.startswith(" ")]


def tracked() -> list[Path]:
    """Return the files that are part of the project: those git knows, else all outside hidden folders."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if done.returncode == 0 and done.stdout:
        names = done.stdout.decode("utf-8").split("\0")
        return [ROOT / name for name in names if name and (ROOT / name).is_file()]
    return [f for f in ROOT.rglob("*") if f.is_file() and not any(p.startswith(".") for p in f.relative_to(ROOT).parts)]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_forbidden_words(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what])
    found = []
    for file in tracked():
        if file.suffix not in TEXT_ENDINGS:
            continue
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if pattern.search(line):
                found.append(f"{file.relative_to(ROOT)}:{number}")
    assert not found, f"{what}: {found}"


def test_every_record_table_and_the_words_of_the_result_are_in_the_glossary() -> None:
    text = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    for word in ("certain", "possible", "presence", "sometime", "episode", "frontier", "core", "buffer", "residual"):
        assert re.search(rf"\| [^|]*\b{word}\b[^|]* \|", text), word


def test_what_the_glossary_names_in_the_code_is_there() -> None:
    text = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    for name in re.findall(r"`((?:tracing|graph|loaders)(?:\.\w+)+)`", text):
        parts = name.split(".")
        for depth in range(len(parts), 0, -1):
            try:
                thing: Any = importlib.import_module(".".join(parts[:depth]))
            except ModuleNotFoundError:
                continue
            for part in parts[depth:]:
                thing = getattr(thing, part)
            break
    from tracing.model.schema import TABLES

    for table, column in re.findall(r"`(\w+)\.(\w+)`", text):
        if table in TABLES:
            assert column in [c.name for c in TABLES[table]], (table, column)


def test_changelog_citation_and_version_agree() -> None:
    import configparser

    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    version = setup["metadata"]["version"]
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"## [{version}]" in changes
    assert re.search(rf"^version: {re.escape(version)}$", citation, re.M)
    assert re.search(r"^license: Apache-2\.0$", citation, re.M) and setup["metadata"]["license"] == "Apache-2.0"


def test_notebooks_are_kept_without_large_outputs() -> None:
    for file in (ROOT / "notebooks").glob("*.ipynb"):
        notebook = json.loads(file.read_text(encoding="utf-8"))
        outputs = [cell.get("outputs", []) for cell in notebook["cells"] if cell["cell_type"] == "code"]
        assert len(json.dumps(outputs)) < 20_000, f"{file.name}: clear its outputs"


def test_one_word_for_a_rule_in_rules_and_documents() -> None:
    """GLOSSARY: *quy định* in Vietnamese; the shipped rules speak of a rule in English."""
    documents = [ROOT / "README.vi.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "notebooks").glob("*.ipynb")]
    rules = sorted((ROOT / "tracing/policy").glob("*.toml"))
    wrong = [path.name for path in (*documents, *rules) if "chính sách" in path.read_text(encoding="utf-8").lower()]
    wrong += [path.name for path in rules if re.search(r'en = "[^"]*\bpolicy\b', path.read_text(encoding="utf-8"))]
    assert not wrong


#: Classes that both stores have, each its own.
OF_EACH_STORE = {"Journal", "Slicer"}


def test_one_name_is_one_thing() -> None:
    """No class, protocol or alias of types has the name of another one elsewhere in the house."""
    homes: dict[str, set[str]] = {}
    for package in PACKAGES:
        for file in (ROOT / package).rglob("*.py"):
            for name in re.findall(
                r"^class ([A-Z]\w+)|^([A-Z][a-z]\w+) = (?:Literal|Callable)\[", file.read_text(encoding="utf-8"), re.M
            ):
                homes.setdefault("".join(name), set()).add(file.relative_to(ROOT).as_posix())
    assert {
        name: sorted(places) for name, places in homes.items() if len(places) > 1 and name not in OF_EACH_STORE
    } == {}
