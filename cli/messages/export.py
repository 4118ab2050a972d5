"""Texts of ``truyvet export``."""

from __future__ import annotations

from typing import Final

from cli.language import Text

TEXTS: Final = {
    "export.short": Text("Danh sách theo địa bàn, để giao.", "Lists by locality, to hand over."),
    "export.help": Text(
        "Ghi danh sách theo xã: ai, tầng, chắc chắn hay có thể, phơi nhiễm lần cuối, tiếp xúc của ai, ngày cách ly và"
        " ngày xét nghiệm theo quy định. Với --lists new chỉ gồm những gì thay đổi từ lần chạy trước: mới, lên, xuống,"
        " rời, kèm lý do. Không có họ tên và địa chỉ nếu không thêm --show-names. Mỗi lần xuất được ghi vào kho"
        " (truyvet runs).\n"
        "--format neo4j-import ghi toàn bộ hồ sơ thành các tệp cho trình nhập ngoại tuyến của máy chủ Neo4j.",
        "Write the lists by commune: who, tier, certain or possible, last exposure, contact of whom, days of quarantine"
        " and tests by the rule's schedule. With --lists new only what changed since the last run: new, risen, fallen,"
        " gone, with the reason. No name and no address without --show-names. Every export is noted in the store"
        " (truyvet runs).\n"
        "--format neo4j-import writes all records as files for the offline importer of a Neo4j server.",
    ),
    "export.examples": Text(
        "truyvet export\n"
        "truyvet export --lists new --out /media/usb\n"
        "truyvet export --area 32041 --show-names --out tan-loc.xlsx\n"
        "truyvet export --format csv --out danh-sach.csv\n"
        "truyvet export --format neo4j-import --show-names --out nhap-neo4j",
        "truyvet export\n"
        "truyvet export --lists new --out /media/usb\n"
        "truyvet export --area 32041 --show-names --out tan-loc.xlsx\n"
        "truyvet export --format csv --out lists.csv\n"
        "truyvet export --format neo4j-import --show-names --out for-neo4j",
    ),
    "export.option.out": Text(
        "Tệp hoặc thư mục [mặc định: truyvet-lists.xlsx ở đây].",
        "A file or a folder [default: truyvet-lists.xlsx here].",
    ),
    "export.option.file_format": Text(
        "Dạng tệp [mặc định: theo đuôi tệp, nếu không có: xlsx].", "Format [default: by the file's ending, else xlsx]."
    ),
    "export.option.only": Text(
        "all: cả danh sách; new: chỉ những gì thay đổi.", "all: the whole lists; new: only what changed."
    ),
    "export.option.since": Text(
        "So với lần chạy này (mã) thay vì lần trước.", "Compare with this run (its id) instead of the last one."
    ),
    "export.option.areas": Text(
        "Chỉ người ở địa bàn này (mã) và các địa bàn bên trong; có thể lặp lại.",
        "Only people who live in this area (its code) or in one inside it; can be repeated.",
    ),
    "export.option.overwrite": Text("Ghi đè tệp đã có.", "Write over a file that is there."),
    "export.exists": Text("{name} đã có.", "{name} is there already."),
    "export.exists.fix": Text("Chọn tên khác, hoặc thêm --overwrite.", "Give another name, or add --overwrite."),
    "export.ending": Text(
        "Không ghi được tệp {ending}; các đuôi: {endings}.", "No format ends in {ending}: {endings}."
    ),
    "export.two_formats": Text(
        "Đuôi {ending} không hợp với --format {format}.", "The ending {ending} does not go with --format {format}."
    ),
    "export.no_run": Text(
        "Chưa có lần chạy nào trước đó để biết điều gì mới.", "There is no earlier run by which to tell what is new."
    ),
    "export.no_run.fix": Text(
        "Xuất cả danh sách (--lists all); lần sau sẽ so được với lần này.",
        "Export the whole lists (--lists all); the next time can be compared with this one.",
    ),
    "export.nobody": Text("Không có ai trong danh sách này.", "Nobody is on this list."),
    "export.done": Text(
        "{name}: {rows:người} ở {places:địa bàn}", "{name}: {rows:person|people} in {places:locality|localities}"
    ),
    "export.masked": Text(
        "Không có họ tên và địa chỉ (thêm --show-names nếu cần). Lần xuất này đã được ghi vào kho.",
        "Without names and addresses (--show-names gives them). This export was noted in the store.",
    ),
    "export.unmasked": Text(
        "Tệp có họ tên và địa chỉ: chỉ giao cho người cần. Lần xuất này đã được ghi vào kho.",
        "The file has names and addresses: give it only to those who need it. This export was noted in the store.",
    ),
    "export.import.whole": Text(
        "neo4j-import là toàn bộ hồ sơ: không dùng cùng --case, --area, --lists new, --since.",
        "neo4j-import is all records: not with --case, --area, --lists new or --since.",
    ),
    "export.import.names": Text(
        "Các tệp này có toàn bộ hồ sơ, kể cả họ tên, điện thoại và địa chỉ.",
        "These files hold everything on record, names, telephones and addresses too.",
    ),
    "export.import.names.fix": Text("Nếu đúng ý, thêm --show-names.", "If that is meant, add --show-names."),
    "export.import.nothing": Text("Kho chưa có hồ sơ nào.", "There are no records in the store."),
    "export.import.progress": Text("đọc hồ sơ", "reading the records"),
    "export.import.done": Text(
        "{name}: {nodes:nút} và {relationships:quan hệ}. Trên máy chủ, khi máy chủ đang tắt, chạy:",
        "{name}: {nodes:node|nodes} and {relationships:relationship|relationships}. Where the server is, while it is"
        " down, run:",
    ),
    "export.import.next": Text(
        "Cơ sở dữ liệu đã có thì thêm --overwrite-destination: mọi thứ trong đó sẽ mất. Sau đó bật máy chủ và dùng"
        " --store neo4j://… như thường lệ; chỉ mục được tạo khi mở lần đầu bằng truyvet load.",
        "A database that is there already needs --overwrite-destination: everything in it is lost. Then start the"
        " server and use --store neo4j://… as ever; indexes are made when truyvet load first opens it.",
    ),
    "export.compared": Text("so với lần chạy {id}", "compared with run {id}"),
    "export.unchecked": Text(
        "Ngày cách ly là ngày theo quy định, không phải quyết định; người quyết định là cơ quan y tế.",
        "Days of quarantine are those of the rule, not an order; health authorities decide.",
    ),
    "export.sheet.overview": Text("Tổng hợp", "Overview"),
    "export.not_known": Text("Không rõ", "Not known"),
    "export.certain": Text("chắc chắn", "certain"),
    "export.possible": Text("có thể", "possible"),
    "export.yes": Text("đủ liều", "full doses"),
    "export.no": Text("chưa đủ", "not full"),
    "export.schedule.checked": Text("đã đối chiếu nguồn", "checked against its source"),
    "export.schedule.open": Text("chưa kiểm chứng", "not verified"),
    "export.state.running": Text("đang cách ly", "in quarantine"),
    "export.state.due": Text("cần cách ly", "to be quarantined"),
    "export.state.completed": Text("đã đủ ngày", "completed"),
    "export.state.lapsed": Text("đã qua thời hạn", "days are over"),
    "export.state.none": Text("không phải cách ly", "none asked for"),
    "export.place.centre": Text("tập trung", "centre"),
    "export.place.home": Text("tại nhà", "home"),
    "export.place.none": Text("–", "–"),
    "export.from.last_exposure": Text("phơi nhiễm lần cuối", "last exposure"),
    "export.from.first_quarantine_day": Text("ngày đầu cách ly", "first day of quarantine"),
    "export.from.entry_or_last_exposure": Text("ngày vào khu hoặc tiếp xúc cuối", "entry or last contact"),
    "export.kind.hospital": Text("bệnh viện", "hospital"),
    "export.kind.centre": Text("tập trung", "centre"),
    "export.kind.home": Text("tại nhà", "home"),
    "export.kind.zone": Text("vùng phong tỏa", "zone"),
    "export.change.new": Text("mới", "new"),
    "export.change.risen": Text("lên", "risen"),
    "export.change.fallen": Text("xuống", "fallen"),
    "export.change.gone": Text("rời danh sách", "gone"),
    "export.change.certainty": Text("mức chắc chắn", "certainty"),
    "export.head.locality": Text("Địa bàn", "Locality"),
    "export.head.person": Text("Mã", "Id"),
    "export.head.name": Text("Họ tên", "Name"),
    "export.head.born": Text("Năm sinh", "Born"),
    "export.head.tier": Text("Tầng", "Tier"),
    "export.head.sure": Text("Mức", "How sure"),
    "export.head.last": Text("Phơi nhiễm lần cuối", "Last exposure"),
    "export.head.contact_of": Text("Tiếp xúc của", "Contact of"),
    "export.head.contacts": Text("Số lần", "Contacts"),
    "export.head.clause": Text("Điều khoản", "Clause"),
    "export.head.quarantine": Text("Cách ly", "Quarantine"),
    "export.head.place": Text("Hình thức", "Where"),
    "export.head.first": Text("Từ ngày", "First day"),
    "export.head.until": Text("Đến hết ngày", "Last day"),
    "export.head.tests": Text("Ngày xét nghiệm", "Test days"),
    "export.head.watched": Text("Theo dõi đến", "Monitored until"),
    "export.head.counted": Text("Tính từ", "Counted from"),
    "export.head.schedule": Text("Theo văn bản", "Schedule"),
    "export.head.vaccinated": Text("Tiêm chủng", "Vaccinated"),
    "export.head.isolated": Text("Đã cách ly từ", "Isolated since"),
    "export.head.isolation_kind": Text("Nơi đã ghi", "As recorded"),
    "export.head.address": Text("Địa chỉ", "Address"),
    "export.head.doubts": Text("Vì sao chưa chắc chắn", "What keeps it from being certain"),
    "export.head.change": Text("Thay đổi", "Change"),
    "export.head.before": Text("Trước là", "Was"),
    "export.head.reason": Text("Vì sao", "Why"),
    "export.count.possible_only": Text("chỉ có thể", "only possible"),
    "export.count.running": Text("đang cách ly", "in quarantine"),
    "export.count.due": Text("cần cách ly", "to be quarantined"),
    "export.count.completed": Text("đã đủ ngày", "completed"),
    "export.count.sum": Text("Cộng", "Sum"),
}
