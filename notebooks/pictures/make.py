"""Make the README's pictures of the report again: ``python notebooks/pictures/make.py``, or with the names of some.

Needs chromium with its chromedriver, and for the pictures of published outbreaks the folder ``../shared/data`` beside
the project. The loads, the rule and the pages are those of the command line.
"""

from __future__ import annotations

import base64
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from selenium import webdriver

from cli.main import run

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[2] / "shared" / "data"
WAITING = "return document.querySelectorAll('[data-chart]:not([data-ready]), .people:not([data-ready])').length"


class Picture(NamedTuple):
    """What is loaded (files of the data folder; none: the demo), the language, the size of the window, options."""

    files: tuple[str, ...]
    lang: str
    width: int
    height: int
    options: tuple[str, ...] = ()


POLYGONS = ("--geometry", str(DATA / "vn_admin" / "camau_communes_pre2024_101.geojson"))
RULE = ("--policy", "vn-3638")
TOLD = ("agents", "diagnosed", "reported_contacts", "reported_visits", "venues")
PICTURES = {
    "report-desktop-vi": Picture((), "vi", 1366, 768),
    "report-phone-en": Picture((), "en", 390, 1560),
    "report-covasim-vi": Picture(tuple(f"covasim_5k/{name}.csv" for name in TOLD), "vi", 1280, 900, RULE + POLYGONS),
    "report-mers-en": Picture(("mers_korea_2015/linelist.csv", "mers_korea_2015/contacts.csv"), "en", 1280, 900, RULE),
    "report-vietnam-vi": Picture(("vncovid19/patients.csv",), "vi", 1280, 900, RULE),
}


def write_page(picture: Picture, folder: Path) -> Path:
    """Load what the picture shows into a store of its own and write the report."""
    store, page = str(folder / "picture.duckdb"), folder / "page.html"
    if not picture.files:
        run(["demo", "--out", str(folder / "demo"), "--quiet", "--store", store])
    else:
        run(["load", *(str(DATA / name) for name in picture.files), "--quiet", "--store", store])
    run(["report", "--store", store, "--lang", picture.lang, "--out", str(page), *picture.options, "--quiet"])
    return page


def draw(browser: webdriver.Chrome, picture: Picture, page: Path, target: Path) -> None:
    """Open the page in a window of the picture's size, wait for what is drawn, and keep what is in sight."""
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": picture.width, "height": picture.height, "deviceScaleFactor": 1, "mobile": picture.width < 600},
    )
    browser.get(page.as_uri())
    while browser.execute_script(WAITING):
        time.sleep(0.2)
    shot = browser.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})["data"]
    target.write_bytes(base64.b64decode(shot))


def main(names: list[str]) -> None:
    """Make the pictures with these names, all of them where none is given."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(argument)
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    try:
        for name in names or list(PICTURES):
            with tempfile.TemporaryDirectory() as folder:
                page = write_page(PICTURES[name], Path(folder))
                draw(browser, PICTURES[name], page, HERE / f"{name}.png")
    finally:
        browser.quit()


if __name__ == "__main__":
    main(sys.argv[1:])
