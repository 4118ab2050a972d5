"""The page of a ready query's answer in a real browser: by mouse, by keys, and on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tracing.report.network import Node, Tie, write_network

pytestmark = [pytest.mark.browser]
CASE = Node(id="P-1", label="P-1", tier=0, asked=True)
SIX = [CASE, *(Node(id=f"P-{n}", label=f"P-{n}", tier=1 if n < 5 else None) for n in range(2, 6))]
PLACE = Node(id="PL-1", label="Chợ Phù Sa", kind="place", told="market")
TIES = [
    *(Tie(source="P-1", target=f"P-{n}", kind="exposed", certain=n > 2) for n in range(2, 5)),
    Tie(source="PL-1", target="P-5", kind="visit", times=3),
]


@pytest.fixture
def page(browser: Any, tmp_path: Path) -> Any:
    path = tmp_path / "answer.html"
    drawn = write_network([*SIX, PLACE], TIES, title="Ai gặp ai", head=["người"], rows=[["P-2"]], lang="vi")
    path.write_text(drawn, encoding="utf-8")
    browser.set_window_size(1200, 900)
    browser.get(path.as_uri())
    yield browser
    assert browser.get_log("browser") == []


def count(page: Any, css: str) -> int:
    return len(page.find_elements(By.CSS_SELECTOR, css))


def test_a_sign_shows_its_ties_by_mouse_and_by_keys(page: Any) -> None:
    signs = page.find_elements(By.CSS_SELECTOR, "#nodes > g")
    assert len(signs) == 6 and signs[0].accessible_name.startswith("người: P-1, F0")
    signs[0].click()
    assert count(page, "#nodes > g.near") == 3 and count(page, "#ties > line.near") == 3
    told = page.find_element(By.ID, "told").text
    assert "P-1 → P-2: phơi nhiễm, có thể" in told and "P-1 → P-4: phơi nhiễm" in told
    ActionChains(page).send_keys(Keys.ESCAPE).perform()
    assert count(page, "#nodes > g.near") == 0 and page.find_element(By.ID, "told").text == ""
    page.find_element(By.ID, "whole").send_keys(*[Keys.TAB] * 5)
    ActionChains(page).send_keys(Keys.ENTER).perform()
    assert count(page, "#nodes > g.near") == 1 and "có mặt ở đó, 3 lần" in page.find_element(By.ID, "told").text


def test_names_are_found_and_the_drawing_comes_nearer(page: Any) -> None:
    page.find_element(By.ID, "find").send_keys("phù sa")
    assert count(page, "#nodes > g.found") == 1
    wide = "return document.getElementById('drawing').viewBox.baseVal.width"
    page.find_element(By.ID, "nearer").click()
    assert page.execute_script(wide) == 700
    page.find_element(By.ID, "whole").click()
    assert page.execute_script(wide) == 1000


def test_it_fits_a_narrow_screen_and_paper(page: Any) -> None:
    page.set_window_size(500, 800)
    wide = page.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert not page.find_element(By.ID, "find").is_displayed()
        assert page.find_element(By.ID, "drawing").is_displayed()
    finally:
        page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
