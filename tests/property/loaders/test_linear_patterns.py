"""Every pattern of the loaders and of identity takes a text of the longest cell in a blink, whatever stands in it.

A text of one thing many times is what a pattern loses itself in. Blanks in a row are few, since files are read so.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from loaders.files.grid import Grid
from loaders.files.read import _MOST_BLANKS, FileReader
from loaders.files.spelt import Spelt
from loaders.findings import FindingLog
from loaders.options import LoadOptions
from tracing.patterns import Later

SHORT, LONG = 600, 2_400
#: A linear pattern takes 0.05 ms for the short text, and four times that for the long one; a quadratic one 16 times.
SUSPECT, TOO_LONG = 0.0005, 0.2
#: Patterns whose text is cut before: name -> letters.
BOUNDED = {"loaders.columns.bulletin._NAMED": 80, "loaders.columns.result_cells._CT": 120}
THINGS = (
    *("a", "1", "Ă", "-", ".", "/", "(", ")", ",", ":", '"', ";", " 1", "a ", "1,", "1/1 ", "A1 ", "Á ", "8h ", "a, "),
    *("(a ", "ngày 1 ", "1-", "\0", " " * _MOST_BLANKS + "a", "\n" * _MOST_BLANKS + "1", "F1 ", "từ 8h ", "đến "),
)
OF_PARTS = {"sub", "findall", "split", "finditer"}


def modules() -> Iterator[ModuleType]:
    for name in ("loaders", "tracing.identity"):
        package = importlib.import_module(name)
        for found in pkgutil.walk_packages(package.__path__, f"{name}."):
            yield importlib.import_module(found.name)
    yield importlib.import_module("tracing.spelling")
    yield importlib.import_module("tracing.papers")


Pattern = re.Pattern[str] | Later


def patterns() -> dict[tuple[Pattern, str], str]:
    """Return every pattern and the method that is called of it -> where."""
    found: dict[tuple[Pattern, str], str] = {}
    for module in modules():
        values = vars(module)
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Name):
                continue
            value = values.get(node.value.id)
            how = node.attr if node.attr in {"match", "fullmatch", *OF_PARTS} else "search"
            for pattern in (value.spelt, value.bare) if isinstance(value, Spelt) else (value,):
                if isinstance(pattern, re.Pattern | Later) and isinstance(pattern.pattern, str):
                    found.setdefault((pattern, how), f"{module.__name__}.{node.value.id}")
        for call in ast.walk(ast.parse(inspect.getsource(module))):
            inline = _inline(call, values)
            if inline is not None:
                found.setdefault(inline, f"{module.__name__}:{getattr(call, 'lineno', 0)}")
    return found


def _inline(node: ast.AST, values: dict[str, object]) -> tuple[re.Pattern[str], str] | None:
    """Return the pattern of ``re.sub("…", …)`` and the like."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or not node.args:
        return None
    of, how = node.func.value, node.func.attr
    if not isinstance(of, ast.Name) or of.id != "re" or how not in {"match", "fullmatch", "search", *OF_PARTS}:
        return None
    text = node.args[0]
    return (re.compile(text.value), how) if isinstance(text, ast.Constant) and isinstance(text.value, str) else None


def seconds(pattern: Pattern, how: str, text: str) -> float:
    """Return how long a pattern takes, the best of several times if that is suspicious."""
    best = float("inf")
    for _ in range(9):
        began = time.process_time()
        if how in OF_PARTS:
            for _found in pattern.finditer(text):
                pass
        else:
            getattr(pattern, how)(text)
        best = min(best, time.process_time() - began)
        if best < SUSPECT:
            break
    return best


def things(pattern: Pattern) -> dict[str, None]:
    """Return what is repeated: common things, and the words of the pattern."""
    words = re.findall(r"[^\W\d_]{2,}", re.sub(r"\\.", "", pattern.pattern))[:8]
    return dict.fromkeys([*THINGS, *words, *(f"{word} " for word in words), *(f"{word} 1 " for word in words)])


def test_no_pattern_loses_itself() -> None:
    found = patterns()
    assert len(found) > 250
    lost = []
    for (pattern, how), where in found.items():
        for thing in things(pattern):
            short, long = ((thing * (size // len(thing) + 1))[:size] + "\0" for size in (SHORT, LONG))
            cut = BOUNDED.get(where, LONG)
            took = seconds(pattern, how, short[:cut])
            if took > SUSPECT and (took > TOO_LONG or seconds(pattern, how, long[:cut]) > 8 * took):
                lost.append((where, how, thing.strip(), f"{took:.3f}"))
                break
    assert not lost


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u3000"])
def test_long_blanks_are_short_in_what_is_read(tmp_path: Path, blank: str) -> None:
    long, most = (f"a{blank * count}b" for count in (5_000, _MOST_BLANKS))
    (tmp_path / "a.csv").write_text(f"case id,note\n1,{long}\n2,{most}\n3,{'a b' * 50}\n", encoding="utf-8")
    log = FindingLog()
    with FileReader(LoadOptions()) as reader:
        (grid,) = reader.read(tmp_path / "a.csv", log)
    assert isinstance(grid, Grid) and not log.codes
    assert grid.cells[1].tolist() == ["note", f"a{' ' * _MOST_BLANKS}b", most, "a b" * 50]
