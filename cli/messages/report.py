"""Texts of ``truyvet report``."""

from __future__ import annotations

from typing import Final

from cli.language import Text

TEXTS: Final = {
    "report.short": Text(
        "Một trang để quyết định: bản đồ, vùng khoanh, chuỗi, danh sách.",
        "One page to decide by: map, zones, chains, lists.",
    ),
    "report.help": Text(
        "Viết một tệp HTML không cần mạng: chuyện gì đã xảy ra, lõi và vùng đệm được gợi ý, cần gì ngay đêm nay, vì sao"
        " từng đơn vị ở bên trong, diễn biến, chuỗi lây, danh sách tìm được, điều chưa biết, quy định và nguồn."
        " Mở được từ USB, trên điện thoại, và in được trên giấy A4. Không có họ tên nếu không dùng --show-names; không"
        " bao giờ có điện thoại, số giấy tờ, địa chỉ.",
        "Writes one HTML file that needs no network: what happened, the proposed core and buffer, what is needed"
        " tonight, why each unit is inside, the course, the chains, a list that can be searched, what is not known,"
        " the rule and its sources. Opens from a USB stick and on a phone, and prints on A4. No names unless"
        " --show-names is given; never phones, identity numbers or addresses.",
    ),
    "report.examples": Text(
        "truyvet report\ntruyvet report --out bao-cao.html --open\ntruyvet report --geometry xa.geojson --geometry-id"
        " ward_code",
        "truyvet report\ntruyvet report --out report.html --open\ntruyvet report --geometry communes.geojson"
        " --geometry-id ward_code",
    ),
    "report.option.out": Text("Tệp HTML để viết; tệp cũ cùng tên bị thay.", "The HTML file; an old one is replaced."),
    "report.option.geometry": Text(
        "Ranh giới địa bàn để vẽ bản đồ (GeoJSON, WGS 84).", "Polygons of areas for the map (GeoJSON, WGS 84)."
    ),
    "report.option.geometry_id": Text(
        "Thuộc tính của ranh giới chứa mã địa bàn.", "The property of a polygon that holds the area code."
    ),
    "report.option.show": Text("Mở trang sau khi viết.", "Open the page when it is written."),
    "report.progress.chains": Text("tìm chuỗi", "chains"),
    "report.progress.zones": Text("khoanh vùng", "zones"),
    "report.progress.page": Text("viết trang", "writing the page"),
    "report.written": Text("Đã viết {name} ({size} MB).", "Written: {name} ({size} MB)."),
    "report.masked": Text(
        "Trang không có họ tên, điện thoại, số giấy tờ hay địa chỉ; chỉ có mã, năm sinh và xã.",
        "The page has no names, phones, identity numbers or addresses; only ids, years of birth and communes.",
    ),
    "report.names": Text(
        "Trang CÓ HỌ TÊN: chỉ gửi cho người được phép xem.", "The page HOLDS NAMES: pass it only to those who may see."
    ),
    "report.ending": Text("{name}: trang phải là tệp .html.", "{name}: the page must be an .html file."),
    "report.ending.fix": Text("dùng --out {name}", "use --out {name}"),
}
