"""Texts of ``truyvet query``."""

from __future__ import annotations

from typing import Final

from cli.language import Text

_COLUMNS: Final = {
    "area": ("đơn vị", "area"),
    "area_name": ("tên đơn vị", "area name"),
    "arrived": ("đến lúc", "arrived"),
    "at": ("lúc", "at"),
    "basis": ("theo", "by"),
    "became_cases": ("thành ca bệnh", "became cases"),
    "began": ("bắt đầu", "began"),
    "born": ("năm sinh", "born"),
    "case": ("ca bệnh", "case"),
    "case_code": ("mã ca", "case code"),
    "cases": ("ca bệnh", "cases"),
    "certain": ("chắc chắn", "certain"),
    "checkpoint": ("chốt", "checkpoint"),
    "commune": ("xã", "commune"),
    "contact": ("tiếp xúc", "contact"),
    "contacts": ("số tiếp xúc", "contacts"),
    "contacts_a": ("tiếp xúc với ca 1", "contacts with 1st"),
    "contacts_b": ("tiếp xúc với ca 2", "contacts with 2nd"),
    "date": ("ngày", "date"),
    "day": ("ngày", "day"),
    "days_late": ("trễ (ngày)", "days late"),
    "depth": ("độ sâu", "depth"),
    "end": ("đến", "end"),
    "exposed": ("người phơi nhiễm", "exposed"),
    "exposure": ("phơi nhiễm", "exposure"),
    "first": ("đầu tiên", "first"),
    "first_a": ("gặp ca 1 lần đầu", "first met 1st"),
    "first_b": ("gặp ca 2 lần đầu", "first met 2nd"),
    "first_exposure": ("phơi nhiễm đầu", "first exposure"),
    "found_in": ("phát hiện ở", "found in"),
    "household": ("hộ", "household"),
    "isolated": ("cách ly", "isolated"),
    "kind": ("loại", "kind"),
    "last": ("cuối cùng", "last"),
    "last_exposure": ("phơi nhiễm cuối", "last exposure"),
    "method": ("phương pháp", "method"),
    "ct": ("Ct", "Ct"),
    "f0": ("F0", "F0"),
    "name": ("họ tên", "name"),
    "name_of_f0": ("họ tên ca bệnh", "name of the case"),
    "name_of_other": ("họ tên người kia", "other's name"),
    "origin": ("từ", "origin"),
    "other": ("người kia", "other person"),
    "other_area": ("đơn vị kia", "other area"),
    "other_name": ("tên đơn vị kia", "its name"),
    "pairs": ("số cặp", "pairs"),
    "person": ("người", "person"),
    "place": ("địa điểm", "place"),
    "place_name": ("tên địa điểm", "place name"),
    "possible": ("có thể", "possible"),
    "record": ("bản ghi", "record"),
    "reported_by": ("người báo", "reported by"),
    "sample": ("lấy mẫu", "sample"),
    "seat": ("ghế", "seat"),
    "seat_row": ("hàng ghế", "seat row"),
    "secondary": ("ca sau", "secondary"),
    "source_file": ("tệp", "file"),
    "source_row": ("dòng", "row"),
    "sources": ("nguồn", "sources"),
    "spreaders": ("số ca nguồn", "source cases"),
    "start": ("từ", "start"),
    "step": ("bước", "step"),
    "vehicle": ("phương tiện", "vehicle"),
    "visits": ("lượt đến", "visits"),
}

