"""Texts of ``truyvet demo``."""

from __future__ import annotations

from typing import Final

from cli.language import Text

TEXTS: Final = {
    "demo.short": Text(
        "Xem một ổ dịch mẫu, từ hồ sơ đến F1, F2 và lý do.",
        "See an example outbreak, from records to F1, F2 and the reasons.",
    ),
    "demo.help": Text(
        "Tạo một ổ dịch giả định (luôn giống nhau), nạp vào kho dữ liệu, phân tầng, và chỉ ra vì sao một người có trong"
        " danh sách. Mọi tệp nằm trong một thư mục để bạn xem và thử tiếp; không có gì khác bị thay đổi. Với --store:"
        " vào kho đó, nếu còn trống.",
        "Make an invented outbreak (always the same), load it into a store, trace its tiers, and show why one person is"
        " listed. All files lie in one folder, to look at and to go on with; nothing else is changed. With --store:"
        " into that store, if it is empty.",
    ),
    "demo.examples": Text(
        "truyvet demo\ntruyvet demo --out thu --people 5000\ntruyvet demo --store neo4j://127.0.0.1:7687",
        "truyvet demo\ntruyvet demo --out try --people 5000\ntruyvet demo --store neo4j://127.0.0.1:7687",
    ),
    "demo.option.out": Text("Thư mục cho mọi tệp của bản mẫu.", "Folder for all files of the demo."),
    "demo.option.people": Text("Số người.", "Number of people."),
    "demo.begin": Text(
        "Một ổ dịch giả định giữa {people:người}, không ai có thật. Mọi tệp ở {folder}.",
        "An invented outbreak among {people:person|people}, nobody of whom exists. All files are in {folder}.",
    ),
    "demo.not_empty": Text(
        "{store} đã có hồ sơ; bản mẫu không được lẫn với dữ liệu khác",
        "{store} holds records; an invented outbreak must not be mixed with others",
    ),
    "demo.not_empty.fix": Text(
        "bỏ --store để dùng một kho riêng trong thư mục của bản mẫu, hoặc nêu một kho trống",
        "leave --store out for a store of its own in the demo's folder, or name an empty one",
    ),
    "demo.next": Text(
        "Thử tiếp:\n"
        "  truyvet tiers --list --tier 1 {store}     từng F1 một\n"
        "  truyvet tiers --policy vn-3468 {store}    theo quy định trước đó\n"
        "  truyvet why {person} --show-names {store}\n"
        "  truyvet policies show vn-3638             quy định và nguồn của nó\n"
        "  truyvet load TỆP-CỦA-BẠN                  dữ liệu của bạn, vào kho riêng",
        "Try next:\n"
        "  truyvet tiers --list --tier 1 {store}     every F1\n"
        "  truyvet tiers --policy vn-3468 {store}    under the rule before\n"
        "  truyvet why {person} --show-names {store}\n"
        "  truyvet policies show vn-3638             the rule and its sources\n"
        "  truyvet load YOUR-FILES                   your own data, into a store of their own",
    ),
}
