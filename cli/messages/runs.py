"""Texts of ``truyvet runs``."""

from __future__ import annotations

from typing import Final

from cli.language import Text

TEXTS: Final = {
    "runs.short": Text(
        "Các lần chạy đã lưu và nhật ký xuất dữ liệu: xem, so sánh, xóa.",
        "Runs kept and the log of exports: list, show, compare, delete.",
    ),
    "runs.help": Text(
        "Mỗi lần phân tầng được lưu cùng quy định, thời điểm và dấu vết của hồ sơ, để so sánh về sau.\n"
        "Mỗi lần xuất danh sách được ghi lại: ai, khi nào, gì, có họ tên hay không.",
        "Every tracing is kept with its rule, time and a hash of the records, to be compared with a later one.\n"
        "Every export is noted: who, when, what, with names or without.",
    ),
    "runs.examples": Text(
        "truyvet runs\ntruyvet runs show last\ntruyvet runs compare 1a2b 3c4d",
        "truyvet runs\ntruyvet runs show last\ntruyvet runs compare 1a2b 3c4d",
    ),
    "runs.list.short": Text("Liệt kê các lần chạy và các lần xuất.", "List the runs and the exports."),
    "runs.list.help": Text(
        "Liệt kê các lần chạy đã lưu, theo thứ tự lưu, rồi nhật ký xuất dữ liệu.",
        "List the runs kept, in the order in which they were saved, then the log of exports.",
    ),
    "runs.list.examples": Text("truyvet runs\ntruyvet runs list --json", "truyvet runs\ntruyvet runs list --json"),
    "runs.show.short": Text("Xem một lần chạy.", "Show one run."),
    "runs.show.help": Text(
        "Xem một lần chạy: quy định, thời điểm, dấu vết hồ sơ, số người mỗi tầng.",
        "Show one run: rule, time, hash of the records, people in each tier.",
    ),
    "runs.show.examples": Text(
        "truyvet runs show last\ntruyvet runs show 1a2b --json",
        "truyvet runs show last\ntruyvet runs show 1a2b --json",
    ),
    "runs.show.argument.run": Text(
        "Mã lần chạy hoặc phần đầu của mã; last là lần mới nhất.",
        "The run's id or its beginning; last is the latest.",
    ),
    "runs.compare.short": Text("So sánh hai lần chạy: ai đổi, vì sao.", "Compare two runs: who changed, and why."),
    "runs.compare.help": Text(
        "Ai mới vào danh sách, lên tầng gần hơn, xuống tầng xa hơn hoặc rời danh sách giữa hai lần chạy, và vì sao."
        " Dấu hỏi: tầng chỉ là có thể.",
        "Who is new on the list, rose nearer to a case, fell further away or left it between two runs, and why. A"
        " question mark: the tier is only possible.",
    ),
    "runs.compare.examples": Text(
        "truyvet runs compare 1a2b last\ntruyvet runs compare 1a2b 3c4d --json",
        "truyvet runs compare 1a2b last\ntruyvet runs compare 1a2b 3c4d --json",
    ),
    "runs.compare.argument.run_a": Text("Lần chạy trước.", "The earlier run."),
    "runs.compare.argument.run_b": Text("Lần chạy sau.", "The later run."),
    "runs.delete.short": Text("Xóa một lần chạy.", "Delete one run."),
    "runs.delete.help": Text(
        "Xóa kết quả của một lần chạy. Hồ sơ vẫn còn; chạy lại cùng câu hỏi sẽ cho lại đúng kết quả đó.",
        "Delete the result of one run. The records stay; the same question gives the same result again.",
    ),
    "runs.delete.examples": Text("truyvet runs delete 1a2b", "truyvet runs delete 1a2b"),
    "runs.delete.argument.run": Text("Mã lần chạy hoặc phần đầu của mã.", "The run's id or its beginning."),
    "runs.head.id": Text("mã", "id"),
    "runs.head.made": Text("lập lúc", "made"),
    "runs.head.command": Text("lệnh", "command"),
    "runs.head.rule": Text("quy định", "rule"),
    "runs.head.as_of": Text("tính đến", "as of"),
    "runs.head.cases": Text("ca bệnh", "cases"),
    "runs.head.digest": Text("dấu vết quy định", "hash of the rule"),
    "runs.head.inputs": Text("dấu vết hồ sơ", "hash of the records"),
    "runs.head.version": Text("phiên bản", "version"),
    "runs.head.when": Text("lúc", "when"),
    "runs.head.who": Text("ai", "who"),
    "runs.head.people": Text("số người", "people"),
    "runs.head.names": Text("họ tên", "names"),
    "runs.head.what": Text("gì", "what"),
    "runs.head.person": Text("mã", "id"),
    "runs.head.change": Text("thay đổi", "change"),
    "runs.head.before": Text("trước", "before"),
    "runs.head.after": Text("sau", "after"),
    "runs.head.reason": Text("vì sao", "why"),
    "runs.all": Text("tất cả", "all"),
    "runs.none": Text("Kho chưa lưu lần chạy nào.", "No run is kept in this store."),
    "runs.others": Text(
        "Ngoài ra {count:lần chạy} của chains và zones đã ghi vào Neo4j: truyvet neo4j runs",
        "Besides, {count:run|runs} of chains and zones written into Neo4j: truyvet neo4j runs",
    ),
    "runs.exports": Text("Đã xuất:", "Exported:"),
    "runs.masked": Text("đã che", "masked"),
    "runs.unmasked": Text("có họ tên", "with names"),
    "runs.tier": Text("{certain} chắc chắn, {possible} có thể", "{certain} certain, {possible} possible"),
    "runs.several": Text("Nhiều lần chạy có mã bắt đầu như vậy: {ids}.", "Several runs begin so: {ids}."),
    "runs.unknown": Text("Kho không lưu lần chạy {id}.", "No run {id} is kept in this store."),
    "runs.unknown.fix": Text("truyvet runs liệt kê các lần đã lưu.", "truyvet runs lists those that are."),
    "runs.not_tiers": Text("Lần chạy {id} không phải là phân tầng.", "Run {id} is no tracing of tiers."),
    "runs.equal": Text("Không ai đổi tầng.", "Nobody's tier changed."),
    "runs.differs": Text("{what}: {before} → {after}", "{what}: {before} → {after}"),
    "runs.what.policy": Text("quy định", "rule"),
    "runs.what.as_of": Text("tính đến", "as of"),
    "runs.count.new": Text("{count} mới", "{count} new"),
    "runs.count.risen": Text("{count} lên gần hơn", "{count} risen"),
    "runs.count.fallen": Text("{count} xuống xa hơn", "{count} fallen"),
    "runs.count.gone": Text("{count} rời danh sách", "{count} gone"),
    "runs.count.certainty": Text("{count} đổi mức chắc chắn", "{count} changed in certainty"),
    "runs.change.new": Text("mới", "new"),
    "runs.change.risen": Text("lên", "risen"),
    "runs.change.fallen": Text("xuống", "fallen"),
    "runs.change.gone": Text("rời", "gone"),
    "runs.change.certainty": Text("mức chắc chắn", "certainty"),
    "runs.deleted": Text(
        "Đã xóa lần chạy {id}. Chạy lại cùng câu hỏi sẽ cho lại đúng kết quả đó.",
        "Run {id} is deleted. The same question gives the same result again.",
    ),
}
