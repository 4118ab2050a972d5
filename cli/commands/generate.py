"""``truyvet generate``: an invented province, as files."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from cli.language import spoken
from cli.options import Settings, make_command, option
from cli.screen import Progress, show, show_call
from cli.words import COUNTED, NEXT
from cli.writers.files import naming
from tracing.errors import SafetyError, UsageError
from tracing.text import catalogue

_, _n = catalogue("cli")


@make_command(
    "generate",
    help=_(
        "Make an invented province: households, hamlets, workplaces, markets, vehicles, visits,"
        " cases. Nobody in it exists. The same seed gives the same result. The truth (who infected"
        " whom) lies in a file of its own that is never loaded."
    ),
    examples=_(
        "truyvet generate --people 3000 --seed 1 --out province\n"
        "truyvet generate --people 3000 --seed 1 --out province --dirt 0.05 --headings vi\n"
        "truyvet generate --messy --seed 2 --out night\n"
        "truyvet load province"
    ),
)
@option("--people", type=int, metavar="N", help=_("Number of people; needed unless --messy is given."))
@option(
    "--seed",
    type=int,
    default=1,
    show_default=True,
    metavar="S",
    help=_("Seed: the same number gives the same result."),
)
@option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    metavar=_("DIR"),
    help=_("Folder to write into."),
)
@option("--cases", type=int, metavar="N", help=_("About how many cases."))
@option(
    "--contacts-per-person",
    type=float,
    default=10.0,
    show_default=True,
    metavar="N",
    help=_("Contacts on record per person."),
)
@option("--days", type=int, default=28, show_default=True, metavar="N", help=_("Number of days."))
@option(
    "--dirt",
    type=float,
    default=0.0,
    show_default=True,
    metavar=_("SHARE"),
    help=_("Share of rows spoiled as real lists are, 0 to 1."),
)
@option(
    "--headings",
    type=click.Choice(["plain", "vi"]),
    default="plain",
    show_default=True,
    help=_("plain: one file per table in our own format; vi: the lists that a commune sends, in Vietnamese."),
)
@option(
    "--format",
    "file_format",
    type=click.Choice(["csv", "parquet", "xlsx"]),
    default="csv",
    show_default=True,
    help=_("csv, parquet or xlsx."),
)
@option(
    "--messy",
    is_flag=True,
    help=_("Ten lists of one night instead, as ten communes send them: each in another shape, with slips."),
)
@option("--force", is_flag=True, help=_("Write over the files there."))
@click.pass_obj
def command(
    settings: Settings,
    /,
    *,
    people: int | None,
    seed: int,
    out: Path,
    cases: int | None,
    contacts_per_person: float,
    days: int,
    dirt: float,
    headings: str,
    file_format: str,
    messy: bool,
    force: bool,
) -> None:
    """Generate a province, or the lists of one night, and write them."""
    from loaders.invented.province import generate_province
    from loaders.invented.write import write_province

    if people is None and not messy:
        raise UsageError(
            _("How many people is not told."), fix=_("Give --people, or --messy for the lists of one night.")
        )
    if not force and out.is_dir() and any(out.iterdir()):
        raise SafetyError(
            _("The folder {folder} already has files in it.", folder=out),
            fix=_("Choose another folder, or write over them with --force."),
        )
    if messy or people is None:
        _write_night(settings, seed, out)
        return
    with Progress(quiet=settings.quiet) as progress:
        progress.step(_("making the province"), 0, 0)
        province = generate_province(
            people=people,
            seed=seed,
            cases=cases,
            contacts_per_person=contacts_per_person,
            days=days,
            dirt=dirt,
            language="vi" if headings == "vi" or spoken() == "vi" else "en",
        )
        with naming(out):
            write_province(
                province,
                out,
                headings="vi" if headings == "vi" else "plain",
                format="parquet" if file_format == "parquet" else "xlsx" if file_format == "xlsx" else "csv",
            )
    records = province.records
    counts = {name: COUNTED[name](len(records[name])) for name in ("persons", "cases", "contacts", "visits")}
    done = _("{folder}: {persons}, {cases}, {contacts}, {visits}; nobody in it exists.", folder=out, **counts)
    show(done)
    if not settings.quiet:
        show_call(NEXT, f"truyvet load {shlex.quote(str(out))}")


def _write_night(settings: Settings, seed: int, out: Path) -> None:
    """Write the lists of one night, and the truth beside them."""
    from loaders.invented.night.folder import generate_night

    with naming(out):
        written = generate_night(seed).write(out)
    lists = _n("{n} list", "{n} lists", len(written), n=len(written))
    show(_("{folder}: {lists} of one night; nobody in it exists.", folder=out, lists=lists))
    if not settings.quiet:
        show_call(NEXT, f"truyvet load {shlex.quote(str(out))}")
