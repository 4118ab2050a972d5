"""Texts of the first page."""

from __future__ import annotations

from typing import Final

from cli.language import Text

TEXTS: Final = {
    "truyvet.short": Text("Truy vết tiếp xúc.", "Contact tracing."),
    "truyvet.help": Text(
        "Truy vết tiếp xúc: từ hồ sơ ca bệnh và tiếp xúc ra chính xác F0, F1, F2, và lý do của từng người.",
        "Contact tracing: from case and contact records to exact F0, F1, F2, and for every name the reason.",
    ),
    "truyvet.examples": Text(
        "truyvet demo                      xem một ổ dịch mẫu, từ đầu đến cuối\n"
        "truyvet load danh-sach-f1.xlsx    nạp danh sách\n"
        "truyvet tiers --case BN22348      ai là F1, F2 của ca bệnh này\n"
        "truyvet why P-000412              vì sao người này có trong danh sách",
        "truyvet demo                      see an example outbreak, from end to end\n"
        "truyvet load contact-list.xlsx    load lists\n"
        "truyvet tiers --case BN22348      who is F1, F2 of this case\n"
        "truyvet why P-000412              why this person is listed",
    ),
}
