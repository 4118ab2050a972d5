"""Texts of ``truyvet chains``."""

from __future__ import annotations

from typing import Final

from cli.language import Text

TEXTS: Final = {
    "chains.short": Text(
        "Chuỗi lây: ai dẫn đến ai, nguồn có thể là ai, ai khác cũng ở đó.",
        "Chains: who led to whom, who could be the source, who else was there.",
    ),
    "chains.help": Text(
        "Vẽ chuỗi của một ca bệnh trên trục thời gian, rồi trả lời: nguồn có thể là ai, và ai khác cũng ở đó."
        " Liên kết khai báo và tiếp xúc có ngày luôn được tách riêng.\n"
        "Với --all: tóm tắt mọi chuỗi, ca gốc, ca có nhiều nguồn hoặc thiếu nguồn, liên kết không thể có."
        " Độ sâu là số liên kết có trong hồ sơ.",
        "Draw the chain of a case on a time axis, and answer: who could have been its source, and who else was there."
        " Declared links and dated contacts are always told apart.\n"
        "With --all: a summary of all chains, roots, cases with several or missing sources, links that cannot be."
        " Depth counts links on record.",
    ),
    "chains.examples": Text(
        "truyvet chains BN133\n"
        "truyvet chains BN133 --backward\n"
        "truyvet chains --all\n"
        "truyvet chains --all --json > chuoi.json\n"
        "truyvet chains BN133 --html chuoi-bn133.html",
        "truyvet chains BN133\n"
        "truyvet chains BN133 --backward\n"
        "truyvet chains --all\n"
        "truyvet chains --all --json > chains.json\n"
        "truyvet chains BN133 --html chain-bn133.html",
    ),
    "chains.argument.case": Text("Mã ca, mã người hoặc tên.", "A case code, a person's id, or a name."),
    "chains.option.all_chains": Text("Mọi chuỗi.", "All chains."),
    "chains.option.forward": Text("Chỉ hỏi: ca này dẫn đến ai.", "Ask only: whom did this case lead to."),
    "chains.option.backward": Text("Chỉ hỏi: nguồn có thể là ai.", "Ask only: who could have been the source."),
    "chains.option.sideward": Text("Chỉ hỏi: ai khác cũng ở đó.", "Ask only: who else was there."),
    "chains.option.contacts": Text(
        "Vẽ theo tiếp xúc có ngày thay vì liên kết khai báo.", "Draw by dated contacts instead of declared links."
    ),
    "chains.option.page": Text("Ghi kết quả thành một trang HTML.", "Write the result as an HTML page."),
    "chains.which": Text("Thiếu mã ca bệnh.", "Which case is missing."),
    "chains.which.fix": Text(
        "truyvet chains MÃ, hoặc truyvet chains --all", "truyvet chains ID, or truyvet chains --all"
    ),
    "chains.both": Text("Không dùng mã ca cùng với --all.", "A case and --all do not go together."),
    "chains.by_contact": Text(
        "Theo tiếp xúc có ngày, ca này có thể đã dẫn đến {count:ca}: truyvet chains {id} --contacts",
        "By dated contacts it may have led to {count:case|cases}: truyvet chains {id} --contacts",
    ),
    "chains.no_contacts": Text(
        "Không có tiếp xúc có ngày nào từ {id} đến một ca khác.", "No dated contact leads from {id} to another case."
    ),
    "chains.no_case": Text("Chưa có ca bệnh nào trong hồ sơ.", "There is no case on record."),
    "chains.no_case.fix": Text(
        "Nạp danh sách ca bệnh: truyvet load TỆP", "Load a line list of cases: truyvet load FILES"
    ),
    "chains.not_case": Text("Người này không phải là ca bệnh trong hồ sơ.", "This person is not a case on record."),
    "chains.not_case.fix": Text(
        "truyvet why {id} cho biết người này ở tầng nào", "truyvet why {id} says in which tier they are"
    ),
    "chains.written": Text("Đã ghi {name}.", "Written: {name}."),
    "chains.progress.read": Text("đọc hồ sơ", "reading records"),
    "chains.page.title": Text("Chuỗi lây", "Chains"),
}
