"""What is to be read: files, or a graph of somebody else's, which is asked for tables and read like files."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from cli.options import Settings
from cli.screen import Progress
from cli.use_cases.load import load_options
from cli.use_cases.open import password_prompt
from tracing.errors import UsageError
from tracing.text import catalogue

if TYPE_CHECKING:
    from loaders import LoadOptions

_, _n = catalogue("cli")


class InputPath(click.Path):
    """A path that is there; or, as a ``str``, the address of a Neo4j server."""

    def __init__(self) -> None:
        super().__init__(exists=True, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path or the address."""
        from graph.address import is_server

        return value if isinstance(value, str) and is_server(value) else super().convert(value, param, ctx)


@contextmanager
def input_of(
    given: Sequence[Path | str], reading: Mapping[str, Any], settings: Settings
) -> Iterator[tuple[tuple[Path, ...], LoadOptions]]:
    """Give the files to read and how: those that were named, or the tables of a graph, fetched for as long as it lasts.

    Raises
    ------
    UsageError
        If a graph and a map do not come together, or something else with them.
    """
    paths = tuple(path for path in given if isinstance(path, Path))
    servers = [address for address in given if isinstance(address, str)]
    maps = [Path(said) for said in reading["mapping"] if said.lower().endswith(".toml")]
    pairs = [said for said in reading["mapping"] if not said.lower().endswith(".toml")]
    options = load_options(**{**reading, "mapping": pairs})
    if not servers and not maps:
        yield paths, options
        return
    if len(servers) != 1 or len(maps) != 1 or paths:
        raise UsageError(
            _("A graph is read with one address and one map, and nothing beside them."),
            fix=_("truyvet load neo4j://host:7687 --map FILE.toml; what a map is: docs/foreign_graph.md"),
        )
    from graph.neo4j.foreign import fetch_tables, read_map

    queries = read_map(maps[0])
    with TemporaryDirectory(prefix="truyvet-") as within:
        folder = Path(within) / maps[0].stem
        folder.mkdir()
        with Progress(quiet=settings.quiet) as progress:

            def step(name: str, done: int, whole: int) -> None:
                progress.step(_("asking for {name}", name=name), done, whole)

            tables = fetch_tables(servers[0], queries, folder, prompt=password_prompt(), progress=step)
        yield (folder,), dataclasses.replace(options, tables=tables)
