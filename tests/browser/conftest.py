"""One browser and the pages that are looked at in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from report_examples import analyse, long_chain, states

from loaders.invented.province import generate_province
from tracing.model.records import Records
from tracing.report import parse_geometry, write_report

webdriver = pytest.importorskip("selenium.webdriver")


def browser_of(folder: Path) -> Any:
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))


@pytest.fixture(scope="module")
def browser(need: Callable[[object, str], None], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    here = shutil.which("chromium") and shutil.which("chromedriver")
    need(here, "The report is not looked at: there is no chromium with its chromedriver here.")
    driver = browser_of(tmp_path_factory.mktemp("browser"))
    yield driver
    driver.quit()


class Pages(dict[str, Path]):
    """The pages by name, each written when it is first asked for, and what they are made from analysed once."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    @cached_property
    def results(self) -> Any:
        return analyse(generate_province(people=3000, seed=2021, contacts_per_person=3.0).records)

    def __missing__(self, name: str) -> Path:
        path = self[name] = self.folder / f"{name}.html"
        path.write_text(self.text_of(name), encoding="utf-8")
        return path

    def text_of(self, name: str) -> str:
        if name in states():
            return write_report(*analyse(states()[name]), lang="vi")
        if name == "long":
            return write_report(*analyse(long_chain()), lang="en")
        if name == "unknown":
            return write_report(*analyse(without_population(self.results[0].graph.records)), lang="vi")
        if name == "map":
            squares = parse_geometry(boxes(self.results[2]), id_property="code")
            return write_report(*self.results, lang="en", geometry=squares)
        more = {"names": {"show_names": True}, "lists": {"print_lists": True}}.get(name, {})
        return write_report(*self.results, lang="en" if name == "en" else "vi", **more)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the example in both languages, with polygons, and the states worth a look."""
    return Pages(tmp_path_factory.mktemp("pages"))


def without_population(records: Records) -> Records:
    """Return records in which nobody knows how many people live where."""
    areas = records.areas.assign(population=pd.array([None] * len(records.areas), dtype="Int64"))
    return Records(records.tables | {"areas": areas}, records.zone)


def boxes(zones: Any) -> dict[str, Any]:
    """Return a square for each unit, in a row of squares."""
    return {
        "features": [
            {
                "properties": {"code": unit, "name": f"Box {i}"},
                "geometry": {
                    "type": "Polygon",
                    "coordinates": [
                        [[x + i / 10, 9 + y] for x, y in ((105, 0), (105.1, 0), (105.1, 0.1), (105, 0.1), (105, 0))]
                    ],
                },
            }
            for i, unit in enumerate(zones.units["unit"])
        ]
    }
