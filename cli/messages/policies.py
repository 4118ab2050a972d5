"""Texts of ``truyvet policies``."""

from __future__ import annotations

from typing import Final

from cli.language import Text

TEXTS: Final = {
    "policies.short": Text(
        "Các quy định truy vết: liệt kê, xem, so sánh, kiểm tra.", "The rules: list, show, compare, check."
    ),
    "policies.help": Text(
        "Các quy định truy vết có sẵn, và quy định riêng của bạn trong một tệp TOML.\n"
        "Mỗi con số đều có nguồn; số nào chưa đối chiếu với văn bản gốc thì ghi rõ.",
        "The rules that come with the software, and your own in a TOML file.\n"
        "Every number has its source; what was not checked against it says so.",
    ),
    "policies.examples": Text(
        "truyvet policies\n"
        "truyvet policies show vn-3638\n"
        "truyvet policies compare vn-3468 vn-3638\n"
        "truyvet policies for 2021-07-08\n"
        "truyvet policies check quy-dinh-rieng.toml",
        "truyvet policies\n"
        "truyvet policies show vn-3638\n"
        "truyvet policies compare vn-3468 vn-3638\n"
        "truyvet policies for 2021-07-08\n"
        "truyvet policies check my-rule.toml",
    ),
    "policies.list.short": Text("Liệt kê các quy định.", "List the rules."),
    "policies.list.help": Text(
        "Mọi quy định có sẵn, thời gian hiệu lực, và số mục chưa được kiểm chứng.",
        "Every rule there is, when it was in force, and how much of it is not verified.",
    ),
    "policies.list.examples": Text("truyvet policies list", "truyvet policies list"),
    "policies.show.short": Text("Xem toàn bộ một quy định.", "Show the whole of one rule."),
    "policies.show.help": Text(
        "Toàn bộ một quy định: thời kỳ lây truyền, các điều khoản, cách ly, nguồn của từng con số.",
        "The whole of a rule: infectious window, clauses, quarantine, and the source of each number.",
    ),
    "policies.show.examples": Text(
        "truyvet policies show vn-3638\ntruyvet policies show quy-dinh-rieng.toml",
        "truyvet policies show vn-3638\ntruyvet policies show my-rule.toml",
    ),
    "policies.compare.short": Text("So sánh hai quy định.", "Compare two rules."),
    "policies.compare.help": Text(
        "Những điểm mà hai quy định khác nhau, đặt cạnh nhau.", "The points in which two rules differ, side by side."
    ),
    "policies.compare.examples": Text(
        "truyvet policies compare vn-3468 vn-3638", "truyvet policies compare vn-3468 vn-3638"
    ),
    "policies.for.short": Text("Quy định nào có hiệu lực vào một ngày.", "Which rule was in force on a day."),
    "policies.for.help": Text(
        "Quy định có hiệu lực vào ngày đã cho (năm-tháng-ngày).", "The rule in force on the given day (year-month-day)."
    ),
    "policies.for.examples": Text(
        "truyvet policies for 2021-07-08\ntruyvet policies for 2020-04-01 --family who",
        "truyvet policies for 2021-07-08\ntruyvet policies for 2020-04-01 --family who",
    ),
    "policies.for.option.family": Text(
        "Nhóm quy định: vn, who, cdc, ecdc, measles, ebola.", "Which line of rules: vn, who, cdc, ecdc, measles, ebola."
    ),
    "policies.check.short": Text("Kiểm tra tệp quy định riêng.", "Check your own rule file."),
    "policies.check.help": Text(
        "Đọc một tệp quy định và báo mọi chỗ sai cùng lúc, mỗi chỗ một dòng.",
        "Read a rule file and tell everything wrong in it at once, one line for each.",
    ),
    "policies.check.examples": Text(
        "truyvet policies check quy-dinh-rieng.toml", "truyvet policies check my-rule.toml"
    ),
    "policies.head.id": Text("quy định", "rule"),
    "policies.head.from": Text("từ", "from"),
    "policies.head.to": Text("đến", "to"),
    "policies.head.unverified": Text("chưa kiểm chứng", "not verified"),
    "policies.head.title": Text("văn bản", "title"),
    "policies.of": Text("{some} trong {all} mục", "{some} of {all} rule items"),
    "policies.stays": Text(
        "Mỗi quy định còn dùng {stays} giả định về thời gian lưu lại, tính riêng.",
        "Each rule also uses {stays} assumptions about lengths of stay, counted apart.",
    ),
    "policies.default": Text(
        "Mặc định: {id}. Xem một quy định: truyvet policies show {id}",
        "Default: {id}. See one: truyvet policies show {id}",
    ),
    "policies.equal": Text("Hai quy định giống nhau.", "The two rules are the same."),
    "policies.good": Text("{name}: dùng được ({id}).", "{name}: can be used ({id})."),
    "policies.good.unverified": Text(
        "{some} trong {all} mục của quy định chưa kiểm chứng; {stays} giả định về thời gian lưu lại.",
        "{some} of {all} rule items not verified; {stays} assumptions about lengths of stay.",
    ),
    "policies.try": Text("Dùng: truyvet tiers --policy {name}", "Use it: truyvet tiers --policy {name}"),
}
