"""Texts of ``truyvet load`` and of what it shares with ``truyvet check``."""

from __future__ import annotations

from typing import Final

from cli.language import Text

TEXTS: Final = {
    "load.short": Text("Nạp tệp vào kho dữ liệu.", "Load files into the store."),
    "load.help": Text(
        "Nạp danh sách ca bệnh, tiếp xúc, lượt đến, xét nghiệm, cách ly … từ CSV, Excel, JSON, Parquet, hoặc cả một thư"
        " mục. Nạp hết hoặc không nạp gì; nạp lại cùng tệp không thêm gì.\n"
        "Dòng không dùng được để riêng trong truyvet-set-aside.xlsx: sửa ở đó rồi nạp tệp đó. Khi có dòng để riêng, mã"
        " kết thúc là 4.",
        "Load line lists, contacts, visits, tests, isolations … from CSV, Excel, JSON, Parquet, or a whole folder. All"
        " or nothing; loading the same file again adds nothing.\n"
        "Rows that cannot be used are set aside in truyvet-set-aside.xlsx: correct them there and load that file. When"
        " rows were set aside the exit code is 4.",
    ),
    "load.examples": Text(
        "truyvet load danh-sach-f1.xlsx ket-qua-pcr.xlsx\n"
        "truyvet load thu-muc\n"
        'truyvet load danh-sach.csv --map "Mã BN=person" --day-first\n'
        "truyvet load truyvet-set-aside.xlsx --replace",
        "truyvet load contact-list.xlsx pcr-results.xlsx\n"
        "truyvet load folder\n"
        'truyvet load list.csv --map "Patient no=person" --day-first\n'
        "truyvet load truyvet-set-aside.xlsx --replace",
    ),
    "load.argument.paths": Text("Các tệp, hoặc một thư mục.", "Files, or one folder."),
    "load.option.mapping": Text(
        'Tiêu đề này là cột nào, ví dụ "Mã BN=person"; có thể lặp lại.',
        'Which column a heading is, such as "Patient no=person"; can be repeated.',
    ),
    "load.option.day_first": Text(
        "Đọc 03/04/2021 là ngày/tháng (hoặc tháng/ngày) khi cột không tự cho biết.",
        "Read 03/04/2021 as day/month (or month/day) where the column itself does not show it.",
    ),
    "load.option.zone": Text("Múi giờ của giờ không ghi múi.", "Time zone of times that have none."),
    "load.option.table": Text(
        "Đọc mọi trang tính như bảng này: persons, cases, contacts, visits, places, areas, tests, isolations,"
        " arrivals, links, people (danh sách người) hoặc sensor.",
        "Read every sheet as this table: persons, cases, contacts, visits, places, areas, tests, isolations, arrivals,"
        " links, people (a list of people) or sensor.",
    ),
    "load.option.encoding": Text(
        "Bảng mã của tệp văn bản, ví dụ windows-1258.", "Encoding of text files, such as windows-1258."
    ),
    "load.option.start_date": Text(
        "Ngày mà đồng hồ của tệp cảm biến bắt đầu.", "Day on which a sensor file's clock starts."
    ),
    "load.option.create_people": Text(
        "Ghi nhận cả người chỉ được nhắc tới (hoặc để riêng dòng đó).",
        "Put people on record who are only mentioned (or set such rows aside).",
    ),
    "load.option.replace": Text(
        "Khi trái với điều đã lưu: lấy giá trị mới.", "Where a row contradicts what is stored: take the new value."
    ),
    "load.option.allow_set_aside": Text(
        "Mã kết thúc 0 cả khi có dòng để riêng.", "Exit code 0 even when rows were set aside."
    ),
    "load.option.everything": Text(
        "Hiện mọi điều tìm thấy, từng dòng một.", "Show everything that was found, one per line."
    ),
    "load.progress.read": Text("đọc {name}", "reading {name}"),
    "load.progress.write": Text("ghi {name}", "writing {name}"),
    "load.sheet": Text("trang tính", "sheet"),
    "load.headings": Text("biết {known}/{all} tiêu đề", "{known} of {all:heading|headings} known"),
    "load.unused": Text("không dùng: {names}", "not used: {names}"),
    "load.unrecognised": Text("không nhận ra là bảng gì", "not recognised"),
    "load.kind.people": Text("danh sách người", "list of people"),
    "load.kind.sensor": Text("tiếp xúc từ cảm biến", "contacts from sensors"),
    "load.kind.contact_list": Text("danh sách tiếp xúc", "contact list"),
    "load.kind.test_results": Text("kết quả xét nghiệm", "test results"),
    "load.kind.list_of_F0_and_contacts": Text("danh sách F0 và người tiếp xúc", "list of F0 and contacts"),
    "load.kind.line_list": Text("danh sách ca bệnh", "line list"),
    "load.kind.isolation_list": Text("danh sách cách ly", "isolation list"),
    "load.kind.list_of_people": Text("danh sách người", "list of people"),
    "load.kind.persons": Text("người", "people"),
    "load.kind.cases": Text("ca bệnh", "cases"),
    "load.kind.contacts": Text("tiếp xúc", "contacts"),
    "load.kind.visits": Text("lượt đến", "visits"),
    "load.kind.places": Text("địa điểm", "places"),
    "load.kind.areas": Text("địa bàn", "areas"),
    "load.kind.tests": Text("xét nghiệm", "test results"),
    "load.kind.isolations": Text("cách ly", "isolations"),
    "load.kind.arrivals": Text("người về từ nơi khác", "arrivals"),
    "load.kind.links": Text("nguồn lây", "links"),
    "load.rows": Text(
        "{rows:dòng}: {new} mới, {known} đã biết, {aside} để riêng",
        "{rows:row|rows}: {new} new, {known} already known, {aside} set aside",
    ),
    "load.set_aside": Text(
        "{count:dòng} để riêng trong {file}; sửa ở đó rồi nạp tệp đó:",
        "{count:row|rows} set aside in {file}; correct them there and load that file:",
    ),
    "load.unusable": Text("Không dùng được:", "Cannot be used:"),
    "load.more": Text("…còn {count} nữa: {command}", "…{count} more: {command}"),
    "load.warnings": Text(
        "{count:điều} cần xem lại (dòng vẫn được nạp):", "{count:thing|things} to look at (the rows were loaded):"
    ),
    "load.times": Text("{count} lần", "{count} times"),
    "load.where": Text("{file} dòng {row}", "{file} row {row}"),
    "load.conflict": Text(
        'đã lưu giá trị khác cho {table} "{key}": {columns}', '{table} "{key}" is stored with another {columns}'
    ),
    "load.conflict.fix": Text(
        "cái nào đúng? sửa dòng này, hoặc nạp với --replace để lấy giá trị mới",
        "which one is right? correct this row, or load it with --replace to take the new value",
    ),
    "load.done": Text("Mới trong {store}: {what}.", "New in {store}: {what}."),
    "load.done.persons": Text("{count:người}", "{count:person|people}"),
    "load.done.cases": Text("{count:ca bệnh}", "{count:case|cases}"),
    "load.done.contacts": Text("{count:tiếp xúc}", "{count:contact|contacts}"),
    "load.done.visits": Text("{count:lượt đến}", "{count:visit|visits}"),
    "load.done.places": Text("{count:địa điểm}", "{count:place|places}"),
    "load.done.areas": Text("{count:địa bàn}", "{count:area|areas}"),
    "load.done.tests": Text("{count:xét nghiệm}", "{count:test|tests}"),
    "load.done.isolations": Text("{count:lượt cách ly}", "{count:isolation|isolations}"),
    "load.done.arrivals": Text("{count:người về}", "{count:arrival|arrivals}"),
    "load.done.links": Text("{count:nguồn lây}", "{count:link|links}"),
    "load.done.completed": Text("{count:dòng} được bổ sung", "{count:row|rows} completed"),
    "load.nothing_new": Text(
        "{store} đã có đủ; không có gì thay đổi.", "{store} already had all of it; nothing changed."
    ),
    "load.next": Text("truyvet tiers", "truyvet tiers"),
    "load.no_input": Text(
        "Không đọc được gì từ các tệp này; kho không thay đổi.",
        "Nothing in these files can be used; the store is as it was.",
    ),
    "load.no_input.fix": Text("Xem các dòng ở trên.", "See the lines above."),
    "load.one_folder": Text("Nạp một thư mục, hoặc các tệp; không cả hai.", "Give one folder, or files; not both."),
    "load.bad_map": Text('--map {value}: viết "tiêu đề=cột".', '--map {value}: write "heading=column".'),
    "load.bad_date": Text(
        "--start-date {value}: viết như 2021-07-08.", "--start-date {value}: write it like 2021-07-08."
    ),
    "load.no_files": Text("Chưa nêu tệp nào.", "No file was named."),
}