TEXTS: Final = {
    "query.short": Text("Câu hỏi có sẵn bằng Cypher, chạy trên Neo4j.", "Ready questions in Cypher, run on Neo4j."),
    "query.help": Text(
        "Chạy một câu hỏi có sẵn trên kho Neo4j: chuỗi lây theo thời gian, ai có mặt ở một nơi, F1 theo xã, ca chưa"
        " rõ nguồn, sự kiện siêu lây nhiễm… Chỉ đọc, không ghi. Các tệp .cypher cũng chạy được trong Neo4j Browser."
        " Câu hỏi về bậc và vùng cần kết quả đã ghi: truyvet tiers, truyvet zones với cùng --store.\n"
        "Không nêu --store thì dùng máy chủ của truyvet neo4j up.",
        "Runs a ready question on a Neo4j store: chains in time order, who was in a place, F1 by commune, cases with no"
        " known source, super-spreading events… It reads only. The .cypher files also run in the Neo4j Browser."
        " Questions on tiers and zones need results written back: truyvet tiers, truyvet zones with the same --store.\n"
        "Without --store, that of the server of truyvet neo4j up.",
    ),
    "query.examples": Text(
        "truyvet query --list\ntruyvet query --show chain-forward\n"
        "truyvet query chain-forward --param case=BN133\n"
        "truyvet query people-at-place -p place=PL-00006 -p since=2021-07-02T12:00 -p until=2021-07-02T18:00 --csv",
        "truyvet query --list\ntruyvet query --show chain-forward\n"
        "truyvet query chain-forward --param case=BN133\n"
        "truyvet query people-at-place -p place=PL-00006 -p since=2021-07-02T12:00 -p until=2021-07-02T18:00 --csv",
    ),
    "query.argument.name": Text("Tên câu hỏi (xem --list).", "Name of the question (see --list)."),
    "query.option.given": Text(
        "Tham số của câu hỏi; có thể lặp lại. Ngày giờ viết như 2021-07-08 hoặc 2021-07-08T14:00.",
        "A parameter of the question; can be repeated. Times like 2021-07-08 or 2021-07-08T14:00.",
    ),
    "query.option.listing": Text("Liệt kê các câu hỏi và tham số.", "List the questions and their parameters."),
    "query.option.show": Text("Xem một câu hỏi: tham số và Cypher.", "Show one question: parameters and Cypher."),
    "query.option.as_csv": Text("Kết quả dạng CSV.", "The result as CSV."),
    "query.both": Text("Chỉ dùng một trong --json và --csv.", "Use --json or --csv, not both."),
    "query.pair": Text("--param phải viết dạng tên=giá-trị.", "--param is written as name=value."),
    "query.pair.fix": Text("ví dụ --param case=BN133", "such as --param case=BN133"),
    "query.nothing": Text(
        "Hồ sơ không có gì cho câu hỏi này: {question}", "Nothing on record answers this: {question}"
    ),
    "query.found": Text("{question}: {count}", "{question}: {count}"),
    "query.found.first": Text(
        "{question}: {count} dòng đầu (thêm: --param limit=N)", "{question}: the first {count} (more: --param limit=N)"
    ),
    "query.more": Text(
        "Xem kỹ một câu hỏi (tham số, ví dụ, Cypher): truyvet query --show TÊN",
        "One question in full (parameters, an example, its Cypher): truyvet query --show NAME",
    ),
    "query.type.text": Text("chữ", "text"),
    "query.type.integer": Text("số nguyên", "whole number"),
    "query.type.number": Text("số", "number"),
    "query.type.level": Text("cấp đơn vị", "level of area"),
    "query.type.from": Text("ngày hoặc giờ", "day or instant"),
    "query.type.until": Text("ngày hoặc giờ", "day or instant"),
    "query.type.case": Text("ca bệnh", "case"),
    "query.type.person": Text("mã người", "person's id"),
    "query.type.place": Text("mã địa điểm", "place's id"),
    "query.type.area": Text("mã đơn vị", "area's code"),
    "query.type.run": Text("mã lần chạy", "run's id"),
    "query.basis.contact": Text("tiếp xúc", "contact"),
    "query.basis.visit": Text("lượt đến", "visit"),
    "query.basis.arrival": Text("khai báo đến", "arrival"),
    "query.basis.household": Text("cùng hộ", "household"),
    "query.found_in.community": Text("cộng đồng", "community"),
    "query.found_in.quarantine": Text("khu cách ly", "quarantine"),
    "query.found_in.zone": Text("khu phong tỏa", "zone"),
    "query.found_in.home_isolation": Text("cách ly tại nhà", "home isolation"),
    "query.found_in.arrival": Text("từ vùng dịch về", "arrival"),
    "query.required": Text("bắt buộc", "required"),
    "query.optional": Text("tùy chọn", "optional"),
    "query.run": Text("Theo lần chạy {id} (truyvet neo4j runs).", "By run {id} (truyvet neo4j runs)."),
    "query.yes": Text("có", "yes"),
} | {f"query.column.{name}": Text(vi, en) for name, (vi, en) in _COLUMNS.items()}
