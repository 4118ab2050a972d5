"""Texts of ``truyvet why``."""

from __future__ import annotations

from typing import Final

from cli.language import Text

TEXTS: Final = {
    "why.short": Text("Vì sao một người có, hay không có, trong danh sách.", "Why a person is listed, or is not."),
    "why.help": Text(
        "Người có trong danh sách: đường phơi nhiễm từ ca bệnh, nơi, giờ, điều khoản, và điều gì sẽ làm thay đổi kết"
        " quả. Người không có: lần tiếp xúc gần nhất và vì sao nó chưa đủ.\n"
        "PERSON là mã người, mã ca bệnh, hoặc họ tên (viết không dấu cũng được).",
        "For a listed person: the exposure path from the case, places, hours, clause, and what would change the answer."
        " For one who is not: the contact that came nearest, and what it lacks.\n"
        "PERSON is an id, a case code, or a name (accents do not matter).",
    ),
    "why.examples": Text(
        'truyvet why P-000412\ntruyvet why "tran van a"\ntruyvet why P-000412 --policy vn-3468 --json',
        'truyvet why P-000412\ntruyvet why "tran van a"\ntruyvet why P-000412 --policy vn-3468 --json',
    ),
    "why.argument.person": Text("Mã người, mã ca bệnh, hoặc họ tên.", "An id, a case code, or a name."),
    "why.who": Text("{id} là {name}", "{id} is {name}"),
}
