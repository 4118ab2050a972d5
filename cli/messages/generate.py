"""Texts of ``truyvet generate``."""

from __future__ import annotations

from typing import Final

from cli.language import Text

TEXTS: Final = {
    "generate.short": Text(
        "Tạo một tỉnh giả định có ổ dịch, cỡ tùy ý.", "Make an invented province with an outbreak, of any size."
    ),
    "generate.help": Text(
        "Tạo một tỉnh giả định: hộ, ấp, nơi làm việc, chợ, xe, lượt đến, ca bệnh. Không ai trong đó có thật. Cùng hạt"
        " giống cho cùng kết quả. Sự thật (ai lây cho ai) nằm trong một tệp riêng, không bao giờ được nạp.",
        "Make an invented province: households, hamlets, workplaces, markets, vehicles, visits, cases. Nobody in it"
        " exists. The same seed gives the same result. The truth (who infected whom) lies in a file of its own that is"
        " never loaded.",
    ),
    "generate.examples": Text(
        "truyvet generate --people 3000 --seed 1 --out tinh\n"
        "truyvet generate --people 3000 --seed 1 --out tinh --dirt 0.05 --headings vi\n"
        "truyvet load tinh",
        "truyvet generate --people 3000 --seed 1 --out province\n"
        "truyvet generate --people 3000 --seed 1 --out province --dirt 0.05 --headings vi\n"
        "truyvet load province",
    ),
    "generate.option.people": Text("Số người.", "Number of people."),
    "generate.option.seed": Text(
        "Hạt giống: cùng số cho cùng kết quả.", "Seed: the same number gives the same result."
    ),
    "generate.option.out": Text("Thư mục để ghi.", "Folder to write into."),
    "generate.option.cases": Text("Khoảng bao nhiêu ca bệnh.", "About how many cases."),
    "generate.option.contacts_per_person": Text(
        "Số tiếp xúc ghi nhận cho mỗi người.", "Contacts on record per person."
    ),
    "generate.option.days": Text("Số ngày.", "Number of days."),
    "generate.option.dirt": Text(
        "Tỷ lệ dòng bị làm bẩn như danh sách thật, 0 đến 1.", "Share of rows spoiled as real lists are, 0 to 1."
    ),
    "generate.option.headings": Text(
        "plain: mỗi bảng một tệp theo định dạng của phần mềm; vi: các danh sách như xã gửi lên.",
        "plain: one file per table in our own format; vi: the lists that a commune sends, in Vietnamese.",
    ),
    "generate.option.file_format": Text("csv, parquet hoặc xlsx.", "csv, parquet or xlsx."),
    "generate.option.force": Text("Ghi đè lên các tệp đã có.", "Write over the files there."),
    "generate.progress": Text("tạo tỉnh giả định", "making the province"),
    "generate.done": Text(
        "{folder}: {people:người}, {cases:ca bệnh}, {contacts:tiếp xúc}, {visits:lượt đến}; không ai có thật.",
        "{folder}: {people:person|people}, {cases:case|cases}, {contacts:contact|contacts}, {visits:visit|visits};"
        " nobody in it exists.",
    ),
    "generate.next": Text("truyvet load {folder}", "truyvet load {folder}"),
    "generate.exists": Text("Thư mục {folder} đã có tệp trong đó.", "The folder {folder} already has files in it."),
    "generate.exists.fix": Text(
        "Chọn thư mục khác, hoặc ghi đè bằng --force.", "Choose another folder, or write over them with --force."
    ),
}
