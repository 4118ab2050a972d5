"""Texts of ``truyvet neo4j``, and of what every command says of a Neo4j store."""

from __future__ import annotations

from typing import Final

from cli.language import Text

TEXTS: Final = {
    "neo4j.short": Text(
        "Máy chủ Neo4j riêng: bật, tắt, xem; kết quả đã ghi.", "A Neo4j server: up, down, status, runs."
    ),
    "neo4j.help": Text(
        "Khởi động một máy chủ Neo4j trên máy này, chỉ nghe trên 127.0.0.1, có mật khẩu riêng. Cần Java 17 trở lên và"
        " Maven, hoặc một bản Neo4j đã cài mà NEO4J_HOME chỉ tới. Dữ liệu còn nguyên sau khi tắt rồi bật lại. Máy chủ"
        " là chương trình riêng (Neo4j Community, GPL-3), được tải về ở lần dùng đầu.\n"
        "Mọi lệnh khác dùng được máy chủ này, hoặc máy chủ khác, với --store neo4j://máy:cổng/cơ-sở-dữ-liệu. Mật khẩu"
        " lấy từ TRUYVET_NEO4J_USER và TRUYVET_NEO4J_PASSWORD, tệp tùy chọn ~/.config/truyvet/neo4j.toml (các dòng"
        ' user = "…" và password = "…", chỉ bạn đọc được), hoặc được hỏi; không viết trong lệnh.',
        "Starts a Neo4j server on this machine, on 127.0.0.1 only, with a password of its own. It needs Java 17 or"
        " newer and Maven, or an installed Neo4j that NEO4J_HOME names. Data survive a stop and a new start. The server"
        " is a separate program (Neo4j Community, GPL-3), fetched when it is first wanted.\n"
        "Every other command works with this server, or another one, by --store neo4j://host:port/database. The"
        " password comes from TRUYVET_NEO4J_USER and TRUYVET_NEO4J_PASSWORD, the options file"
        ' ~/.config/truyvet/neo4j.toml (lines user = "…" and password = "…", readable only by you), or is asked for;'
        " it is never written in the call.",
    ),
    "neo4j.examples": Text(
        "truyvet neo4j up\ntruyvet load danh-sach.xlsx --store neo4j://127.0.0.1:7687\n"
        "truyvet tiers --store neo4j://127.0.0.1:7687\ntruyvet neo4j runs\ntruyvet neo4j down",
        "truyvet neo4j up\ntruyvet load lists.xlsx --store neo4j://127.0.0.1:7687\n"
        "truyvet tiers --store neo4j://127.0.0.1:7687\ntruyvet neo4j runs\ntruyvet neo4j down",
    ),
    "neo4j.option.home": Text(
        "Thư mục của máy chủ [mặc định: ~/.local/share/truyvet/neo4j].",
        "The server's folder [default: ~/.local/share/truyvet/neo4j].",
    ),
    "neo4j.up.short": Text("Khởi động máy chủ.", "Start the server."),
    "neo4j.up.help": Text(
        "Khởi động máy chủ và cho biết địa chỉ; đang chạy thì để nguyên. Mật khẩu nằm trong một tệp chỉ bạn đọc được;"
        " các lệnh truyvet trên máy này tự tìm thấy.",
        "Starts the server and tells its address; a running one is left as it is. The password is in a file that only"
        " you can read; the commands of truyvet on this machine find it.",
    ),
    "neo4j.up.examples": Text(
        "truyvet neo4j up\ntruyvet neo4j up --home /data/neo4j --port 7700",
        "truyvet neo4j up\ntruyvet neo4j up --home /data/neo4j --port 7700",
    ),
    "neo4j.up.option.version": Text(
        "Phiên bản Neo4j, ví dụ 5.26.28 [mặc định: bản đã dùng trong thư mục đó, nếu không có: 5.26 LTS].",
        "Version of Neo4j, such as 5.26.28 [default: the one last used in that folder, else 5.26 LTS].",
    ),
    "neo4j.up.option.port": Text(
        "Cổng Bolt trên 127.0.0.1; 0: cổng trống bất kỳ [mặc định: cổng lần trước, hoặc 7687, nếu trống].",
        "Bolt port on 127.0.0.1; 0: any free one [default: that of the last time, else 7687, if free].",
    ),
    "neo4j.up.started": Text("Neo4j {version} đã chạy:", "Neo4j {version} is up:"),
    "neo4j.up.there": Text("Neo4j {version} đang chạy từ trước:", "Neo4j {version} was up already:"),
    "neo4j.up.home": Text(
        "Thư mục này không phải mặc định: đặt TRUYVET_NEO4J_HOME để các lệnh khác tự tìm thấy mật khẩu.",
        "This folder is not the default one: set TRUYVET_NEO4J_HOME so that other commands find the password.",
    ),
    "neo4j.down.short": Text("Tắt máy chủ; dữ liệu còn nguyên.", "Stop the server; its data stay."),
    "neo4j.down.help": Text(
        "Tắt máy chủ. Dữ liệu, mật khẩu và địa chỉ còn nguyên cho lần bật sau.",
        "Stops the server. Data, password and address stay for the next start.",
    ),
    "neo4j.down.examples": Text("truyvet neo4j down", "truyvet neo4j down"),
    "neo4j.down.done": Text(
        "Máy chủ đã tắt; dữ liệu còn nguyên (bật lại: truyvet neo4j up).",
        "The server is down; its data stay (start it again: truyvet neo4j up).",
    ),
    "neo4j.down.nothing": Text("Không có máy chủ nào đang chạy.", "No server was running."),
    "neo4j.status.short": Text("Máy chủ có đang chạy không, ở đâu.", "Whether the server runs, and where."),
    "neo4j.status.help": Text(
        "Cho biết máy chủ có chạy không. Mã kết thúc 0: đang chạy; 3: không chạy; 6: có chạy nhưng không dùng được.",
        "Tells how the server is. Exit code 0: it runs; 3: it does not; 6: it runs but cannot be used.",
    ),
    "neo4j.status.examples": Text("truyvet neo4j status", "truyvet neo4j status"),
    "neo4j.status.absent": Text(
        "Chưa từng có máy chủ nào ở đây; truyvet neo4j up sẽ tạo{version}.",
        "No server was ever started here; truyvet neo4j up makes one{version}.",
    ),
    "neo4j.status.stopped": Text(
        "Máy chủ đang tắt{version} (bật lại: truyvet neo4j up):",
        "The server is down{version} (start it again: truyvet neo4j up):",
    ),
    "neo4j.status.silent": Text(
        "Máy chủ có tiến trình nhưng không trả lời{version}; đợi một lát, hoặc tắt rồi bật lại:",
        "The server has a process but does not answer{version}; wait a moment, or stop and start it:",
    ),
    "neo4j.status.locked": Text(
        "Máy chủ trả lời nhưng từ chối mật khẩu trong tệp{version}; hãy ghi mật khẩu đúng vào tệp đó (chmod 600):",
        "The server answers but refuses the password in its file{version}; put the right one there (chmod 600):",
    ),
    "neo4j.status.running": Text("Neo4j {version} đang chạy:", "Neo4j {version} is running:"),
    "neo4j.none": Text(
        "Chưa nêu kho Neo4j nào, và ở đây chưa từng có máy chủ Neo4j của bạn.",
        "No Neo4j store is named, and no Neo4j server of yours was ever started here.",
    ),
    "neo4j.stopped": Text(
        "Chưa nêu kho Neo4j nào, và máy chủ Neo4j của bạn đang tắt.",
        "No Neo4j store is named, and your own Neo4j server is down.",
    ),
    "neo4j.none.fix": Text(
        "Bật máy chủ: truyvet neo4j up; hoặc nêu kho: --store neo4j://máy:7687/cơ-sở-dữ-liệu",
        "Start the server: truyvet neo4j up; or name a store: --store neo4j://host:7687/database",
    ),
    "neo4j.state.address": Text("địa chỉ", "address"),
    "neo4j.state.http": Text("HTTP", "HTTP"),
    "neo4j.state.user": Text("người dùng", "user"),
    "neo4j.state.password": Text("tệp mật khẩu", "password file"),
    "neo4j.state.home": Text("thư mục", "folder"),
    "neo4j.runs.short": Text("Các kết quả đã ghi vào Neo4j: xem, xóa.", "Results written into Neo4j: list, delete."),
    "neo4j.runs.help": Text(
        "Các lần chạy có trong cơ sở dữ liệu Neo4j và những gì đã ghi: người có tầng, cạnh phơi nhiễm, chuỗi, vùng."
        " Không nêu --store thì dùng máy chủ của truyvet neo4j up.",
        "The runs in the Neo4j database and what was written of each: people with a tier, exposures, links, zones."
        " Without --store, that of the server of truyvet neo4j up.",
    ),
    "neo4j.runs.examples": Text(
        "truyvet neo4j runs\ntruyvet neo4j runs delete 3f2a9c1d",
        "truyvet neo4j runs\ntruyvet neo4j runs delete 3f2a9c1d",
    ),
    "neo4j.runs.list.short": Text("Liệt kê các lần chạy.", "List the runs."),
    "neo4j.runs.list.help": Text(
        "Mỗi lần chạy một dòng: mã, quy định, thời điểm, số lượng đã ghi.",
        "One line for each run: id, rule, time, and how much was written.",
    ),
    "neo4j.runs.list.examples": Text("truyvet neo4j runs list", "truyvet neo4j runs list"),
    "neo4j.runs.delete.short": Text("Xóa một lần chạy và mọi kết quả của nó.", "Delete a run and all its results."),
    "neo4j.runs.delete.help": Text(
        "Xóa một lần chạy và mọi thứ đã ghi từ nó; hồ sơ không bị động tới. Tính lại: truyvet tiers.",
        "Deletes a run and all that was written of it; records are not touched. To have it again: truyvet tiers.",
    ),
    "neo4j.runs.delete.examples": Text(
        "truyvet neo4j runs delete 3f2a9c1d5e7b8a60", "truyvet neo4j runs delete 3f2a9c1d5e7b8a60"
    ),
    "neo4j.runs.unknown.fix": Text(
        "truyvet neo4j runs liệt kê các lần đã lưu.", "truyvet neo4j runs lists those that are."
    ),
    "neo4j.runs.none": Text("Chưa lưu lần chạy nào.", "No run is kept yet."),
    "neo4j.runs.deleted": Text(
        "Đã xóa lần chạy {id} cùng kết quả; hồ sơ còn nguyên.",
        "Run {id} and its results are gone; the records are as they were.",
    ),
    "neo4j.head.id": Text("mã", "id"),
    "neo4j.head.made": Text("lúc", "made"),
    "neo4j.head.command": Text("lệnh", "command"),
    "neo4j.head.rule": Text("quy định", "rule"),
    "neo4j.head.as_of": Text("tính đến", "as of"),
    "neo4j.head.people": Text("người", "people"),
    "neo4j.head.exposures": Text("phơi nhiễm", "exposures"),
    "neo4j.head.links": Text("liên kết", "links"),
    "neo4j.head.cases": Text("ca bệnh", "cases"),
    "neo4j.head.zones": Text("bậc vùng", "zone steps"),
    "neo4j.password": Text("Mật khẩu của {user} tại {server}", "Password of {user} at {server}"),
    "neo4j.progress.tiers": Text("ghi phân tầng", "writing tiers"),
    "neo4j.progress.chains": Text("ghi chuỗi", "writing chains"),
    "neo4j.progress.zones": Text("ghi vùng", "writing zones"),
    "neo4j.not_sent": Text(
        "Kết quả không ghi được vào cơ sở dữ liệu, nên chưa xem được trong Neo4j: {why}",
        "The results could not be written into the database, so Neo4j does not show them: {why}",
    ),
}
