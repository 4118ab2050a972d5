"""The report in a real browser, on a desktop and on a phone: nothing breaks, nothing is fetched, everything moves."""

from __future__ import annotations

import base64
import re
import threading
import time
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from report_examples import states

webdriver = pytest.importorskip("selenium.webdriver")

pytestmark = pytest.mark.browser
SIZES = {"desktop": (1366, 768), "phone": (390, 844)}
SECTIONS = ("why", "options", "curve", "chains", "people", "lists", "quality", "unknown", "method", "made")

TEXTS = ("h1", "h2", "h3", "p", "li", "dt", "dd", "button", "select", "input", "figure", ".box")
OUTSIDE = """[...document.querySelectorAll('TEXTS')].filter((element) => {
  const box = element.getBoundingClientRect();
  return box.width && !element.closest('.scroll, .people') && (box.left < -1 || box.right > innerWidth + 1);
}).map((element) => element.outerHTML.slice(0, 120))""".replace("TEXTS", ", ".join(f"main {name}" for name in TEXTS))
CUT = """[...document.querySelectorAll('.box, .four dd, .four dt, .needs dt, .bar button')].filter((element) =>
  element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)
  .map((element) => element.outerHTML.slice(0, 120))"""
COVERED = """(() => {const all = [...document.querySelectorAll('.label .f0:not(.speck)')];
  const boxes = all.map((badge) => badge.getBoundingClientRect());
  return [document.querySelectorAll('.label .f0').length, all.map((badge) => badge.textContent).filter((_, i) =>
    boxes.some((b, j) => j < i && b.left < boxes[i].right && b.right > boxes[i].left && b.top < boxes[i].bottom
      && b.bottom > boxes[i].top))];})()"""
TYPE = "(() => {const i = document.querySelector('#find'); i.value = %r; i.dispatchEvent(new Event('input'));})()"
VISIBLE = "[...document.querySelectorAll(%r)].filter((item) => item.offsetParent).length"
CHOOSE = "(() => {const s = document.querySelector(%r); s.value = %r; s.dispatchEvent(new Event('change'));})()"


def resize(browser: Any, size: str) -> None:
    """Give the page that is open a window of another size; it lays itself out anew."""
    width, height = SIZES[size]
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": size == "phone"},
    )
    browser.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")


def show(browser: Any, page: Path, size: str = "desktop", *, charts: bool = True) -> None:
    """Open a page and wait until everything on it is drawn."""
    resize(browser, size)
    browser.get_log("browser")
    browser.get(page.as_uri())
    waiting = "document.querySelectorAll('[data-chart]:not([data-ready]), .people:not([data-ready])').length"
    for _ in range(150):
        if not charts or not browser.execute_script(f"return {waiting}"):
            return
        time.sleep(0.1)
    raise AssertionError(f"{page.name}: not drawn in 15 seconds")


def ask(browser: Any, script: str) -> Any:
    return browser.execute_script(f"return {script}")


def text_of(browser: Any, selector: str) -> str:
    return str(ask(browser, f"document.querySelector({selector!r}).textContent"))


@pytest.mark.parametrize("name", ["vi", "en", "names", "map", "unknown", "long", *states()])
def test_no_error_no_request_and_the_text_fits(browser: Any, pages: dict[str, Path], name: str) -> None:
    """The small states are opened on a phone, which is then made as wide as a desktop."""
    for size in reversed(SIZES):
        if size == "phone" or name not in states():
            show(browser, pages[name], size)
        else:
            resize(browser, size)
        assert [entry["message"] for entry in browser.get_log("browser")] == []
        names = ask(browser, "performance.getEntriesByType('resource').map((entry) => entry.name)")
        assert [address for address in names if not address.startswith(("data:", "blob:"))] == []
        assert ask(browser, "document.documentElement.scrollWidth") <= SIZES[size][0]
        assert (size, ask(browser, OUTSIDE)) == (size, [])
        assert (size, ask(browser, CUT)) == (size, [])


@pytest.mark.parametrize("size", SIZES)
def test_counts_on_the_map_do_not_cover_each_other(browser: Any, pages: dict[str, Path], size: str) -> None:
    show(browser, pages["map"], size, charts=False)
    badges, covered = ask(browser, COVERED)
    assert badges > 3
    assert covered == []


