"""Whom a load may speak of is looked for among those on record: the same as if everybody had been looked at."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from graph import Store, open_store
from loaders import load_files
from loaders.people import recorded
from loaders.people.entries import Mention

FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng")
MIDDLE = ("Văn", "Thị", "Ngọc", "Hữu", "Minh")
GIVEN = ("An", "Bình", "Cường", "Dũng", "Hoa", "Hòa", "Lan", "Mai", "Nam", "Oanh", "Phúc", "Vân", "Tư", "Bảy")
PEOPLE, LISTED = 400, 8


def a_name(draw: random.Random) -> str:
    """A name as lists write it: whole, without accents, short, with a nickname."""
    family, middle, given = draw.choice(FAMILIES), draw.choice(MIDDLE), draw.choice(GIVEN)
    whole = f"{family} {middle} {given}"
    return draw.choice([whole] * 8 + [f"{family} {given}", f"{whole} (Út {given})", whole.upper(), f"Anh {given}"])


def a_row(draw: random.Random, number: int) -> dict[str, str]:
    return {
        "Mã số": f"NB{number:04d}" if draw.random() < 0.3 else "",
        "Họ tên": a_name(draw),
        "Năm sinh": str(draw.randint(1960, 1966)) if draw.random() < 0.8 else "",
        "Giới tính": draw.choice(["Nam", "Nữ", ""]),
        "SĐT": f"09{draw.randint(0, 250):08d}" if draw.random() < 0.6 else "",
        "CCCD": f"0960{draw.randint(0, 300):08d}" if draw.random() < 0.3 else "",
        "Địa chỉ": f"ấp {draw.randint(1, 9)}, xã Tân Hưng",
        "Phân loại": "F0" if draw.random() < 0.05 else "F1",
    }


def write(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, list(rows[0]))
        out.writeheader()
        out.writerows(rows)
    return path


@pytest.fixture(scope="module", params=[1, 2])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Four hundred people from several lists, some of them more than once, most without an id of a list."""
    draw, folder = random.Random(request.param), tmp_path_factory.mktemp("record")
    with open_store(folder / "s.duckdb", create=True) as kept:
        for part in range(4):
            rows = [a_row(draw, part * PEOPLE + number) for number in range(PEOPLE // 4)]
            kept.write(load_files([write(folder / f"list-{part}.csv", rows)], known=kept).records)
        yield kept


@pytest.mark.parametrize("seed", range(4))
def test_those_looked_for_give_what_everybody_gives(
    store: Store, seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = random.Random(seed)
    idents = sorted(store.ids("persons"))
    rows = []
    for number in range(LISTED):
        met = draw.choice(
            [a_name(draw), draw.choice(idents), f"NB {draw.randint(0, 1600)}", f"F0 {draw.choice(GIVEN)}"]
        )
        again = {"Mã số": f"nb-{draw.randint(0, 1600):05d}" if draw.random() < 0.3 else ""}
        rows.append(
            a_row(draw, number) | again | {"Tiếp xúc với": met, "Ngày tiếp xúc": f"{draw.randint(1, 28)}/7/2021"}
        )
    rows.append(dict.fromkeys(rows[0], "") | {"Họ tên": draw.choice(GIVEN)})
    path = write(tmp_path / "new.csv", rows)
    looked_at = []
    take = recorded.Recorded.take

    def counted(record: recorded.Recorded, people: Iterable[int]) -> list[Mention]:
        told = take(record, people)
        looked_at.append(len(told))
        return told

    monkeypatch.setattr(recorded.Recorded, "take", counted)
    found, seen = [], []
    for large in (0, len(idents)):
        monkeypatch.setattr(recorded, "LARGE", large)
        looked_at.clear()
        result = load_files([path], known=store)
        tables = {name: rows.to_csv() for name, rows in result.records.tables.items()}
        found.append(
            (tables, repr(result.findings), repr(result.questions), repr(result.meant), repr(result.summaries))
        )
        seen.append(sum(looked_at))
    assert found[0] == found[1]
    assert seen[0] < seen[1] == len(idents)
