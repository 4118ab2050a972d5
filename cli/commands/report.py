"""``truyvet report``: one page for those who decide, trace and study; a file that needs nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.options import Settings, case_option, make_command, option
from cli.screen import open_page, show
from cli.use_cases.find_person import cases_asked
from cli.use_cases.open import check_time, open_existing, time_asked
from cli.use_cases.report import keep_page, make_page
from cli.use_cases.rule import choose_policy
from cli.use_cases.tiers import rule_line, trace
from cli.use_cases.told import lists_of, say_lists
from tracing.errors import UsageError
from tracing.text import catalogue

if TYPE_CHECKING:
    from tracing.report import Geometry

_, _n = catalogue("cli")

DEFAULT_PAGE = "truyvet-report.html"
_ENDINGS = (".html", ".htm")


@make_command(
    "report",
    help=_(
        "Writes one HTML file that needs no network: what happened, the proposed core and buffer,"
        " what is needed tonight, why each unit is inside, the course, the chains, a list that can"
        " be searched, what is not known, the rule and its sources. Opens from a USB stick and on a"
        " phone, and prints on two sheets of A4. No names unless --show-names is given; never phones, identity"
        " numbers or addresses."
    ),
    examples=_(
        "truyvet report\n"
        "truyvet report --out report.html --open\n"
        "truyvet report --geometry communes.geojson --geometry-id ward_code"
    ),
)
@case_option
@option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default=DEFAULT_PAGE,
    show_default=True,
    metavar=_("FILE"),
    help=_("The HTML file; an old one is replaced."),
)
@option(
    "--geometry",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar=_("FILE"),
    help=_("Polygons of areas for the map (GeoJSON, WGS 84)."),
)
@option(
    "--geometry-id",
    default="ward_code",
    show_default=True,
    metavar=_("NAME"),
    help=_("The property of a polygon that holds the area code."),
)
@option("--print-lists", is_flag=True, help=_("Print everything, the people too; else two sheets of A4."))
@option("--open", "then_open", is_flag=True, help=_("Open the page when it is written."))
@click.pass_obj
def command(
    settings: Settings,
    cases: tuple[str, ...],
    out: Path,
    geometry: Path | None,
    geometry_id: str,
    print_lists: bool,
    then_open: bool,
) -> None:
    """Trace, propose zones and write the page."""
    if out.suffix.lower() not in _ENDINGS:
        raise UsageError(
            _("{name}: the page must be an .html file.", name=out),
            fix=_("use --out {name}", name=out.with_suffix(".html")),
        )
    check_time(settings.as_of)
    with open_existing(settings, read_only=True) as store:
        cases = cases_asked(store, cases)
        as_of = time_asked(settings, store)
        policy = choose_policy(settings, store, as_of)
        tiers = trace(store, policy=policy, as_of=as_of, cases=cases, settings=settings)
        lists = lists_of(store, tiers.table["person"].tolist(), tiers.graph.records, several=True)
    page = make_page(
        tiers,
        geometry=_read(geometry, geometry_id),
        show_names=settings.show_names,
        quiet=settings.quiet,
        asked=cases,
        print_lists=print_lists,
        told={person: say_lists(told) for person, told in lists.items()},
    )
    show(rule_line(tiers))
    keep_page(page, out)
    show(
        _("The page HOLDS NAMES: pass it only to those who may see.")
        if settings.show_names
        else _("The page has no names, phones, identity numbers or addresses; only ids, years of birth and communes.")
    )
    if then_open:
        open_page(str(out))


def _read(path: Path | None, id_property: str) -> Geometry | None:
    if path is None:
        return None
    from tracing.report import read_geometry

    return read_geometry(path, id_property=id_property)