def test_the_first_screen_needs_no_scrolling(browser: Any, pages: dict[str, Path]) -> None:
    for name in ("vi", "en"):
        show(browser, pages[name], charts=False)
        for part in (".told", ".slide", ".units", ".tonight"):
            bottom = ask(browser, f"document.querySelector({part!r}).getBoundingClientRect().bottom")
            assert bottom <= SIZES["desktop"][1], (name, part)


def test_all_sections_are_there_in_order(browser: Any, pages: dict[str, Path]) -> None:
    show(browser, pages["vi"], charts=False)
    assert ask(browser, "[...document.querySelectorAll('main > section')].map((s) => s.id)") == ["first", *SECTIONS]


@pytest.mark.parametrize("name", ["vi", "map"])
def test_the_slider_moves_figures_and_map(browser: Any, pages: dict[str, Path], name: str) -> None:
    show(browser, pages[name])
    people = "Number(document.querySelector('[data-figure=people]').textContent.replace(/[.,]/g, ''))"
    core = "document.querySelectorAll('[data-u].core:not(.label)').length"
    own, inside = ask(browser, people), ask(browser, core)
    move = "(() => {const s = document.querySelector('#step'); s.value = %s; s.dispatchEvent(new Event('input'));})()"
    ask(browser, move % 0)
    assert ask(browser, people) < own
    assert ask(browser, core) == 1
    assert ask(browser, "document.querySelector('#narrower').disabled")
    ask(browser, move % "s.max")
    assert ask(browser, people) > own
    assert ask(browser, core) > inside
    size = ask(browser, "document.querySelector('[data-chart=frontier]').data[0].marker.size")
    assert size[-1] == max(size)
    ask(browser, "document.querySelector('#back').click()")
    assert (ask(browser, people), ask(browser, core)) == (own, inside)
    ask(browser, "document.querySelector('#wider').click()")
    assert ask(browser, people) > own


@pytest.mark.parametrize("size", SIZES)
def test_search_and_filters_work_without_accents(browser: Any, pages: dict[str, Path], size: str) -> None:
    show(browser, pages["names"], size)
    count = "document.querySelector('#people-table').getAttribute('aria-rowcount') - 1"
    everybody = ask(browser, count)
    assert everybody > 1000
    ask(browser, TYPE % "nguyen")
    some = ask(browser, count)
    assert 0 < some < everybody
    names = ask(browser, "[...document.querySelectorAll('.body .c-name')].map((e) => e.textContent)")
    assert names and all("Nguyễn" in name for name in names)
    ask(browser, TYPE % "NGUYỄN")
    assert ask(browser, count) == some
    ask(browser, TYPE % "nobody like this")
    assert ask(browser, count) == 0
    assert not ask(browser, "document.querySelector('.people .empty').hidden")
    ask(browser, TYPE % "")
    ask(browser, "document.querySelectorAll('.tier').forEach((box) => { if (box.value !== '1') box.click(); })")
    tiers = ask(browser, "[...document.querySelectorAll('.body .c-tier')].map((e) => e.textContent.slice(0, 2))")
    assert set(tiers) == {"F1"}
    before = ask(browser, count)
    ask(browser, CHOOSE % ("#sure", "0"))
    assert 0 < ask(browser, count) < before
    drawn = ask(browser, "document.querySelectorAll('.body .row').length")
    assert drawn < 60


def test_scrolling_the_people_draws_those_in_sight(browser: Any, pages: dict[str, Path]) -> None:
    show(browser, pages["vi"])
    first = text_of(browser, ".body .row")
    ask(browser, "document.querySelector('#people-table').scrollTop = 60000")
    time.sleep(0.3)
    assert text_of(browser, ".body .row") != first
    assert ask(browser, "document.querySelectorAll('.body .row').length") < 60


