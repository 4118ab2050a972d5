"""The stores that the behaviour spec runs on. A further store is one more entry in ``STORES``; no case changes."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest

from graph import Store, open_store


class StoreFactory(Protocol):
    """Makes empty stores, one after the other, and opens one again."""

    def __call__(self) -> Store:
        """Return a new, empty store. The case closes it."""
        ...

    def reopen(self, store: Store) -> Store:
        """Close ``store`` and return the same one, opened afresh."""
        ...


class EmbeddedStores:
    """Embedded stores in one folder. Each is a copy of an empty one, which is quicker than making it."""

    def __init__(self, request: pytest.FixtureRequest) -> None:
        self._folder: Path = request.getfixturevalue("tmp_path")
        self._numbers = itertools.count()
        self._paths: dict[int, Path] = {}
        open_store(self._folder / "empty.duckdb").close()

    def __call__(self) -> Store:
        path = self._folder / f"{next(self._numbers)}.duckdb"
        shutil.copy(self._folder / "empty.duckdb", path)
        return self._open(path)

    def reopen(self, store: Store) -> Store:
        store.close()
        return self._open(self._paths[id(store)])

    def _open(self, path: Path) -> Store:
        store = open_store(path, create=False, threads=1)
        self._paths[id(store)] = path
        return store


STORES: dict[str, Callable[[pytest.FixtureRequest], StoreFactory]] = {
    "embedded": EmbeddedStores,
}
#: Marks of the stores that need a part of their own, such as a server.
MARKS: dict[str, tuple[pytest.MarkDecorator, ...]] = {}


@pytest.fixture(params=[pytest.param(name, marks=MARKS.get(name, ())) for name in STORES])
def store_factory(request: pytest.FixtureRequest) -> StoreFactory:
    """Every store in turn, as something that makes empty ones."""
    return STORES[request.param](request)


@pytest.fixture
def store(store_factory: StoreFactory) -> Iterator[Store]:
    """An empty store."""
    with store_factory() as opened:
        yield opened
