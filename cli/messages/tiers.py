"""Texts of ``truyvet tiers``."""

from __future__ import annotations

from typing import Final

from cli.language import Text

TEXTS: Final = {
    "tiers.short": Text("Ai là F0, F1, F2 …, chắc chắn và có thể.", "Who is F0, F1, F2 …, certain and possible."),
    "tiers.help": Text(
        "Phân tầng mọi người có đường phơi nhiễm từ các ca bệnh, theo quy định được chọn: chắc chắn, hay chỉ có thể vì"
        " thiếu dữ liệu. Cột cuối cho biết có gì mới so với lần chạy trước cho cùng các ca bệnh.",
        "Trace everybody whom an exposure path reaches from the cases, under the rule chosen: certain, or only possible"
        " because something is not known. The last column says what is new since the last run for the same cases.",
    ),
    "tiers.examples": Text(
        "truyvet tiers\n"
        "truyvet tiers --case BN22348 --as-of 2021-07-08\n"
        "truyvet tiers --list --tier 1 --area 32041\n"
        "truyvet tiers --policy vn-3468 --json > phan-tang.json",
        "truyvet tiers\n"
        "truyvet tiers --case BN22348 --as-of 2021-07-08\n"
        "truyvet tiers --list --tier 1 --area 32041\n"
        "truyvet tiers --policy vn-3468 --json > tiers.json",
    ),
    "tiers.option.listing": Text("Liệt kê từng người.", "List the people, one per line."),
    "tiers.option.tier": Text("Chỉ tầng này (0, 1, 2 …).", "Only this tier (0, 1, 2 …)."),
    "tiers.option.areas": Text(
        "Chỉ người ở địa bàn này (mã) và các địa bàn bên trong; có thể lặp lại.",
        "Only people who live in this area (its code) or in one inside it; can be repeated.",
    ),
    "tiers.option.no_save": Text(
        "Không lưu lần chạy này vào kho (kho chỉ được đọc).", "Do not keep this run in the store (it is only read)."
    ),
    "tiers.head.certain": Text("chắc chắn", "certain"),
    "tiers.head.possible": Text("có thể", "possible"),
    "tiers.head.new": Text("mới từ lần trước", "new since last run"),
    "tiers.head.person": Text("mã", "id"),
    "tiers.head.tier": Text("tầng", "tier"),
    "tiers.head.born": Text("sinh", "born"),
    "tiers.head.commune": Text("xã", "commune"),
    "tiers.head.last": Text("phơi nhiễm lần cuối", "last exposure"),
    "tiers.head.through": Text("qua", "through"),
    "tiers.head.name": Text("họ tên", "name"),
    "tiers.co_present": Text("cùng có mặt (không phải F1)", "co-present (not F1)"),
    "tiers.no_case": Text("Chưa có ca bệnh nào trong hồ sơ.", "There is no case on record."),
    "tiers.no_case.fix": Text(
        "Nạp danh sách ca bệnh: truyvet load TỆP", "Load a line list of cases: truyvet load FILES"
    ),
    "tiers.nobody": Text(
        "Không ai khác được liệt kê: {cases:ca bệnh}, {contacts:tiếp xúc} và {visits:lượt đến} trong hồ sơ.",
        "Nobody else is listed: {cases:case|cases}, {contacts:contact|contacts} and {visits:visit|visits} are on"
        " record.",
    ),
    "tiers.nobody.here": Text("Không có ai ở tầng hoặc địa bàn này.", "Nobody in this tier or area."),
    "tiers.possible_why": Text(
        "{some} trong {all} người chỉ có thể, vì thiếu dữ liệu: truyvet why MÃ cho biết thiếu gì.",
        "{some} of {all} are only possible, because something is not known: truyvet why ID says what.",
    ),
    "tiers.next.new": Text(
        "{count} F1 mới ở {communes:xã} chưa có cách ly trong hồ sơ",
        "{count} new F1 in {communes:commune|communes} have no isolation on record",
    ),
    "tiers.next.all": Text(
        "{count} F1 ở {communes:xã} chưa có cách ly trong hồ sơ",
        "{count} F1 in {communes:commune|communes} have no isolation on record",
    ),
    "tiers.next.why": Text(
        "Vì sao một người có trong danh sách: truyvet why {id}{asked}", "Why one is listed: truyvet why {id}{asked}"
    ),
    "tiers.progress.read": Text("đọc hồ sơ", "reading records"),
    "tiers.progress.certain": Text("tầng chắc chắn", "certain tiers"),
    "tiers.progress.possible": Text("tầng có thể", "possible tiers"),
    "tiers.changed.new": Text("mới", "new"),
    "tiers.changed.was": Text("trước là F{tier}", "was F{tier}"),
}
