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
        " danh sách. Mọi tệp nằm trong một thư mục để bạn xem và thử tiếp; không có gì khác bị thay đổi.",
        "Make an invented outbreak (always the same), load it into a store, trace its tiers, and show why one person is"
        " listed. All files lie in one folder, to look at and to go on with; nothing else is changed.",
    ),
    "demo.examples": Text(
        "truyvet demo\ntruyvet demo --out thu --people 5000", "truyvet demo\ntruyvet demo --out try --people 5000"
    ),
}