def test_one_chain_at_a_time_and_leaves_open_on_click(browser: Any, pages: dict[str, Path]) -> None:
    show(browser, pages["long"])
    rows = "document.querySelectorAll('.link-row:not(.axis)').length"
    assert 20 < ask(browser, rows) <= 152
    ask(browser, "document.querySelector('.folded button').click()")
    assert not ask(browser, "document.querySelector('.list').hidden")
    show(browser, pages["vi"])
    before = ask(browser, rows)
    ask(browser, CHOOSE % ("#chain-pick", "5"))
    assert ask(browser, rows) != before
    assert ask(browser, "document.querySelectorAll('.wire').length") > 0


def test_a_click_on_the_frontier_moves_the_slider(browser: Any, pages: dict[str, Path]) -> None:
    show(browser, pages["en"])
    ask(browser, "document.dispatchEvent(new CustomEvent('go', { detail: 2 }))")
    assert text_of(browser, "#step-name").startswith("step 2 of")


def test_headline_and_reasons_follow_the_slider(browser: Any, pages: dict[str, Path]) -> None:
    show(browser, pages["en"], charts=False)
    headline, inside = text_of(browser, "#zone-told"), ask(browser, VISIBLE % "#why-in > li")
    assert headline.startswith("Proposed: close")
    ask(browser, "document.querySelector('#narrower').click()")
    assert text_of(browser, "#zone-told").startswith("Closing ")
    assert ask(browser, VISIBLE % "#why-in > li") == inside - 1
    outside = ask(browser, VISIBLE % "#why-out li")
    for _ in range(60):
        ask(browser, "document.querySelector('#wider').click()")
    assert ask(browser, VISIBLE % "#why-out li") < outside
    assert ask(browser, VISIBLE % "#why-in > li") == 15
    ask(browser, "document.querySelector('#back').click()")
    assert text_of(browser, "#zone-told") == headline


@pytest.mark.parametrize("name", ["en", "map"])
def test_a_click_on_a_unit_answers_why_in_why_not_and_who(browser: Any, pages: dict[str, Path], name: str) -> None:
    show(browser, pages[name], charts=False)
    click = "document.querySelector(%r).dispatchEvent(new MouseEvent('click', {bubbles: true}))"
    ask(browser, click % "[data-u].core:not(.label)")
    told = text_of(browser, "#unit-told")
    assert "In the core at this step; it enters at step" in told
    assert re.search(r"F0 \d+, F1 \d+, F2 \d+; [\d,]+ people", told)
    assert re.search(r"P-\d+, F\d: .*chain from case|what lists usually miss", told)
    ask(browser, click % "[data-u]:not(.core):not(.buffer):not(.label)")
    assert "Outside at" in text_of(browser, "#unit-told")
    for _ in range(60):
        ask(browser, "document.querySelector('#wider').click()")
    assert "In the core at this step" in text_of(browser, "#unit-told")
    ask(browser, "document.querySelector('#unit-close').click()")
    assert ask(browser, "document.querySelector('#unit-card').hidden")


def test_the_list_begins_with_whom_to_act_on_and_a_click_opens_the_path(browser: Any, pages: dict[str, Path]) -> None:
    show(browser, pages["en"])
    first = ask(browser, "[...document.querySelectorAll('.body .row')].slice(0, 5).map((row) => row.innerText)")
    assert all(text.startswith("F1") and "no record" in text for text in first)
    ask(browser, "document.querySelector('.body .row').click()")
    assert " met " in text_of(browser, "#person-told ol")
    assert "is a case (F0)." in text_of(browser, "#person-told li:last-child")
    assert "clause" in text_of(browser, "#person-told ol") and "truyvet why P-" in text_of(browser, "#person-told")
    ask(browser, "document.querySelectorAll('.tier').forEach((box) => { if (box.value !== '2') box.click(); })")
    ask(browser, "document.querySelector('.body .row').click()")
    assert ask(browser, "document.querySelectorAll('#person-told li').length") == 3


