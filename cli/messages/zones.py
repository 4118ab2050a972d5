"""Texts of ``truyvet zones``."""

from __future__ import annotations

from typing import Final

from cli.language import Text

TEXTS: Final = {
    "zones.short": Text(
        "Khoanh vùng ở đâu, hẹp đến rộng, và vì sao.", "Where to draw the line, narrow to wide, and why."
    ),
    "zones.help": Text(
        "Xếp hạng nguy cơ còn người nhiễm chưa phát hiện ở từng đơn vị nhỏ nhất có tên (tổ, ấp, khóm; xã chỉ khi không"
        " biết gì nhỏ hơn), rồi xếp các vùng khoanh từ hẹp nhất đến rộng nhất: vùng rộng luôn chứa vùng hẹp. Nêu lõi,"
        " vùng đệm, lý do, hẹp hơn hoặc rộng hơn một bậc thì sao, khi nào xem lại, và điều gì chưa biết. Đây là gợi"
        " ý để bắt đầu, không phải mệnh lệnh.",
        "Ranks the smallest named units (group, hamlet; a commune only where nothing smaller is known) by the risk of"
        " infected people not found there, and lays out zones from the narrowest to the widest; a wider one always"
        " holds a narrower one. Says core, buffer, reasons, what one step either way would mean, when to look"
        " again, and what is not known. A place to start from, not an order.",
    ),
    "zones.examples": Text(
        "truyvet zones\ntruyvet zones --step 3\ntruyvet zones --smallest household --json",
        "truyvet zones\ntruyvet zones --step 3\ntruyvet zones --smallest household --json",
    ),
    "zones.option.step": Text(
        "Bậc muốn xem, 1 là hẹp nhất [mặc định: bậc được gợi ý].",
        "The step to show, 1 is the narrowest [default: the one proposed].",
    ),
    "zones.option.price": Text(
        "Vùng tốt nhất khi mỗi người bị khoanh phải giữ được ít nhất X nguy cơ (cột lambda trong --json).",
        "The best zone where each person inside must hold at least X of risk (lambda in --json).",
    ),
    "zones.option.smallest": Text("Đơn vị nhỏ nhất để khoanh.", "The smallest unit to draw a line around."),
    "zones.progress": Text("khoanh vùng", "zones"),
    "zones.error.both": Text("Chỉ dùng một trong --step và --lambda.", "Use --step or --lambda, not both."),
    "zones.error.price": Text("Với giá này không vùng nào đáng khoanh.", "At this price no zone is worth it."),
    "zones.error.price.fix": Text("dùng --lambda không quá {most}", "use --lambda of at most {most}"),
    "zones.none": Text("Không có vùng nào để gợi ý:", "There is no zone to propose:"),
    "zones.finding.own": Text(
        "Gợi ý để bắt đầu: bậc {step} trong {all}. Bên trong: {units} đơn vị, {people} người, {households} hộ,"
        " {share} nguy cơ; {outside} còn bên ngoài; cắt {contacts_cut} tiếp xúc mỗi ngày; cần tối đa {posts} chốt."
        " (?: chưa biết.)",
        "To start from: step {step} of {all}. Inside: {units} units, {people} people, {households} households, {share}"
        " of the risk; {outside} left outside; {contacts_cut} contacts a day cut; at most {posts} posts needed."
        " (?: not known.)",
    ),
    "zones.finding.asked": Text(
        "Bậc {step} trong {all}. Bên trong: {units} đơn vị, {people} người, {households} hộ, {share} nguy cơ;"
        " {outside} còn bên ngoài; cắt {contacts_cut} tiếp xúc mỗi ngày; cần tối đa {posts} chốt. (?: chưa biết.)",
        "Step {step} of {all}. Inside: {units} units, {people} people, {households} households, {share} of the risk;"
        " {outside} left outside; {contacts_cut} contacts a day cut; at most {posts} posts needed. (?: not known.)",
    ),
    "zones.here": Text("→", "→"),
    "zones.head.step": Text("bậc", "step"),
    "zones.head.units": Text("đơn vị", "units"),
    "zones.head.people": Text("người", "people"),
    "zones.head.households": Text("hộ", "households"),
    "zones.head.share": Text("phần nguy cơ", "share of risk"),
    "zones.head.contacts_cut": Text("tiếp xúc bị cắt/ngày", "contacts cut/day"),
    "zones.head.tiers": Text("F0/F1/F2", "F0/F1/F2"),
    "zones.head.why": Text("lý do lớn nhất", "main reason"),
    "zones.head.core": Text("Lõi: {count:đơn vị}", "Core: {count:unit|units}"),
    "zones.head.review": Text("Khi nào xem lại và dỡ bỏ:", "When to look again and when to lift:"),
    "zones.head.unknown": Text("Điều chưa biết:", "What is not known:"),
    "zones.more": Text("… và {count:đơn vị} nữa (--json)", "… and {count:unit|units} more (--json)"),
    "zones.buffer": Text("Vùng đệm, {count:đơn vị}, {people} người:", "Buffer, {count:unit|units}, {people} people:"),
    "zones.buffer.none": Text(
        "Vùng đệm: không có đơn vị nào giao tiếp nhiều với lõi hoặc ở cùng ấp.",
        "Buffer: no unit meets the core often or belongs to the same hamlet.",
    ),
    "zones.narrower": Text(
        "Hẹp hơn một bậc: bỏ {names}; bớt {people} người, để lại thêm {share} nguy cơ bên ngoài.",
        "One step narrower: without {names}; {people} fewer people, {share} more of the risk outside.",
    ),
    "zones.narrower.none": Text("Đây là bậc hẹp nhất.", "This is the narrowest step."),
    "zones.wider": Text(
        "Rộng hơn một bậc: thêm {names}; thêm {people} người, giữ thêm {share} nguy cơ bên trong.",
        "One step wider: with {names}; {people} more people, {share} more of the risk inside.",
    ),
    "zones.wider.none": Text("Đây là bậc rộng nhất.", "This is the widest step."),
    "zones.no_order": Text(
        "\nĐây là gợi ý tính từ hồ sơ, không phải mệnh lệnh; phải xem thực địa trước khi quyết định.",
        "\nThis is computed from the records and is not an order; look at the place before deciding.",
    ),
}
