"""Texts of ``truyvet check``."""

from __future__ import annotations

from typing import Final

from cli.language import Text

TEXTS: Final = {
    "check.short": Text("Kiểm tra tệp mà không nạp.", "Check files without loading them."),
    "check.help": Text(
        "Đọc tệp như truyvet load và báo mọi điều tìm thấy, nhưng không ghi gì. Có kho dữ liệu thì so cả với kho.\n"
        "--set-aside kiểm tra các tệp truyvet-set-aside.xlsx ở đây: dòng nào vẫn còn phải sửa.",
        "Read files as truyvet load does and tell everything found, but write nothing. Where there is a store, they are"
        " compared with it too.\n"
        "--set-aside checks the truyvet-set-aside.xlsx files here: which rows still need a correction.",
    ),
    "check.examples": Text(
        "truyvet check danh-sach-f1.xlsx\ntruyvet check thu-muc --all\ntruyvet check --set-aside",
        "truyvet check contact-list.xlsx\ntruyvet check folder --all\ntruyvet check --set-aside",
    ),
    "check.argument.paths": Text("Các tệp, hoặc một thư mục.", "Files, or one folder."),
    "check.option.set_aside": Text(
        "Kiểm tra các dòng đã để riêng ở thư mục này.", "Check the rows set aside in this folder."
    ),
    "check.rows": Text(
        "{rows:dòng}: {good} dùng được, {aside} cần sửa", "{rows:row|rows}: {good} can be used, {aside} to correct"
    ),
    "check.aside": Text("{count:dòng} cần sửa:", "{count:row|rows} to correct:"),
    "check.good": Text("Mọi dòng đều dùng được. Chưa nạp gì.", "Every row can be used. Nothing was loaded."),
    "check.next": Text("truyvet load {files}", "truyvet load {files}"),
    "check.none": Text("Ở đây không có dòng nào để riêng.", "No rows are set aside here."),
    "check.none.fix": Text(
        "truyvet load tạo truyvet-set-aside.xlsx khi có dòng phải sửa.",
        "truyvet load makes truyvet-set-aside.xlsx when rows need a correction.",
    ),
}
