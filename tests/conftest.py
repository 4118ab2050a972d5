"""What every test may ask for, and how the tests are shared out."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Here and nowhere else, so that one session has one server of each version. Nothing starts before a test asks for it.
from tests.fixtures_neo4j import each_neo4j_server, neo4j_server, neo4j_server_2026, start_neo4j

__all__ = ["each_neo4j_server", "neo4j_server", "neo4j_server_2026", "start_neo4j"]

ROOT = Path(__file__).resolve().parents[1]
IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}

HEAVY = ("neo4j", "neo4j-own", "browser", "spark")
SHARED_SERVERS = {"neo4j_server", "neo4j_server_2026", "each_neo4j_server", "neo4j_second_server", "store_factory"}

# A first example may wait for a kernel to be compiled, so no deadline and no complaint about a slow start.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True, print_blob=True)
settings.register_profile("thorough", settings.get_profile("here"), max_examples=5000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if IN_CI else "here"))


def pytest_configure() -> None:
    """Let what tests start be interrupted, also where the shell began the tests in the background, deaf to it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _need(condition: object, sentence: str) -> None:
    if condition:
        return
    if IN_CI:
        pytest.fail(f"{sentence} (With CI=true a missing part is a failure.)", pytrace=False)
    pytest.skip(sentence)


@pytest.fixture(scope="session")
def need() -> Callable[[object, str], None]:
    """``need(condition, sentence)``: without the condition, skip with the sentence; with CI=true, fail."""
    return _need


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real outbreak data beside the project, ``../shared/data``."""
    folder = ROOT.parent / "shared" / "data"
    _need(folder.is_dir(), "The real outbreak data is not beside the project: there is no folder ../shared/data.")
    return folder


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep a file's tests in one process, and all tests of one heavy part in one process.

    A heavy part is the browser, or the servers that a session starts once. Tests that start servers of their own are
    one more. The heavy parts come first, then the files with slow tests, so that no process waits in the end.
    """
    groups = {}
    for item in items:
        if not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(_group_of(item)))
        groups[item] = str(next(item.iter_markers("xdist_group")).args[0])
    slow = {groups[item] for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: HEAVY.index(groups[item]) if groups[item] in HEAVY else 9 - (groups[item] in slow))


def _group_of(item: pytest.Item) -> str:
    for name in ("browser", "spark"):
        if item.get_closest_marker(name):
            return name
    if item.get_closest_marker("neo4j"):
        return "neo4j" if SHARED_SERVERS & set(getattr(item, "fixturenames", ())) else "neo4j-own"
    return item.path.relative_to(ROOT).as_posix()
