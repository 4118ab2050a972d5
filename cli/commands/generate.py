"""``truyvet generate``: an invented province, as files."""

from __future__ import annotations

from pathlib import Path

import click

from cli.language import say, spoken
from cli.options import Settings, make_command, option
from cli.screen import Progress
from tracing.errors import SafetyError


@make_command("generate")
@option("--people", type=int, required=True, metavar="N")
@option("--seed", type=int, default=1, show_default=True, metavar="S")
@option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, metavar="DIR")
@option("--cases", type=int, metavar="N")
@option("--contacts-per-person", type=float, default=10.0, show_default=True, metavar="N")
@option("--days", type=int, default=28, show_default=True, metavar="N")
@option("--dirt", type=float, default=0.0, show_default=True, metavar="SHARE")
@option("--headings", type=click.Choice(["plain", "vi"]), default="plain", show_default=True)
@option("--format", "file_format", type=click.Choice(["csv", "parquet", "xlsx"]), default="csv", show_default=True)
@option("--force", is_flag=True)
@click.pass_obj
def command(
    settings: Settings,
    /,
    *,
    people: int,
    seed: int,
    out: Path,
    cases: int | None,
    contacts_per_person: float,
    days: int,
    dirt: float,
    headings: str,
    file_format: str,
    force: bool,
) -> None:
    """Generate a province and write it."""
    from loaders.invented.province import generate_province
    from loaders.invented.write import write_province

    if not force and out.is_dir() and any(out.iterdir()):
        raise SafetyError(say("generate.exists", folder=out), fix=say("generate.exists.fix"))
    with Progress(quiet=settings.quiet) as progress:
        progress.step(say("generate.progress"), 0, 0)
        province = generate_province(
            people=people,
            seed=seed,
            cases=cases,
            contacts_per_person=contacts_per_person,
            days=days,
            dirt=dirt,
            language="vi" if headings == "vi" or spoken() == "vi" else "en",
        )
        write_province(
            province,
            out,
            headings="vi" if headings == "vi" else "plain",
            format="parquet" if file_format == "parquet" else "xlsx" if file_format == "xlsx" else "csv",
        )
    records = province.records
    counts = {name: len(records[table]) for name, table in _COUNTED}
    click.echo(say("generate.done", folder=out, **counts))
    if not settings.quiet:
        click.echo(say("common.next", what=say("generate.next", folder=out)))


_COUNTED = (("people", "persons"), ("cases", "cases"), ("contacts", "contacts"), ("visits", "visits"))
