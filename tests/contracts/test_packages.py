"""``tracing``, ``graph``, ``loaders`` and ``cli`` are plain words: proof that they are ours and nobody else's."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("tracing", "graph", "loaders", "cli")

# Runs outside the project's folder and isolated (-I), so that the folder itself cannot be what is found.
LOOK = """
import importlib, importlib.metadata, json, sys
names = sys.argv[1:]
ours = importlib.metadata.distribution("truyvet")
providers = importlib.metadata.packages_distributions()
print(json.dumps({
    "found": {name: importlib.import_module(name).__file__ for name in names},
    "providers": {name: sorted(set(providers.get(name, []))) for name in names},
    "files": [str(ours.locate_file(file).resolve()) for file in ours.files or []],
    "origin": json.loads(ours.read_text("direct_url.json") or "{}"),
    "commands": {point.name: point.value for point in ours.entry_points if point.group == "console_scripts"},
}))
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What this environment has under our names."""
    done = subprocess.run(
        [sys.executable, "-I", "-c", LOOK, *PACKAGES],
        cwd=tmp_path_factory.mktemp("elsewhere"),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.fail(f"truyvet is not installed here as a whole (make test does it):\n{done.stderr}", pytrace=False)
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", PACKAGES)
def test_the_installed_package_is_ours(installed: Any, name: str) -> None:
    found = Path(installed["found"][name]).resolve()
    if installed["origin"].get("dir_info", {}).get("editable"):
        assert found == ROOT / name / "__init__.py"
    else:
        assert str(found) in installed["files"]


@pytest.mark.parametrize("name", PACKAGES)
def test_no_other_distribution_provides_the_name(installed: Any, name: str) -> None:
    assert installed["providers"][name] == ["truyvet"]


def test_the_command_is_ours(installed: Any) -> None:
    assert installed["commands"] == {"truyvet": "cli.main:main"}


def test_no_test_folder_is_a_package() -> None:
    """``tests/graph/__init__.py`` would shadow the real ``graph``."""
    assert [str(path) for path in (ROOT / "tests").rglob("__init__.py")] == []


def test_a_built_wheel_holds_every_file_and_nothing_else(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for name in ("setup.cfg", "pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / name, source)
    for name in PACKAGES:
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__", ".*", "target"))
    expected = {path.relative_to(source).as_posix() for name in PACKAGES for path in (source / name).rglob("*.*")}
    expected = {path for path in expected if (source / path).is_file()}

    build = ["pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(tmp_path), str(source)]
    day = {**os.environ, "SOURCE_DATE_EPOCH": "1637971200"}
    done = subprocess.run([sys.executable, "-m", *build], capture_output=True, text=True, check=False, env=day)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(next(tmp_path.glob("truyvet-*.whl"))) as wheel:
        held = {name for name in wheel.namelist() if ".dist-info/" not in name}
        days = {entry.date_time[:3] for entry in wheel.infolist()}
    assert held == expected
    assert days == {(2021, 11, 27)}, "a wheel says when it was built: two builds of one commit must be the same bytes"
