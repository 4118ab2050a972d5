"""The texts of the report, each in Vietnamese and English."""

from __future__ import annotations

from typing import Any, Final

from tracing.text import say_number

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "title.place": ("Ổ dịch tại {place}", "Outbreak in {place}"),
    "title": ("Báo cáo truy vết và khoanh vùng", "Contact tracing report"),
    "rule": ("Quy định {policy} · tính đến {as_of}", "Rule {policy} · as of {as_of}"),
    "end_of_day": ("hết ngày {day}", "the end of {day}"),
    "all_time": ("mọi lúc", "all of time"),
    "invented": ("Hồ sơ giả định: không ai có thật.", "Invented records: nobody in them exists."),
    # What happened
    "cases": ("{n} ca bệnh", "{n} cases"),
    "cases.one": ("1 ca bệnh", "1 case"),
    "cases.span": ("từ {first} đến {last}", "from {first} to {last}"),
    "cases.day": ("ngày {first}", "on {first}"),
    "cases.undated": ("không rõ ngày", "without a date"),
    "cases.communes": ("ở {n} xã, phường", "in {n} communes"),
    "cases.commune": ("ở {name}", "in {name}"),
    "cases.week": ("{n} ca trong 7 ngày cuối", "{n} in the last seven days"),
    "cases.sources": ("{n} ca không rõ nguồn lây", "{n} without a known source"),
    "cases.sources.none": ("ca nào cũng có nguồn trong hồ sơ", "all have a source on record"),
    "cases.none": (
        "Chưa có ca bệnh nào trong hồ sơ nên không có ai để truy vết. Trong hồ sơ có {people} người, {contacts} lượt"
        " tiếp xúc.",
        "There is no case on record, so nobody to trace. On record are {people} people and {contacts} contacts.",
    ),
    "listed": (
        "Đã tìm ra {f1} F1 (trong đó {f1_possible} mới chỉ là có thể) và {f2} F2 ({f2_possible}); {due} F1 {term}chưa"
        " có hồ sơ cách ly.",
        "Traced: {f1} F1 ({f1_possible} of them only possible) and {f2} F2 ({f2_possible}); {due} F1 {term}have no"
        " isolation on record.",
    ),
    "listed.f1": (
        "Đã tìm ra {f1} F1 (trong đó {f1_possible} mới chỉ là có thể), chưa có F2 nào trong hồ sơ; {due} F1 {term}chưa"
        " có hồ sơ cách ly.",
        "Traced: {f1} F1 ({f1_possible} of them only possible), no F2 on record yet; {due} F1 {term}have no isolation"
        " on record.",
    ),
    "term": ("còn trong {days} ngày cách ly mà ", "still within their {days} days of quarantine "),
    "listed.none": (
        "Hồ sơ không ghi tiếp xúc nào thuộc diện F1: chưa lấy lời kể, danh sách chưa đến, hoặc thật sự không có.",
        "No contact on record makes an F1: not asked yet, lists not arrived, or truly none.",
    ),
    "zone": (
        "Gợi ý khoanh {units}{people}: giữ bên trong {share} % nguy cơ còn người nhiễm chưa phát hiện, để lại"
        " {outside} % bên ngoài.",
        "Proposed: close {units}{people}. That holds {share} % of the risk of infected people not yet found and leaves"
        " {outside} % outside.",
    ),
    "units": ("{n} đơn vị", "{n} units"),
    "units.one": ("1 đơn vị ({name})", "1 unit ({name})"),
    "no_order": (
        "Tính từ hồ sơ, không phải mệnh lệnh; cần xem thực địa trước khi quyết định.",
        "Computed from the records; not an order. Look at the place before deciding.",
    ),
    # Map and slider
    "map": ("Lõi và vùng đệm được gợi ý", "Proposed core and buffer"),
    "map.none": (
        "Không vẽ được: hồ sơ không có địa bàn nào của người trong danh sách.",
        "Nothing to draw: no area of anybody listed is on record.",
    ),
    "map.schematic": (
        "Sơ đồ, không theo tỷ lệ: mỗi ô một đơn vị, xếp theo xã.",
        "A schematic, not to scale: one box per unit, by commune.",
    ),
    "map.hot": ("Chấm đỏ cam: có F0.", "A vermilion dot: cases there."),
    "map.dots": (
        "Mỗi chấm là một đơn vị, theo tọa độ trong hồ sơ; {n} đơn vị không có tọa độ.",
        "Each dot is a unit at its coordinates on record; {n} units have none.",
    ),
    "map.polygons": (
        "{n} đơn vị có ranh giới; {lost} đơn vị không có, {spare} ranh giới không ứng với đơn vị nào.",
        "{n} units have a polygon; {lost} have none, {spare} polygons match no unit.",
    ),
    "map.nomatch": (
        "Tệp ranh giới có {n} đa giác nhưng không mã nào trùng với địa bàn trong hồ sơ; dùng sơ đồ thay thế.",
        "The file has {n} polygons, but no code matches an area on record; a schematic is shown instead.",
    ),
    "map.rest": ("{n} đơn vị khác không có nguy cơ trong hồ sơ", "{n} more units without any risk on record"),
    "map.within": (
        "Ranh giới xã chỉ để định hướng: đơn vị khoanh nhỏ hơn xã.",
        "Commune borders are for orientation: the units are smaller than communes.",
    ),
    "map.other": ("Không rõ xã", "Commune not known"),
    "core": ("lõi", "core"),
    "buffer": ("vùng đệm", "buffer"),
    "outside": ("bên ngoài", "outside"),
    "f0.here": ("số ca F0", "F0 cases"),
    "people.n": ("{n} người", "{n} people"),
    "slider": ("Từ hẹp nhất đến rộng nhất", "From narrowest to widest"),
    "slider.step": ("bậc {step} trong {all}", "step {step} of {all}"),
    "slider.own": ("bậc được gợi ý", "the proposed step"),
    "slider.back": ("Về bậc gợi ý", "Back to the proposal"),
    "narrower": ("Hẹp hơn", "Narrower"),
    "wider": ("Rộng hơn", "Wider"),
    "fig.people": ("người bên trong", "people inside"),
    "fig.share": ("nguy cơ bên trong", "of the risk inside"),
    "fig.outside": ("nguy cơ còn bên ngoài", "of the risk left outside"),
    "fig.cut": ("tiếp xúc bị cắt mỗi ngày", "contacts cut a day"),
    "inside.detail": (
        "{units} đơn vị, {households} hộ; vùng đệm {buffer} đơn vị, {buffer_people} người",
        "{units} units, {households} households; buffer of {buffer} units, {buffer_people} people",
    ),
    "inside.nohouseholds": (
        "{units} đơn vị, không rõ số hộ; vùng đệm {buffer} đơn vị, {buffer_people} người",
        "{units} units, households not known; buffer of {buffer} units, {buffer_people} people",
    ),
    # Tonight
    "tonight": ("Cần ngay đêm nay", "Needed tonight"),
    "need.posts": ("chốt, tối đa", "posts, at most"),
    "need.samples": ("mẫu xét nghiệm", "samples"),
    "need.places": ("chỗ cách ly", "quarantine places"),
    "need.beds": ("giường điều trị", "treatment beds"),
    "need.posts.how": (
        "Số cặp đơn vị có qua lại bị đường khoanh chia cắt, nhiều nhất {n} chốt mỗi đơn vị.",
        "Pairs of units that meet and are parted by the line, at most {n} posts per unit.",
    ),
    "need.samples.how": (
        "Mọi người trong lõi, cộng F1 ngoài lõi chưa cách ly. Gộp 5: khoảng một phần năm số xét nghiệm.",
        "Everybody inside the core, and F1 outside it not isolated yet. In pools of five: a fifth as many tests.",
    ),
    "need.places.how": (
        "{n} F1 (kể cả có thể) {term}chưa có hồ sơ cách ly.",
        "{n} F1 (possible ones too) {term}have no isolation on record.",
    ),
    "need.beds.how": (
        "{n} ca chưa có hồ sơ cách ly; ca sẽ tìm thêm chưa tính vào.",
        "{n} cases without an isolation on record; cases still to be found are not counted.",
    ),
    # Sections
    "contents": ("Trong báo cáo này", "In this report"),
    "why": ("Vì sao từng đơn vị ở trong lõi", "Why each unit is inside"),
    "why.none": ("Không có đơn vị nào trong lõi.", "No unit is in the core."),
    "why.more": ("… và {n} đơn vị nữa trong lõi.", "… and {n} more units in the core."),
    "why.step": (
        "Lõi theo bậc được gợi ý, đơn vị nặng nhất trước."
        " Số trong ngoặc là phần của người đó trong nguy cơ của đơn vị.",
        "The core at the proposed step, the heaviest unit first. Figures in brackets are the person's share of the"
        " unit's risk.",
    ),
    "why.evidence": ("Đường tiếp xúc", "Contact path"),
    "unit": ("Đơn vị", "Unit"),
    "tiers.short": ("F0 / F1 / F2", "F0 / F1 / F2"),
    "expected": ("phần nguy cơ", "share of the risk"),
    "reason": ("Lý do", "Reasons"),
    "options": ("Các phương án cạnh nhau", "Alternatives side by side"),
    "col.step": ("Bậc", "Step"),
    "col.units": ("Đơn vị", "Units"),
    "col.people": ("Người", "People"),
    "col.households": ("Hộ", "Households"),
    "col.share": ("Nguy cơ, trong (%)", "Risk inside (%)"),
    "col.outside": ("Nguy cơ, ngoài (%)", "Left outside (%)"),
    "col.cut": ("Tiếp xúc cắt/ngày", "Contacts cut/day"),
    "col.posts": ("Chốt", "Posts"),
    "proposed": ("gợi ý", "proposed"),
    "curve": ("Diễn biến theo ngày", "Cases by day"),
    "curve.source": (
        "Theo ngày khởi phát; ca không rõ ngày khởi phát theo ngày lấy mẫu hoặc xác định.",
        "By onset; by sample or confirmation where the onset is not known.",
    ),
    "curve.undated": ("{n} ca không có ngày nào không có trong hình.", "{n} cases without any date are not shown."),
    "curve.delay": (
        "Vùng xám: ca khởi phát trong {n} ngày cuối phần lớn chưa được phát hiện.",
        "Grey: most cases with onset in the last {n} days are not found yet.",
    ),
    "as_table": ("Số liệu của hình", "The figures as a table"),
    "day": ("Ngày", "Day"),
    "count": ("Số ca", "Cases"),
    "unknown_source": ("Không rõ nguồn", "No known source"),
    "chains": ("Chuỗi lây, từng chuỗi một", "Chains, one at a time"),
    "chains.pick": ("Chọn chuỗi", "Choose a chain"),
    "chains.option": ("{root}: {n} ca", "{root}: {n} cases"),
    "chains.none": (
        "Không vẽ được chuỗi nào: hồ sơ không ghi ai lây cho ai, và không có tiếp xúc có ngày giữa hai ca bệnh.",
        "There is no chain to draw: nothing on record says who led to whom, and no dated contact joins two cases.",
    ),
    "chains.link": (
        "Theo liên kết khai báo trong hồ sơ. Số tầng không phải là số thế hệ lây.",
        "Over the links declared on record. Steps in a chain are not generations of infection.",
    ),
    "chains.contact": (
        "Không có liên kết khai báo: theo tiếp xúc có ngày giữa các ca. Có thể, không phải kết luận.",
        "No link is declared: by dated contacts between cases. Possible ways, not findings.",
    ),
    "chains.missing": ("Còn {n} chuỗi nhỏ hơn không vẽ ở đây.", "{n} smaller chains are not drawn here."),
    "chains.above": ("… {n} ca phía trên không vẽ.", "… {n} cases above are not drawn."),
    "chains.undated": (
        "Không ca nào trong chuỗi này có ngày: chỉ vẽ được ai sau ai.",
        "No case of this chain has a date: only who comes after whom can be drawn.",
    ),
    "chains.fold": ("{n} ca nữa", "{n} more cases"),
    "key.onset": ("khởi phát", "onset"),
    "key.other": ("lấy mẫu hoặc xác định", "sample or confirmation"),
    "key.window": ("có thể lây", "infectious"),
    "key.possible": ("chỉ là có thể", "only possible"),
    "key.exposure": ("phơi nhiễm", "exposure"),
    "key.impossible": ("× không thể", "× cannot be"),
    "people": ("Người trong danh sách", "People listed"),
    "people.none": ("Chưa có ai trong danh sách.", "Nobody is listed yet."),
    "people.find": ("Tìm mã, năm sinh, xã (không cần dấu)", "Find id, year of birth, commune (accents do not matter)"),
    "people.find.names": ("Tìm tên, mã, xã (không cần dấu)", "Find name, id, commune (accents do not matter)"),
    "people.shown": ("{n} trong {all} người", "{n} of {all} people"),
    "people.nobody": ("Không ai khớp. Thử bỏ bớt điều kiện.", "Nobody fits. Try fewer conditions."),
    "people.masked": (
        "Chỉ có mã, năm sinh và xã; họ tên, điện thoại, số giấy tờ và địa chỉ không có trong tệp này.",
        "Ids, years of birth and communes only; names, phones, identity numbers and addresses are not in this file.",
    ),
    "people.named": (
        "Tệp này có họ tên: chỉ gửi cho người được phép xem.",
        "This file holds names: pass it only to those who may see them.",
    ),
    "people.print": (
        "In {n} người đầu tiên theo điều kiện đang chọn; đủ danh sách có trong tệp này khi mở trên máy.",
        "The first {n} people under the chosen conditions are printed; the whole list is in this file on screen.",
    ),
    "p.id": ("Mã", "Id"),
    "p.name": ("Họ tên", "Name"),
    "p.tier": ("Bậc", "Tier"),
    "p.born": ("Sinh", "Born"),
    "p.commune": ("Xã, phường", "Commune"),
    "p.unit": ("Đơn vị", "Unit"),
    "p.last": ("Phơi nhiễm cuối", "Last exposure"),
    "p.through": ("Qua", "Through"),
    "p.isolated": ("Cách ly", "Isolation"),
    "p.all": ("Tất cả", "All"),
    "p.certain": ("chắc chắn", "certain"),
    "p.possible": ("có thể", "possible"),
    "p.sure_only": ("Cả chắc chắn và có thể", "Certain and possible"),
    "p.any_commune": ("Mọi xã, phường", "Every commune"),
    "p.any_isolation": ("Mọi tình trạng cách ly", "Any isolation"),
    "p.free": ("chưa có", "none"),
    "p.centre": ("tập trung", "centre"),
    "p.home": ("tại nhà", "home"),
    "p.hospital": ("bệnh viện", "hospital"),
    "p.zone": ("vùng phong tỏa", "zone"),
    "p.some": ("có", "yes"),
    "p.more": ("truyvet why {id} cho biết đủ đường tiếp xúc", "truyvet why {id} tells the whole path"),
    "p.met": ("gặp {who} {when}{place}", "met {who} {when}{place}"),
    "p.co": ("cùng có mặt", "co-present"),
    "lists": ("Danh sách theo xã", "Lists by commune"),
    "lists.none": ("Không có danh sách nào.", "There is no list."),
    "lists.free": ("F1 cần cách ly", "F1 to isolate"),
    "lists.export": (
        "Danh sách từng người theo xã để gửi xuống: truyvet export --lists new",
        "Lists of people by commune to send out: truyvet export --lists new",
    ),
    "lists.unknown": ("không rõ xã", "commune not known"),
    "co_present": (
        "{n} người cùng nơi, cùng lúc với ca bệnh nhưng không đủ tiêu chí F1: giữ riêng, không tự nâng bậc.",
        "{n} people were at the same place and time as a case but do not meet the rule: kept apart, never promoted.",
    ),
    "quality": ("Chất lượng dữ liệu", "Data quality"),
    "quality.none": ("Không thấy gì cần báo.", "Nothing to report."),
    "quality.load": ("Từ lần nạp dữ liệu", "From loading"),
    "quality.links": ("Liên kết cần xem lại", "Links to look at"),
    "quality.check": (
        "Các dòng bị để riêng khi nạp không có trong báo cáo này; xem bằng: truyvet check --set-aside",
        "Rows set aside in loading are not in this report; see them with: truyvet check --set-aside",
    ),
    "q.undated": ("{n} trong {all} lượt tiếp xúc không có ngày", "{n} of {all} contacts have no date"),
    "q.hour": ("{n} trong {all} lượt tiếp xúc chỉ biết ngày, không biết giờ",
               "{n} of {all} contacts have a day but no hour"),
    "q.onset": ("{n} trong {all} ca không có ngày khởi phát", "{n} of {all} cases have no onset"),
    "q.nodate": ("{n} trong {all} ca không có ngày nào", "{n} of {all} cases have no date at all"),
    "q.area": ("{n} trong {all} người trong danh sách không rõ nơi ở", "{n} of {all} people listed have no known area"),
    "q.checkout": ("{n} trong {all} lượt đến không có giờ rời đi", "{n} of {all} visits have no check-out"),
    "unknown": ("Điều chưa biết", "What is not known"),
    "unknown.possible": (
        "{n} trong {all} người trong danh sách mới chỉ là có thể, vì thiếu giờ, khoảng cách hoặc thông tin khác.",
        "{n} of {all} people listed are only possible, because an hour, a distance or another fact is missing.",
    ),
    "unknown.sources": (
        "{n} ca không có nguồn nào trong hồ sơ: có người lây chưa được tìm ra.",
        "{n} cases have no source on record: somebody who infected them has not been found.",
    ),
    "unknown.isolation": (
        "Hồ sơ không có cách ly nào, nên mọi F1 và ca bệnh được tính như chưa cách ly: số chỗ cách ly và số giường là"
        " mức cao nhất.",
        "No isolation is on record, so every F1 and case counts as not isolated: places and beds are upper bounds.",
    ),
    "unknown.lists": (
        "Báo cáo chỉ biết những gì đã nạp; danh sách chưa gửi đến thì không có ở đây.",
        "The report knows what was loaded; lists that have not arrived are not in it.",
    ),
    "review": ("Khi nào xem lại và dỡ bỏ", "When to look again and when to lift"),
    "method": ("Cách tính và quy định", "Method and rule"),
    "method.rule": ("Quy định đã dùng", "The rule used"),
    "method.numbers": ("Các con số của ước tính nguy cơ và khoanh vùng", "The numbers behind risk and zones"),
    "method.tiers": (
        "Bậc F là số tiếp xúc ít nhất trên một đường phơi nhiễm đúng trình tự thời gian từ một ca bệnh. “Chắc chắn”:"
        " đúng với mọi cách hiểu dữ liệu thiếu; “có thể”: đúng với ít nhất một cách.",
        "A tier is the fewest contacts on an exposure path, in order of time, from a case. Certain: it holds in every"
        " reading of incomplete data; possible: in at least one.",
    ),
    "method.zones": (
        "Mỗi đơn vị có một số nhiễm ước tính chưa phát hiện; vùng khoanh là lát cắt nhỏ nhất giữa số nhiễm giữ lại, số"
        " người bị khoanh và tiếp xúc bị cắt. Vùng rộng luôn chứa vùng hẹp. Con số để so sánh, không phải dự báo.",
        "Each unit has an expected number of infections not found; a zone is the minimum cut between infections held,"
        " people closed in and contacts cut. A wider zone always holds the narrower. Figures compare; they do not"
        " forecast.",
    ),
    "not_verified": ("chưa kiểm chứng", "not verified"),
    "number": ("Con số", "Number"),
    "value": ("Giá trị", "Value"),
    "source": ("Nguồn", "Source"),
    "made": ("Nguồn gốc báo cáo", "Provenance"),
    "made.version": ("Phiên bản", "Version"),
    "made.policy": ("Quy định", "Rule"),
    "made.policy_digest": ("Mã băm quy định", "Hash of the rule"),
    "made.as_of": ("Tính đến", "As of"),
    "made.inputs": ("Mã băm dữ liệu", "Hash of the records"),
    "made.cases": ("Ca đã hỏi", "Cases asked for"),
    "made.files": ("Tệp nguồn", "Source files"),
    "made.smallest": ("Đơn vị nhỏ nhất", "Smallest unit"),
    "made.score": ("Ước tính nguy cơ", "Risk score"),
    "made.same": ("Cùng dữ liệu và quy định thì báo cáo giống nhau đến từng byte.",
                  "The same records and rule give this same file, byte for byte."),
    "draw.failed": (
        "Trình duyệt này không vẽ được hình; số liệu ở bảng bên dưới.",
        "This browser cannot draw the figure; the table below has its numbers.",
    ),
    "noscript": (
        "Trình duyệt không chạy mã: thanh trượt, tìm kiếm và hình không hoạt động; mọi bảng và câu chữ vẫn đủ.",
        "Scripts are off: slider, search and charts do not work; all tables and sentences are here.",
    ),
    "more.rows": ("… và {n} dòng nữa.", "… and {n} more rows."),
}  # fmt: skip


class Words:
    """The texts in one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def __call__(self, key: str, **gaps: Any) -> str:
        """Return the text ``key``, its gaps filled; whole numbers are written as the language does."""
        plain = {k: say_number(v, self.lang) if isinstance(v, int) else v for k, v in gaps.items()}
        return TEXTS[key][0 if self.lang == "vi" else 1].format(**plain)

    def number(self, value: float, digits: int = 0) -> str:
        """Return a number as the language writes it."""
        return say_number(value, self.lang, digits=digits)

    def raw(self, *keys: str) -> dict[str, str]:
        """Return texts with their gaps still open, for the page's script."""
        return {key: TEXTS[key][0 if self.lang == "vi" else 1] for key in keys}
