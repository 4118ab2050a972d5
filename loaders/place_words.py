"""Words by which a text names a place, a unit (ấp, xã …), a street or a vehicle: for titles, cells and stories.

A title says less than a story: "UBND xã …" above a list is who wrote it, inside a story it is where somebody was. So
there are nouns for all, and more for a story and for a cell.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from tracing.patterns import regex
from tracing.text import unaccented

PLACES: Final = (
    *(
        "quán",
        "chợ",
        "chốt",
        "nhà máy",
        "xưởng",
        "công ty",
        "cty",
        r"trường(?! hợp)",
        "bệnh viện",
        "trạm y tế",
        "siêu thị",
    ),
    *("khách sạn", "nhà trọ", "chùa", "bar", "pub", "vũ trường", "tòa nhà", "toà nhà", "resort", "homestay"),
)
"""Nouns with which the name of a place begins, wherever it stands."""
_TITLE_AND_STORY: Final = (
    *("khu cách ly", "xí nghiệp", "phân xưởng", "khu trọ", "bến xe", "nhà hàng", "nhà thờ", "bến phà", "bến tàu"),
    *("cảng", "phòng khám", "trại"),
)
TITLE_PLACES: Final = (
    *(*PLACES, *_TITLE_AND_STORY, "trạm kiểm soát", "trung tâm y tế", "đồn", "khoa", "nhà nghỉ", "hội trường"),
    *("nhà văn hóa", "nhà văn hoá", "karaoke", "tiệm", "tạp hóa", "nhà thuốc", "kcl", "kcltt"),
    *("điểm thi", "điểm tiêm", "giáo xứ", "thánh thất", "tịnh xá", "thiền viện", "hợp tác xã", "htx", "bến đò"),
    *(
        r"đò(?= (?!ngang|dọc))",
        r"thpt(?! (?:năm|quốc gia)\b)",
        r"thcs(?! năm\b)",
        "điểm bầu cử",
        "khu vực bỏ phiếu",
        *(
            "chung cư",
            "cao ốc",
            "khu đô thị",
            "khu tập thể",
            "phòng gym",
            "spa",
            "massage",
            "club",
            "bida",
            "rạp",
            "ký túc xá",
            "kí túc xá",
            "ktx",
        ),
        "sân bóng",
        "hồ bơi",
    ),
)
"""Nouns that name the place of a list in its title."""
_ALIKE: Final = frozenset(
    {"quán", "chợ", "chùa", "đồn", "trại", "tiệm", r"trường(?! hợp)", r"đò(?= (?!ngang|dọc))", "khoa"}
)
BARE_TITLE_PLACES: Final = (
    *(unaccented(noun) for noun in TITLE_PLACES if noun not in _ALIKE),
    *(r"quan(?= (?:ca phe|cafe|nhau|com|an|bia|net|nuoc|pho|hu tieu|bun|oc|lau|tra sua|karaoke|tap hoa)\b)",),
    *(r"cho(?= (?:phuong|xa|p\.? ?\d|dau moi|ca mau|noi|dem|tam|lon|nong san|hai san)\b)",),
    *(r"truong(?= (?:th|thcs|thpt|tieu hoc|mam non|mau giao|cao dang|dai hoc|cd|dh|trung (?:hoc|cap))\b)",),
    *(r"tiem(?= (?:toc|tap hoa|vang|net|com|hot toc|uon|banh)\b)", r"chua(?= (?:[a-z]+ ){0,2}tu\b)"),
    *(
        r"khoa(?= (?:noi|ngoai|san|nhi|cap cuu|hoi suc|than|truyen nhiem)\b)",
        r"trai(?= (?:giam|tam giam|ga|heo|tom)\b)",
    ),
)
"""The same without accents, where other words look like some of them: ``cho`` is for, too, ``quan`` a district."""
STORY_PLACES: Final = (
    *(*PLACES, *_TITLE_AND_STORY),
    *("tiệm", "cửa hàng", "shop", "tạp hóa", "tạp hoá", "nhà thuốc", "bv", "trung tâm", "ttyt", "kho", "sân bay"),
    *("nhà nghỉ", "dãy trọ", "đình", "miếu", "hội trường", "trụ sở", "ubnd", "ủy ban", "uỷ ban", "ngân hàng"),
    *("cây xăng", "trạm xăng", "trạm dừng", "đám (?:tang|cưới|giỗ|tiệc|hỏi|ma)", "lễ tang", "tiệc cưới", "karaoke"),
    *("sân bóng", "công viên", "đại lý", "bãi xe", "bãi biển", "vựa", "khu công nghiệp", "kcn"),
    *("văn phòng", "bách hóa xanh"),
    "nhà (?:ông|bà|anh|chị|cô|chú|bác|dì|cậu|bạn|em|mẹ|cha|con|người quen)",
    *(r"buồng(?= (?:bệnh |số )*\d)", r"khoa(?= (?:nội|ngoại|sản|nhi|cấp cứu|hồi sức|khám bệnh|truyền nhiễm)(?!\w))"),
    *(
        "bách hoá xanh",
        r"co\.?op ?mart",
        "nhà văn hóa",
        "phòng gym",
        "gym",
        "massage",
        "salon",
        "spa",
        "bể bơi",
        "hồ bơi",
        "cà phê",
    ),
    *("ký túc xá", "kí túc xá", "ktx", "club", "bida", "rạp", "nhà sách", "tiệm net", "sân vận động"),
    *("điểm nhóm", "nhà nhóm", "nhà nguyện", "hội thánh", "nhà rông", "nhà gươl", "nhà sinh hoạt"),
    *("cafe", "coffee", "điện máy", "thế giới di động", "bưu điện"),
)
"""Nouns that name a place in what somebody told."""
CELL_PLACES: Final = (
    *(*PLACES, "bv", "cà phê", "cafe", "đám", "kho", "bến", "khu", "phòng", "nhà thuốc", "đại lý", "tiệm", "bãi xe"),
    *("cầu", "market", "hospital", "school", "shop", "karaoke", "spa", "gym", "massage", "club", "ktx"),
)
"""Words with which most cells of a column of places begin."""

MARKET: Final = regex(
    r"(?<!\w)(?:(?:nha long |hoi )?cho|sieu thi|trung tam thuong mai|tttm|market|supermarket|mall)(?!\w)"
)
"""A market: those who sell side by side are at one place, as are those who buy and name only the market."""
POST: Final = regex(r"(?:chot|tram kiem soat|don)\b")
"""How the name of a post begins that people and vehicles pass, without accents."""
HAMLETS: Final = ("ấp", "khóm", "thôn")
PARTS_OF_COMMUNES: Final = ("khu pho", "kp", "khu vuc", "tieu khu", "ban", "xom", "buon", "bon", "lang", "plei")
"""Other words for a part of a commune, without accents."""
COMMUNES: Final = ("xã", "phường", "thị trấn")
DISTRICTS: Final = ("huyện", "thành phố")
UNITS: Final = (*HAMLETS, *COMMUNES, *DISTRICTS, "tỉnh")
"""Words before the name of a unit, written out, the smallest first."""
SHORT_COMMUNES: Final = ("tt", "p")
"""How the words of towns and wards are cut short."""
LEVELS_OF_WORDS: Final = (
    (r"(?:thi tran|t t|tt)", "town"),
    (r"(?:phuong|ph|p)", "ward"),
    (r"(?:xa|x)", "commune"),
    (r"(?:dac khu)", "special zone"),
    (r"(?:thanh pho|t p|tp)", "city"),
    (r"(?:huyen|h)", "rural district"),
    (r"(?:tinh)", "province"),
)
"""Words before the name of a unit in an address without accents, and what kind of unit they say that it is."""
STREETS: Final = ("số", "đường", "hẻm", "lô", "quốc lộ", "ql")
"""Words before the name or number of a street or house."""

PLATE: Final = regex(r"(?<![\w.-])(\d{2}[A-Z]{1,2}\d??)\s?[-. ]?\s?(\d{3}\.?\d{2}|\d{4})(?![\d.]*\d)")
"""A number plate in a text: its series and its number."""
PLATE_ALONE: Final = regex(r"(?i)\d{2}\s?[a-z]{1,2}\d?[-\s.]?\d{3}\.?\d{1,2}|\d{2}[a-z]\d?[-\s]\d{3}\.?\d{2}")
"""A text that is a number plate and nothing else."""
PLATE_LOOSE: Final = regex(r"(?i)\b(\d{2}\s?[A-Z]{1,2}\d?)\s?[-. ]?\s?(\d{3}\.?\d{2})\b")
"""A number plate in a cell about a vehicle: also in small letters."""


def plate_text(series: str, number: str) -> str:
    """Return a plate as it is painted: ``69B-000.12``; four digits stay as they are."""
    series, digits = series.replace(" ", "").upper(), number.replace(".", "")
    return f"{series}-{digits[:3]}.{digits[3:]}" if len(digits) == 5 else f"{series}-{digits}"


#: Airlines that fly to the country, by their letters (IATA): other two letters before a number are those of a boat.
AIRLINES: Final = (
    *("VN", "VJ", "QH", "VU", "0V", "KE", "OZ", "7C", "LJ", "TW", "BX", "ZE", "SQ", "TR", "3K", "CX", "UO", "HX", "QR"),
    *("EK", "NH", "JL", "CA", "CZ", "MU", "3U", "CI", "BR", "JX", "TG", "FD", "VZ", "AK", "MH", "OD", "QF", "JQ", "SU"),
    *("TK", "AF", "LH", "BI", "PR", "5J", "AI", "6E", "K6", "QV"),
)
_FLIGHT: Final = regex(rf"(?i)(?<![\w-])({'|'.join(AIRLINES)})[ -]?(\d{{1,4}})(?![\w-])")


def flight_text(carrier: str, number: str) -> str:
    """Return the number of a flight in one spelling: ``VN0054``, ``VN 54`` and ``vn-54`` are ``VN54``."""
    return f"{carrier.upper()}{int(number)}"


def flight_in(text: str) -> str | None:
    """Return the flight of a known airline that a text names, in one spelling; None of none."""
    found = _FLIGHT.search(text)
    return None if found is None else flight_text(found[1], found[2])


def capitals(words: Iterable[str]) -> str:
    """Return a pattern for any of ``words`` as a title has them: small, with a capital, all in capitals."""
    return "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}|{word.upper()}" for word in words)


def either(words: Iterable[str]) -> str:
    """Return a pattern for any of ``words`` as spelt or without accents."""
    return "|".join(dict.fromkeys(form for word in words for form in (word, unaccented(word))))


def folded(words: Iterable[str]) -> str:
    """Return a pattern for any of ``words`` in a text without accents (:func:`tracing.spelling.fold`)."""
    return "|".join(unaccented(word) for word in words)


#: A unit of homes with its name, which no name of a person looks like: ``Xã Tân Hạnh (03 người)``; some of the words
#: are surnames without their accents.
_UNIT: Final = regex(
    r"(?i:ấp|khóm|thôn|xã|phường|thị trấn|tt\.|thị xã|huyện|quận|thành phố|tp\.|ap |khom |thi tran |thi xa |thanh pho )"
    r"\s?(?:[A-ZÀ-ỸĐ]|\d{1,2}\b)[^,;:]{0,60}"
)


def names_unit(text: str) -> bool:
    """Tell whether a text is the name of a unit with its word before it, and no person's."""
    return _UNIT.fullmatch(text.strip()) is not None
