"""The words of every finding, in English and Vietnamese. No message holds a name, phone or identity number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Message:
    """One finding's severity and its words, with gaps for the details."""

    severity: str
    en: str
    vi: str
    fix_en: str
    fix_vi: str


MESSAGES: Final[dict[str, Message]] = {
    # files
    "file.missing": Message(
        "error", "there is no such file", "không có tệp này", "check the path", "kiểm tra lại đường dẫn"
    ),
    "file.empty": Message("error", "the file is empty", "tệp rỗng", "ask for the file again", "xin lại tệp"),
    "file.no_rows": Message(
        "warning",
        "there are headings but no rows",
        "chỉ có tiêu đề, không có dòng nào",
        "nothing to do if that is right",
        "không cần làm gì nếu đúng là như vậy",
    ),
    "file.unreadable": Message(
        "error",
        "the file cannot be read as {kind}: {reason}",
        "không đọc được tệp như {kind}: {reason}",
        "open it in its own program, save it again, and load that",
        "mở bằng chương trình gốc, lưu lại rồi nạp tệp đó",
    ),
    "file.password": Message(
        "error",
        "the workbook is protected by a password",
        "tệp Excel có mật khẩu",
        "open it in Excel, remove the password, save, and load that",
        "mở bằng Excel, bỏ mật khẩu, lưu lại rồi nạp",
    ),
    "file.binary": Message(
        "error",
        "this is not a text file, whatever its name says ({kind})",
        "đây không phải tệp văn bản dù tên như vậy ({kind})",
        "give it its right ending, or save it as CSV",
        "đổi lại đuôi tệp cho đúng, hoặc lưu thành CSV",
    ),
    "file.encoding": Message(
        "error",
        "the text is not {encoding}: first wrong byte in row {at}",
        "văn bản không phải {encoding}: byte sai đầu tiên ở dòng {at}",
        "save the file as UTF-8, or say --encoding windows-1258 (or windows-1252)",
        "lưu tệp dạng UTF-8, hoặc thêm --encoding windows-1258 (hoặc windows-1252)",
    ),
    "file.decoded": Message(
        "warning",
        "not UTF-8; read as {encoding}",
        "không phải UTF-8; đã đọc như {encoding}",
        "look at the accents; if they are wrong say --encoding",
        "xem lại dấu; nếu sai thì thêm --encoding",
    ),
    "file.truncated": Message(
        "error",
        "the file ends in the middle of row {at}",
        "tệp bị cắt ngang ở dòng {at}",
        "ask for the whole file again",
        "xin lại tệp đầy đủ",
    ),
    "file.ending": Message(
        "error",
        "files ending in {ending} are not understood",
        "không hiểu tệp có đuôi {ending}",
        "save as .xlsx, .csv, .json or .parquet",
        "lưu thành .xlsx, .csv, .json hoặc .parquet",
    ),
    "file.truth": Message(
        "note",
        "a file of true answers is never read",
        "tệp chứa đáp án không bao giờ được đọc",
        "nothing to do",
        "không cần làm gì",
    ),
    # sheets
    "table.unknown": Message(
        "error",
        "what this sheet lists is not recognised; headings: {headings}",
        "không nhận ra bảng này; các tiêu đề: {headings}",
        'say --table, or --map "heading=column"',
        'thêm --table, hoặc --map "tiêu đề=cột"',
    ),
    "column.missing": Message(
        "error",
        "table {table} needs {missing}; headings: {headings}",
        "bảng {table} cần {missing}; các tiêu đề: {headings}",
        'add the column, or say --map "heading=column"',
        'thêm cột, hoặc --map "tiêu đề=cột"',
    ),
    "column.unused": Message(
        "note",
        "kept as attributes, not used: {headings}",
        "giữ lại làm thuộc tính, không dùng: {headings}",
        'nothing to do, or say --map "heading=column"',
        'không cần làm gì, hoặc --map "tiêu đề=cột"',
    ),
    "column.not_read": Message(
        "note",
        "never read, because it holds the answer: {headings}",
        "không đọc vì chứa đáp án: {headings}",
        "nothing to do",
        "không cần làm gì",
    ),
    "column.double": Message(
        "warning",
        "two columns mean the same ({column}); this one is kept as an attribute",
        "hai cột cùng nghĩa ({column}); cột này được giữ làm thuộc tính",
        'say --map "heading=column" for the right one',
        'thêm --map "tiêu đề=cột" cho cột đúng',
    ),
    "column.id": Message(
        "note",
        'people are known by "{column}": {why}',
        'dùng "{column}" làm mã người: {why}',
        'say --map "heading=person" for another',
        'thêm --map "tiêu đề=person" nếu muốn cột khác',
    ),
    "sheet.hidden": Message(
        "note",
        "a hidden sheet was read too",
        "đã đọc cả trang tính ẩn",
        "delete it if it should not count",
        "xóa trang tính nếu không tính",
    ),
    "sheet.hidden_parts": Message(
        "note",
        "hidden rows or columns were read too",
        "đã đọc cả dòng, cột bị ẩn",
        "delete them if they should not count",
        "xóa đi nếu không tính",
    ),
    "row.passed": Message(
        "note",
        "lines that are no rows were passed over: {count} ({kinds})",
        "bỏ qua các dòng không phải dữ liệu: {count} ({kinds})",
        "nothing to do",
        "không cần làm gì",
    ),
    "row.struck": Message(
        "warning",
        "the row is struck through",
        "dòng bị gạch ngang",
        "delete the row if it should not count",
        "xóa dòng nếu không tính",
    ),
    "file.too_large": Message(
        "error",
        "unpacked, the file is larger than {limit}",
        "giải nén ra, tệp lớn hơn {limit}",
        "ask for the list without pictures and empty sheets, or as CSV",
        "xin lại danh sách không kèm hình và trang trống, hoặc dạng CSV",
    ),
    "file.too_wide": Message(
        "error",
        "sheet {sheet} spans {rows} rows and {columns} columns; at most {limit} cells are read",
        "trang tính {sheet} trải {rows} dòng, {columns} cột; chỉ đọc tối đa {limit} ô",
        "delete what stands far outside the table, or save the sheet as CSV",
        "xóa ô nằm xa ngoài bảng, hoặc lưu trang tính thành CSV",
    ),
    "file.columns": Message(
        "error",
        "there are {columns} columns; at most {limit} are read",
        "có {columns} cột; chỉ đọc tối đa {limit} cột",
        "send the table with one row per person or contact",
        "gửi bảng mỗi người hoặc mỗi lần tiếp xúc một dòng",
    ),
    "file.text": Message(
        "warning",
        "the file is running text ({count} lines), not a list; nothing was read from it",
        "tệp là văn bản ({count} dòng), không phải danh sách; chưa đọc được gì",
        "type what it says into a list",
        "nhập nội dung vào một danh sách",
    ),
    "row.repeated_heading": Message(
        "note",
        "headings repeated in {count} rows were passed over",
        "bỏ qua {count} dòng lặp lại tiêu đề",
        "nothing to do",
        "không cần làm gì",
    ),
    "row.ragged": Message(
        "error",
        "this row has {count} cells, the headings {expected}",
        "dòng này có {count} ô, tiêu đề có {expected}",
        "look for a missing quote or an extra separator",
        "tìm dấu ngoặc kép thiếu hoặc dấu phân cách thừa",
    ),
    # values
    "cell.error": Message(
        "error",
        "the cell holds the error {value}",
        "ô có lỗi {value}",
        "repair the formula or type the value",
        "sửa công thức hoặc gõ giá trị",
    ),
    "cell.formula": Message(
        "error",
        "the cell holds a formula without a computed value",
        "ô có công thức chưa được tính",
        "open and save the workbook in Excel, or type the value",
        "mở và lưu bằng Excel, hoặc gõ giá trị",
    ),
    "required.missing": Message("error", "{column} is empty", "thiếu {column}", "fill it in", "điền vào"),
    "person.missing": Message(
        "error",
        "neither an id nor a name says who this is",
        "không có mã hay tên để biết là ai",
        "give an id",
        "điền mã",
    ),
    "date.impossible": Message(
        "error", '"{value}" is not a day', '"{value}" không phải là một ngày', "which day was meant?", "ý là ngày nào?"
    ),
    "date.unreadable": Message(
        "error",
        '"{value}" is not a date',
        '"{value}" không phải là ngày',
        "write it as 2021-07-02",
        "viết dạng 2021-07-02",
    ),
    "date.ambiguous": Message(
        "error",
        '"{value}" can be read day first or month first, and nothing in the column shows which',
        '"{value}" có thể là ngày/tháng hoặc tháng/ngày, cột không cho biết',
        "say --day-first or --month-first, or write 2021-07-02",
        "thêm --day-first hoặc --month-first, hoặc viết dạng 2021-07-02",
    ),
    "date.conflict": Message(
        "error",
        '"{value}" can be read two ways, and the column holds both day-first and month-first dates',
        '"{value}" đọc được hai cách, cột có cả ngày/tháng lẫn tháng/ngày',
        "write it as 2021-07-02",
        "viết dạng 2021-07-02",
    ),
    "date.mixed": Message(
        "warning",
        "the column holds both day-first ({first}) and month-first ({second}) dates",
        "cột có cả ngày/tháng ({first}) và tháng/ngày ({second})",
        "ask where the list came from",
        "hỏi lại nơi gửi danh sách",
    ),
    "date.option_unlike_column": Message(
        "note",
        "the column itself shows {order}; it was read so, not as the option says",
        "chính cột cho thấy {order}; đã đọc như vậy, không theo tùy chọn",
        "nothing to do",
        "không cần làm gì",
    ),
    "date.no_year": Message("error", '"{value}" has no year', '"{value}" thiếu năm', "write the year", "ghi cả năm"),
    "date.year_only": Message(
        "error", '"{value}" is only a year', '"{value}" chỉ là năm', "write the day", "ghi cả ngày"
    ),
    "date.two_digit_year": Message(
        "error",
        '"{value}" has a year of two digits',
        '"{value}" có năm hai chữ số',
        "write the year with four digits",
        "ghi năm bốn chữ số",
    ),
    "date.future": Message(
        "error", '"{value}" has not happened yet', '"{value}" chưa xảy ra', "which day was meant?", "ý là ngày nào?"
    ),
    "date.past": Message(
        "error", '"{value}" is too long ago', '"{value}" quá xa trong quá khứ', "which day was meant?", "ý là ngày nào?"
    ),
    "date.serial": Message(
        "note",
        "{count} dates were numbers as Excel counts days, and were read so",
        "{count} ngày là số thứ tự ngày của Excel, đã đọc như vậy",
        "nothing to do",
        "không cần làm gì",
    ),
    "birth.unreadable": Message(
        "warning",
        "the birth date cannot be read; left empty",
        "không đọc được ngày sinh; để trống",
        "write it as 1991-07-02 or as a year",
        "viết dạng 1991-07-02 hoặc chỉ năm",
    ),
    "birth.ambiguous": Message(
        "warning",
        "the birth date can be read two ways; only its year was kept",
        "ngày sinh đọc được hai cách; chỉ giữ năm",
        "write it as 1991-07-02",
        "viết dạng 1991-07-02",
    ),
    "value.read_as": Message(
        "warning",
        '"{value}" was read as "{read}"',
        '"{value}" được hiểu là "{read}"',
        "correct it if that is wrong",
        "sửa lại nếu sai",
    ),
    "value.unknown": Message(
        "warning",
        '"{value}" is not understood here; left empty (known: {known})',
        'không hiểu "{value}"; để trống (hiểu được: {known})',
        "use one of the known words",
        "dùng một trong các từ hiểu được",
    ),
    "value.number": Message(
        "warning",
        '"{value}" is not a number here; left empty',
        '"{value}" không phải là số; để trống',
        "type a number",
        "gõ số",
    ),
    "value.range": Message(
        "warning",
        '"{value}" is out of range; left empty',
        '"{value}" ngoài khoảng cho phép; để trống',
        "correct the number",
        "sửa lại số",
    ),
    "id.completed": Message(
        "warning",
        'the id was read as "{read}", as the other rows\' ids show',
        'mã được hiểu là "{read}", theo quy luật của các dòng khác',
        "correct it if that is wrong",
        "sửa lại nếu sai",
    ),
    "id.unlike": Message(
        "warning",
        "the id looks unlike nearly all others of its column",
        "mã không giống hầu hết các mã khác trong cột",
        "check it for a slip of the keyboard",
        "kiểm tra xem có gõ nhầm không",
    ),
    "id.derived": Message(
        "note",
        "{count} rows have no id; one was made from identity number, or name, birth and phone",
        "{count} dòng không có mã; đã tạo mã từ số giấy tờ, hoặc tên, năm sinh và điện thoại",
        "add an id column where there is one",
        "thêm cột mã nếu có",
    ),
    # rows
    "row.duplicate": Message(
        "note",
        "{count} rows say the same as another row; counted as already known",
        "{count} dòng trùng với dòng khác; tính là đã biết",
        "nothing to do",
        "không cần làm gì",
    ),
    "row.conflict": Message(
        "error",
        'another row of this load says something else for the same {table} "{key}": {columns}',
        'dòng khác trong lần nạp này ghi khác cho cùng {table} "{key}": {columns}',
        "which one is right?",
        "dòng nào đúng?",
    ),
    "contact.self": Message(
        "error",
        'a contact of "{value}" with itself',
        'tiếp xúc của "{value}" với chính mình',
        "who was the other person?",
        "người kia là ai?",
    ),
    "link.self": Message(
        "error",
        '"{value}" is named as its own source',
        '"{value}" được ghi là nguồn của chính mình',
        "who was the source?",
        "nguồn là ai?",
    ),
    "time.end_before_start": Message(
        "error",
        "the end ({end}) lies before the start ({start})",
        "kết thúc ({end}) trước bắt đầu ({start})",
        "which of the two is right?",
        "cái nào đúng?",
    ),
    "contact.last_only": Message(
        "note",
        "only the last day of contact is known in {count} rows: they met on that day, possibly before it too",
        "{count} dòng chỉ có ngày tiếp xúc cuối: có gặp trong ngày đó, trước đó cũng có thể đã gặp",
        "add the first day where it is known",
        "thêm ngày tiếp xúc đầu nếu biết",
    ),
    "contact.first_only": Message(
        "note",
        "only the first day of contact is known in {count} rows: they met on that day, possibly after it too",
        "{count} dòng chỉ có ngày tiếp xúc đầu: có gặp trong ngày đó, sau đó cũng có thể còn gặp",
        "add the last day where it is known",
        "thêm ngày tiếp xúc cuối nếu biết",
    ),
    "case.onset_after_sample": Message(
        "warning",
        "the onset lies after the sample",
        "khởi phát sau ngày lấy mẫu",
        "check the two dates",
        "kiểm tra lại hai ngày",
    ),
    "case.outcome_before_onset": Message(
        "warning",
        "the outcome lies before the onset",
        "kết cục trước ngày khởi phát",
        "check the two dates",
        "kiểm tra lại hai ngày",
    ),
    "test.resulted_before_sample": Message(
        "warning",
        "the result lies before the sample",
        "trả kết quả trước khi lấy mẫu",
        "check the two dates",
        "kiểm tra lại hai ngày",
    ),
    "test.pool_positive": Message(
        "warning",
        'pool "{value}" is positive: its {count} members need a test of their own',
        'mẫu gộp "{value}" dương tính: {count} người trong đó cần xét nghiệm riêng',
        "test them one by one; a positive pool makes nobody a case",
        "xét nghiệm từng người; mẫu gộp dương tính chưa làm ai thành ca",
    ),
    "person.unknown": Message(
        "error",
        "{value}: no such person{near}",
        "{value}: không có người này{near_vi}",
        "correct the id, or load the list that has this person first",
        "sửa mã, hoặc nạp trước danh sách có người này",
    ),
    "person.set_aside": Message(
        "error",
        "{value}: the row about this person was set aside",
        "{value}: dòng về người này đã để riêng",
        "correct that row, then load both",
        "sửa dòng đó rồi nạp cả hai",
    ),
    "person.created": Message(
        "note",
        "{count} people are only mentioned here; they were put on record without details",
        "{count} người chỉ được nhắc tới ở đây; đã ghi nhận, chưa có thông tin",
        "load the list that has them when there is one",
        "nạp danh sách có họ khi có",
    ),
    "link.source_created": Message(
        "note",
        "{count} sources are in no list; they were put on record without details",
        "{count} nguồn lây không có trong danh sách nào; đã ghi nhận, chưa có thông tin",
        "load the list that has them when there is one",
        "nạp danh sách có họ khi có",
    ),
    "link.not_a_case": Message(
        "note",
        "sources that are no case are kept as attributes: {names}",
        "nguồn không phải ca bệnh được giữ làm thuộc tính: {names}",
        "nothing to do",
        "không cần làm gì",
    ),
    "place.unknown": Message(
        "warning",
        'place "{value}" is in no list of places; put on record without details',
        'địa điểm "{value}" không có trong danh sách; đã ghi nhận, chưa có thông tin',
        "load the list of places",
        "nạp danh sách địa điểm",
    ),
    "area.unknown": Message(
        "warning",
        'area "{value}" is in no list of areas; put on record without details',
        'địa bàn "{value}" không có trong danh sách; đã ghi nhận, chưa có thông tin',
        "load the list of areas",
        "nạp danh sách địa bàn",
    ),
    "area.by_name": Message(
        "note",
        "{count} people live in a commune that is given by its name; read as on {day}",
        "{count} người ở xã ghi bằng tên; hiểu theo đơn vị hành chính ngày {day}",
        "nothing to do",
        "không cần làm gì",
    ),
    "area.name_unclear": Message(
        "warning",
        '"{value}" ({count} rows) is not exactly one commune: {why}',
        '"{value}" ({count} dòng) không chỉ đúng một xã: {why_vi}',
        "add the district, or write the commune's code; the text was kept",
        "ghi thêm huyện hoặc ghi mã xã; chữ đã ghi vẫn được giữ",
    ),
    "place.unknown_more": Message(
        "warning",
        "{count} more places are in no list; put on record without details",
        "thêm {count} địa điểm không có trong danh sách; đã ghi nhận, chưa có thông tin",
        "load the list of places",
        "nạp danh sách địa điểm",
    ),
    "area.unknown_more": Message(
        "warning",
        "{count} more areas are in no list; put on record without details",
        "thêm {count} địa bàn không có trong danh sách; đã ghi nhận, chưa có thông tin",
        "load the list of areas",
        "nạp danh sách địa bàn",
    ),
    "sensor.start_date": Message(
        "error",
        "the file counts seconds from a day it does not name",
        "tệp đếm giây từ một ngày không ghi rõ",
        "say --start-date",
        "thêm --start-date",
    ),
}
"""Every finding's words by code."""
