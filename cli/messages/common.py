"""Texts of the frame: headings of the help, options of every command, exit codes, errors of the call itself."""

from __future__ import annotations

from typing import Final

from cli.language import Text

TEXTS: Final = {
    "common.usage": Text("Cách dùng:", "Usage:"),
    "common.usage.options": Text("[TÙY CHỌN]", "[OPTIONS]"),
    "common.usage.command": Text("LỆNH …", "COMMAND …"),
    "common.head.arguments": Text("Tham số:", "Arguments:"),
    "common.head.options": Text("Tùy chọn:", "Options:"),
    "common.head.everywhere": Text("Với mọi lệnh, ở bất kỳ vị trí nào:", "With every command, in any position:"),
    "common.head.commands": Text("Lệnh:", "Commands:"),
    "common.head.examples": Text("Ví dụ:", "Examples:"),
    "common.head.exit": Text("Mã kết thúc:", "Exit codes:"),
    "common.more": Text("Chi tiết từng lệnh: truyvet LỆNH --help", "More on a command: truyvet COMMAND --help"),
    "common.default": Text("mặc định: {value}", "default: {value}"),
    "common.exit.0": Text("xong", "done"),
    "common.exit.1": Text("lỗi bên trong phần mềm", "internal error"),
    "common.exit.2": Text("dùng lệnh sai", "wrong usage"),
    "common.exit.3": Text("không tìm thấy gì", "nothing found"),
    "common.exit.4": Text("xong, nhưng có dòng phải để riêng", "done, but rows were set aside"),
    "common.exit.5": Text("không dùng được dữ liệu đầu vào", "input unusable"),
    "common.exit.6": Text("không mở được kho dữ liệu hoặc máy chủ", "store or server not reachable"),
    "common.exit.7": Text("từ chối vì an toàn dữ liệu", "refused for safety"),
    "common.option.store": Text(
        "Kho dữ liệu: một tệp, hoặc địa chỉ neo4j://… [mặc định: TRUYVET_STORE, nếu không có: truyvet.duckdb ở đây].",
        "Where records are kept: a file, or a neo4j://… address [default: TRUYVET_STORE, else truyvet.duckdb here].",
    ),
    "common.option.policy": Text(
        "Quy định để phân tầng: tên (truyvet policies), tệp TOML riêng, hoặc auto: quy định có hiệu lực vào ngày lấy"
        " mẫu của ca bệnh [mặc định: vn-3638].",
        "Rule to trace by: its id (truyvet policies), your own TOML file, or auto: the rule in force on the case's"
        " sample day [default: vn-3638].",
    ),
    "common.option.as_of": Text(
        "Chỉ dùng những gì đã biết đến ngày hoặc giờ này, ví dụ 2021-07-08 [mặc định: hết ngày cuối trong hồ sơ].",
        "Use nothing after this day or instant, such as 2021-07-08 [default: end of the last day on record].",
    ),
    "common.option.lang": Text(
        "Ngôn ngữ, vi hoặc en [mặc định: TRUYVET_LANG, rồi ngôn ngữ của máy, rồi tiếng Anh].",
        "Language, vi or en [default: TRUYVET_LANG, else the locale, else English].",
    ),
    "common.option.show_names": Text("Hiện cả họ tên.", "Show names too."),
    "common.option.quiet": Text("Không hiện tiến độ và gợi ý.", "No progress and no hints."),
    "common.option.version": Text("Phiên bản của phần mềm.", "Version of the software."),
    "common.option.help": Text("Trang này.", "This page."),
    "common.option.json": Text("Kết quả dạng JSON cho chương trình đọc.", "The result as JSON, for programs."),
    "common.option.case": Text(
        "Ca bệnh: mã ca (BN22348) hoặc mã người; có thể lặp lại.",
        "A case: its code (BN22348) or the person's id; can be repeated.",
    ),
    "common.error.no_command": Text("Không có lệnh {name}.", "There is no command {name}."),
    "common.error.no_option": Text("{where} không có tùy chọn {name}.", "{where} has no option {name}."),
    "common.error.did_you_mean": Text("Ý là {names}?", "Did you mean {names}?"),
    "common.error.missing": Text("Thiếu {name}.", "{name} is missing."),
    "common.error.bad_value": Text("{name}: giá trị không hợp lệ.", "{name}: the value does not fit."),
    "common.error.bad_choice": Text("{name}: chọn một trong: {choices}.", "{name}: choose one of {choices}."),
    "common.error.bad_number": Text("{name}: phải là một số.", "{name}: must be a number."),
    "common.error.no_file": Text("{name}: không có tệp hoặc thư mục {value}.", "{name}: no file or folder {value}."),
    "common.error.no_value": Text("{name} cần một giá trị.", "{name} needs a value."),
    "common.error.too_many": Text("Thừa tham số: {names}.", "Too many arguments: {names}."),
    "common.error.usage": Text("Không hiểu lệnh này.", "This call is not understood."),
    "common.error.see_help": Text("Xem cách dùng: {command} --help", "See how it is used: {command} --help"),
    "common.error.internal": Text(
        "Có lỗi bên trong phần mềm ({kind}); dữ liệu đã lưu không bị ảnh hưởng.",
        "Something went wrong inside this software ({kind}); stored data are as they were.",
    ),
    "common.error.internal.fix": Text(
        "Chạy lại với TRUYVET_DEBUG=1 để thấy chi tiết, rồi gửi cho người phát triển (xem trước xem có dữ liệu cá"
        " nhân không).",
        "Run it again with TRUYVET_DEBUG=1 to see the details, and send them to the developers (check them for"
        " personal data first).",
    ),
    "common.error.stopped": Text("Đã dừng theo yêu cầu.", "Stopped as asked."),
    "common.error.file": Text("Không đọc hoặc ghi được: {reason}.", "Cannot be read or written: {reason}."),
    "common.error.file.fix": Text(
        "Kiểm tra đường dẫn, quyền và chỗ trống.", "Check the path, its rights and the space."
    ),
    "common.error.memory": Text("Không đủ bộ nhớ cho việc này.", "There is not enough memory for this."),
    "common.error.memory.fix": Text(
        "Hỏi ít ca bệnh hơn (--case) hoặc dùng máy lớn hơn.", "Ask about fewer cases (--case), or use a larger machine."
    ),
    "common.or": Text(" hoặc ", " or "),
    "common.rate": Text("{per_second}/giây", "{per_second}/s"),
    "common.born": Text("sinh {year}", "b. {year}"),
    "common.several": Text("{count:người} phù hợp; hãy nêu rõ mã:", "{count:person fits|people fit}; say which:"),
    "common.rule.no_date": Text("không ghi ngày", "no date given"),
    "common.rule.none": Text(
        "Quy định {id} (từ {since}) · tính đến {as_of}", "Rule {id} (from {since}) · as of {as_of}"
    ),
    "common.rule.some": Text(
        "Quy định {id} (từ {since}; {count} mục chưa kiểm chứng: truyvet policies show {id}) · tính đến {as_of}",
        "Rule {id} (from {since}; {count:item|items} not verified: truyvet policies show {id}) · as of {as_of}",
    ),
    "common.rule.window": Text(
        "Quy định {id} (từ {since}; {count} mục chưa kiểm chứng, trong đó có thời kỳ lây của ca không triệu chứng:"
        " truyvet policies show {id}) · tính đến {as_of}",
        "Rule {id} (from {since}; {count:item|items} not verified, among them the window of cases without symptoms:"
        " truyvet policies show {id}) · as of {as_of}",
    ),
    "common.end_of_day": Text("hết ngày {day}", "the end of {day}"),
    "common.always": Text("mọi lúc", "all of time"),
    "common.next": Text("Tiếp theo: {what}", "Next: {what}"),
}