def serve_slowly(page: Path) -> ThreadingHTTPServer:
    """Serve a page of this machine in small pieces, a pause before the packed script has come."""
    content = page.read_bytes()

    class Slow(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            late = content.index(b'id="plotly"')
            for begin in range(0, len(content), 16_384):
                self.wfile.write(content[begin : begin + 16_384])
                self.wfile.flush()
                time.sleep(0.3 if late - 32_768 < begin < late + 65_536 else 0.01)

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Slow)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def test_charts_follow_the_window_at_once(browser: Any, pages: dict[str, Path]) -> None:
    show(browser, pages["vi"])
    resize(browser, "phone")
    wide = "[...document.querySelectorAll('[data-chart] .main-svg')].map((s) => s.getBoundingClientRect().right)"
    assert ask(browser, wide) and all(right <= SIZES["phone"][0] for right in ask(browser, wide))


def test_charts_appear_from_a_slow_stick_in_a_tall_window(browser: Any, pages: dict[str, Path]) -> None:
    server = serve_slowly(pages["vi"])
    try:
        browser.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": 1366, "height": 6000, "deviceScaleFactor": 1, "mobile": False},
        )
        browser.get(f"http://127.0.0.1:{server.server_address[1]}/")
        for _ in range(200):
            if ask(browser, "document.querySelectorAll('[data-chart][data-ready]').length") == 2:
                break
            time.sleep(0.1)
        assert ask(browser, "document.querySelectorAll('[data-chart] .main-svg').length") >= 2
        assert not ask(browser, "document.querySelectorAll('.failed').length")
    finally:
        server.shutdown()
        server.server_close()


def texts_of_pages(content: bytes) -> list[int]:
    """Return how many drawing commands each page of a PDF has, from its unpacked streams."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    lengths = []
    for stream in streams:
        try:
            plain = zlib.decompress(stream)
        except zlib.error:
            continue
        if b" Tf" in plain:
            lengths.append(plain.count(b"Tj") + plain.count(b"TJ"))
    return lengths


def sheets_of(browser: Any) -> tuple[int, bytes]:
    """Print the page that is open; return how many sheets, and the PDF."""
    printed = browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    content = base64.b64decode(printed["data"])
    return len(re.findall(rb"/Type\s*/Page\b", content)), content


@pytest.mark.parametrize("name", ["vi", "en", "names", "map", "unknown", "two_units", "no_case"])
def test_two_sheets_of_a4_are_printed_unless_the_lists_are_asked_for(
    browser: Any, pages: dict[str, Path], name: str
) -> None:
    show(browser, pages[name])
    sheets, content = sheets_of(browser)
    assert sheets <= 2
    assert min(texts_of_pages(content)) > 3
    hidden = "[...document.querySelectorAll('#why-in > li')].filter((item) => !item.hidden).length"
    before = ask(browser, hidden) if ask(browser, "document.querySelector('#why-in') !== null") else 0
    ask(browser, "dispatchEvent(new Event('beforeprint'))")
    ask(browser, "dispatchEvent(new Event('afterprint'))")
    assert before == (ask(browser, hidden) if before else 0)


def test_a_page_made_for_its_lists_prints_them(browser: Any, pages: dict[str, Path]) -> None:
    show(browser, pages["lists"])
    assert sheets_of(browser)[0] > 10


@pytest.mark.parametrize("name", ["vi", "en"])
def test_with_the_lists_it_prints_on_a4_with_nothing_lost(browser: Any, pages: dict[str, Path], name: str) -> None:
    show(browser, pages[name])
    ask(browser, "document.body.classList.add('print-lists')")
    ask(browser, TYPE % "P-0001")
    sheets, content = sheets_of(browser)
    assert 4 <= sheets <= 40
    assert min(texts_of_pages(content)) > 3
    assert not ask(browser, "document.querySelectorAll('#people-print tr').length")
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 688, "height": 1000, "deviceScaleFactor": 1, "mobile": False}
    )
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        ask(browser, "dispatchEvent(new Event('beforeprint'))")
        time.sleep(0.5)
        assert ask(browser, "document.documentElement.scrollWidth") <= 688
        assert ask(browser, "document.querySelectorAll('details:not([open])').length") == 0
        assert ask(browser, "document.querySelectorAll('#people-print tbody tr').length") > 20
        assert ask(browser, "document.querySelectorAll('.drawn').length") == 10
        assert ask(browser, "Math.max(...[...document.querySelectorAll('.main-svg')].map((s) => s.clientWidth))") <= 688
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
