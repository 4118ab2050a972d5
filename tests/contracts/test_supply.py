"""What the program is made of: listed with its licences, none of which binds who uses it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from bill_of_materials import bill_of_materials, licence_of, parts_of

ROOT = Path(__file__).resolve().parents[2]
#: Licences that ask for no more than their own text and names to be kept.
FREE = {
    *("MIT", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "0BSD", "Zlib", "CC0-1.0", "Python-2.0", "PSF-2.0"),
    "LLVM-exception",
}


def locked() -> dict[str, str]:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("==") for line in lines if "==" in line)
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in pairs}


def test_every_part_has_a_licence_that_binds_nobody() -> None:
    for name, part in parts_of("truyvet").items():
        words = set(re.findall(r"[\w.-]+", licence_of(part))) - {"AND", "OR", "WITH"}
        assert words and words <= FREE, (name, words)


def test_the_bill_names_every_part_in_the_version_that_is_locked() -> None:
    bill = bill_of_materials()
    parts = {one["name"]: one["version"] for one in bill["components"]}
    assert {"duckdb", "pandas", "pyarrow", "python-calamine"} <= parts.keys()
    assert parts.keys() <= locked().keys()
    assert all(one["purl"] == f"pkg:pypi/{one['name']}@{one['version']}" for one in bill["components"])
    refs = {one["bom-ref"] for one in (*bill["components"], bill["metadata"]["component"])}
    assert {one["ref"] for one in bill["dependencies"]} == refs
    assert bill == bill_of_materials() and bill["specVersion"] == "1.6"


@pytest.mark.slow
def test_two_builds_of_the_wheel_are_the_same_bytes(tmp_path: Path) -> None:
    built = []
    for name in ("one", "two"):
        copy = tmp_path / name
        kept = ("cli", "graph", "loaders", "tracing", "notebooks")
        for part in (*kept, "setup.cfg", "pyproject.toml", "README.md", "LICENSE", "MANIFEST.in", "setup.py"):
            if (ROOT / part).is_dir():
                shutil.copytree(
                    ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"), copy_function=_anew
                )
            elif (ROOT / part).is_file():
                _anew(str(ROOT / part), str(copy / part))
        build = f"import setuptools.build_meta as b; print(b.build_wheel({str(tmp_path / name)!r}))"
        done = subprocess.run(
            [sys.executable, "-c", build],
            cwd=copy,
            env={**os.environ, "SOURCE_DATE_EPOCH": "1630000000"},
            capture_output=True,
            text=True,
            check=True,
        )
        built.append((copy / done.stdout.split()[-1]).read_bytes())
    assert built[0] == built[1] and len(built[0]) > 100_000


def _anew(source: str, target: str) -> str:
    """Copy a file without its time: a release is built wherever and whenever."""
    return str(shutil.copyfile(source, target))
