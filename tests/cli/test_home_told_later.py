"""A home that a list could not say when it was loaded is completed once it is answered."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.main import run
from graph import open_store

HOMES = (
    "Họ tên,Năm sinh,SĐT,Địa chỉ\n"
    "Lâm Thị Ngà,1971,0918440101,Ấp Vàm Xáng\n"
    "Thạch Sóc,1966,0918440102,Ấp Vàm Xáng\n"
    'Lý Văn Hên,1990,0918440103,"Ấp Rạch Gốc, xã Tân Ân"\n'
)


def test_people_on_record_get_the_home_that_was_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    homes, store = tmp_path / "ho.csv", str(tmp_path / "s.duckdb")
    homes.write_text(HOMES, encoding="utf-8")

    def call(*words: str) -> str:
        run([*words, "--store", store, "--quiet", "--lang", "en"])
        return capsys.readouterr().out

    def areas() -> list[str]:
        with open_store(store, create=False, read_only=True) as opened:
            persons = opened.read().persons.sort_values("phone")
        return persons["area"].fillna("").tolist()

    said = call("load", str(homes))
    assert areas()[:2] == ["", ""] and "in which commune do they lie?" in said
    ident = next(line.split()[0] for line in said.splitlines() if "ho.csv" in line and "2 rows" in line)
    call("answer", ident, "xã Tân Ân")
    assert "completed" in call("load", str(homes))
    first, second, third = areas()
    assert first == second and first and first.partition("-")[0] == third.partition("-")[0]
    assert "completed" not in call("load", str(homes)), "nothing is completed twice"
