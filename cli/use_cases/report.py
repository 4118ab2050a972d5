"""The page: made of tiers, chains and zones, and kept."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from cli.language import spoken
from cli.screen import Progress, show
from cli.short import shorten
from cli.use_cases.areas import gazetteer_names
from cli.writers.files import put_in_place
from tracing.text import catalogue

if TYPE_CHECKING:
    from tracing.report import Geometry
    from tracing.tiers.tiers import Tiers

_, _n = catalogue("cli")


def make_page(
    tiers: Tiers,
    *,
    geometry: Geometry | None = None,
    show_names: bool = False,
    quiet: bool = False,
    asked: tuple[str, ...] = (),
    print_lists: bool = False,
    told: Mapping[str, str] | None = None,
) -> str:
    """Return the report of ``tiers`` in the spoken language, with their chains and the zones around them.

    The chain of the first case ``asked`` for is drawn first; ``told`` says from which lists the facts of people come.
    """
    from tracing.chains.chains import trace_chains
    from tracing.report import write_report
    from tracing.zones.zones import suggest_zones

    with Progress(quiet=quiet) as progress:
        progress.step(_("chains"), 0, 0)
        chains = trace_chains(tiers.graph, tiers=tiers)
        zones = suggest_zones(tiers, progress=lambda done, whole: progress.step(_("zones"), done, whole))
        progress.step(_("writing the page"), 0, 0)
        case = chains.find(asked[0]) if asked else None
        page = write_report(
            tiers,
            chains,
            zones,
            lang=spoken(),
            geometry=geometry,
            case=case,
            show_names=show_names,
            print_lists=print_lists,
            names=gazetteer_names(tiers),
            told=told,
        )
        return shorten(page)


def keep_page(page: str, out: Path) -> None:
    """Write the page whole or not at all, and say where it is."""
    content = page.encode()
    put_in_place(out, lambda draft: draft.write_bytes(content))
    show(_("Written: {name} ({size:.1} MB).", name=str(out), size=len(content) / 1e6))
