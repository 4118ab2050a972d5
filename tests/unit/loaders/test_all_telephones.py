"""Several numbers of one person stand side by side, whatever list came first and in however many loads."""

from __future__ import annotations

from pathlib import Path

from graph import open_store
from loaders import load_files
from tracing.spelling import join_numbers

F1 = "Mã người,Họ và tên,Năm sinh,CCCD,SĐT,Địa chỉ\nP1,Lê Văn Tám,1980,096080001234,0912345678,Ấp 1 xã Tân Hưng\n"
CAMP = (
    "Mã người,Họ tên,Năm sinh,CCCD,Điện thoại,Ngày cách ly,Nơi cách ly\n"
    "P1,Lê Văn Tám,1980,096080001234,84.987.654.321,17/7/2021,Trường 1\n"
)
BOTH = "0912345678; 0987654321"


def phones(folder: Path, *loads: tuple[str, ...]) -> list[str]:
    with open_store(folder / "s.duckdb", create=True) as store:
        for number, lists in enumerate(loads):
            paths = [folder / f"{number}-{at}.csv" for at in range(len(lists))]
            for path, text in zip(paths, lists, strict=True):
                path.write_text(text, encoding="utf-8")
            store.write(load_files(paths).records)
        return [str(phone) for phone in store.read(tables=["persons"]).persons["phone"]]


def test_in_one_load_and_in_two_in_any_order(tmp_path: Path) -> None:
    for number, loads in enumerate([((F1, CAMP),), ((F1,), (CAMP,)), ((CAMP,), (F1,)), ((CAMP,), (F1,), (CAMP, F1))]):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert phones(folder, *loads) == [BOTH]


def test_a_text_that_has_all_numbers_stays_as_it_is() -> None:
    assert join_numbers(["0987654321; 0912345678", "0912345678"]) == "0987654321; 0912345678"
    assert join_numbers(["0987654321", "0912345678"]) == join_numbers(["0912345678", "0987654321"]) == BOTH
